import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { connectionTo } from '../resources/shared/connection'

const folder = join(import.meta.dirname, 'migrations')

/** Any number that only this product takes: two processes starting at once migrate one after the other. */
const migrationLock = 7_411_741

/** The names of the migrations in the repository, oldest first. */
export async function migrationNames(): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/**
 * Applies the pending migrations of prisma/migrations, each in its own transaction, then those of
 * the job queue. Keeps Prisma's own table, so that its command line reads the same history.
 *
 * Not `prisma migrate deploy`: without native engines it cuts SQL functions at their first
 * semicolon and lingers ten seconds.
 *
 * @returns the names applied now.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client(connectionTo(databaseUrl))
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
      id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
      migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
      started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`)
    const { rows } = await client.query<{ migration_name: string }>(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL',
    )
    const done = new Set(rows.map((row) => row.migration_name))
    const pending = (await migrationNames()).filter((name) => !done.has(name))
    for (const name of pending) await apply(client, name)
    await runMigrations({ connectionString: connectionTo(databaseUrl).connectionString })
    return pending
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, name: string): Promise<void> {
  const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8')
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       VALUES (gen_random_uuid(), $1, now(), $2, 1)`,
      [createHash('sha256').update(sql).digest('hex'), name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw new Error(`Migration ${name} failed`, { cause: error })
  }
}
