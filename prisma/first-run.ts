import pg from 'pg'
import { connectionTo } from '../resources/shared/connection'

/** Any number that only this product takes, beside that of migrations. */
const fillingLock = 7_411_743

/**
 * Fills a migrated, empty database, once: two processes that start together fill it one after the
 * other, and the second finds it full. A mark stays in the database until the filling is complete: one
 * cut short is emptied, to be filled again from the beginning.
 */
export async function fillOnce(databaseUrl: string, fill: () => Promise<void>): Promise<void> {
  const client = new pg.Client(connectionTo(databaseUrl))
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [fillingLock])
    if (await says(client, `to_regclass('public.first_filling') IS NOT NULL`)) await empty(client)
    else if (await says(client, 'EXISTS (SELECT FROM organization)')) return
    else await client.query('CREATE TABLE first_filling ()')
    await fill()
    await client.query('DROP TABLE first_filling')
  } finally {
    await client.end()
  }
}

/** Whoever else fills or keeps this database owns what is in it: a filling cut short is not emptied any more. */
export async function forgetFilling(databaseUrl: string): Promise<void> {
  const client = new pg.Client(connectionTo(databaseUrl))
  await client.connect()
  try {
    await client.query('DROP TABLE IF EXISTS first_filling')
  } finally {
    await client.end()
  }
}

async function says(client: pg.Client, condition: string): Promise<boolean> {
  const { rows } = await client.query<{ yes: boolean }>(`SELECT ${condition} AS yes`)
  return rows[0]?.yes ?? false
}

async function empty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ names: string }>(
    `SELECT string_agg(format('public.%I', tablename), ', ') AS names FROM pg_tables
      WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'first_filling')`,
  )
  await client.query(`TRUNCATE ${rows[0]?.names} RESTART IDENTITY CASCADE`)
  await client.query('DELETE FROM graphile_worker._private_jobs')
}
