import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

const serverUrl = inject('serverUrl')
const urlOf = (database: string) => serverUrl.replace(/\/postgres$/, `/${database}`)

/** A database of its own for a test file, made from another; our modules, loaded after, read its address. */
export async function copyOf(template: string): Promise<void> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asking((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`))
  process.env.DATABASE_URL = urlOf(name)
}

/** Makes the database that others are copied from, once a run: filled under another name, it is whole or absent. */
export async function makeOnce(template: string, fill: (url: string) => Promise<unknown>): Promise<void> {
  await asking(async (client) => {
    // Who comes meanwhile waits.
    await client.query('SELECT pg_advisory_lock(1)')
    const made = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template])
    if (made.rowCount) return
    // One that could not be filled.
    await client.query(`DROP DATABASE IF EXISTS ${template}_to_be WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${template}_to_be TEMPLATE template_house`)
    await fill(urlOf(`${template}_to_be`))
    await client.query(`ALTER DATABASE ${template}_to_be RENAME TO ${template}`)
  })
}

async function asking<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
