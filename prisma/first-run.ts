import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

const markIn = (folder: string) => join(folder, 'premier-remplissage-en-cours')

/** A demonstration whose filling was cut short is emptied, to be filled again from the beginning. */
export async function emptyHalfFilled(folder: string, databaseUrl: string): Promise<void> {
  if (!existsSync(markIn(folder))) return
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('DROP SCHEMA IF EXISTS graphile_worker, public CASCADE')
    await client.query('CREATE SCHEMA public')
  } finally {
    await client.end()
  }
}

/** Runs the filling of an empty demonstration, leaving a mark in its folder until it is complete. */
export async function fillOnce(folder: string, fill: () => Promise<void>): Promise<void> {
  await writeFile(markIn(folder), '')
  await fill()
  await rm(markIn(folder))
}
