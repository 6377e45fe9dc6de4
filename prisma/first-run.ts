import pg from 'pg'
import { connectionTo } from '../resources/shared/connection'

/** Any number that only this product takes, beside that of migrations. */
const fillingLock = 7_411_743

/**
 * Throws unless a demonstration may run on this database: an empty one, or one that a demonstration
 * filled. Accounts whose password is public have no place among those of real agents. To be asked before
 * anything is written there, migrations included.
 */
export async function assertDemonstration(databaseUrl: string): Promise<void> {
  await connected(databaseUrl, async (client) => {
    if (await hasTable(client, 'demonstration')) return
    if (!(await says(client, `EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')`))) return
    const migrated = await hasTable(client, 'organization')
    if (migrated && !(await says(client, 'EXISTS (SELECT FROM organization)'))) return
    throw new Error(
      'Cette base de données n’a pas été remplie par une démonstration : MSJ_ENV=demo y ouvrirait des comptes dont le mot de passe est public. Donnez une base vide, ou enlevez MSJ_ENV.',
    )
  })
}

/**
 * Fills a migrated, empty database with a demonstration, once: two processes that start together fill it
 * one after the other, and the second finds it full. A mark stays until the filling is complete: one
 * cut short is emptied, to be filled again from the beginning. Another says for ever what the database is.
 */
export async function fillOnce(databaseUrl: string, fill: () => Promise<void>): Promise<void> {
  await connected(databaseUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [fillingLock])
    const cutShort = await hasTable(client, 'first_filling')
    if (cutShort) await empty(client)
    const isFull = await says(client, 'EXISTS (SELECT FROM organization)')
    if (!isFull && !cutShort) await client.query('CREATE TABLE first_filling ()')
    await client.query('CREATE TABLE IF NOT EXISTS demonstration ()')
    if (isFull) return
    await fill()
    await client.query('DROP TABLE first_filling')
  })
}

/**
 * Whoever else fills or keeps this database owns what is in it: a filling cut short is not emptied any
 * more, and no demonstration runs on it.
 */
export async function forgetFilling(databaseUrl: string): Promise<void> {
  await connected(databaseUrl, (client) => client.query('DROP TABLE IF EXISTS first_filling, demonstration'))
}

async function connected(databaseUrl: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(connectionTo(databaseUrl))
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

const hasTable = (client: pg.Client, name: string) =>
  says(client, `to_regclass('public.${name}') IS NOT NULL`)

async function says(client: pg.Client, condition: string): Promise<boolean> {
  const { rows } = await client.query<{ yes: boolean }>(`SELECT ${condition} AS yes`)
  return rows[0]?.yes ?? false
}

async function empty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ names: string }>(
    `SELECT string_agg(format('public.%I', tablename), ', ') AS names FROM pg_tables
      WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'first_filling', 'demonstration')`,
  )
  await client.query(`TRUNCATE ${rows[0]?.names} RESTART IDENTITY CASCADE`)
  await client.query('DELETE FROM graphile_worker._private_jobs')
}
