import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../prisma/migrate'
import { startPostgres } from '../../prisma/embedded/postgres'

declare module 'vitest' {
  interface ProvidedContext {
    serverUrl: string
  }
}

/** One server a run, with one migrated database that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'msj-tests-'))
  const postgres = await startPostgres(folder, { durable: false })
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  await client.query('CREATE DATABASE template_house')
  await client.end()
  await prepare(postgres.url.replace(/\/postgres$/, '/template_house'))
  project.provide('serverUrl', postgres.url)
  return async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** What every database has before anybody works: tables, kinds of appointment, default texts. */
async function prepare(url: string): Promise<void> {
  await migrate(url)
  Object.assign(process.env, { MSJ_ENV: 'test', DATABASE_URL: url, LOG_LEVEL: 'silent' })
  const { pool, prisma, readers } = await import('../../resources/shared/db.server')
  const { seedReference } = await import('../../prisma/seed/reference')
  await prisma.$transaction((tx) => seedReference(tx), { timeout: 30_000 })
  await prisma.$disconnect()
  await Promise.all([pool.end(), readers.end()])
}
