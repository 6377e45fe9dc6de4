import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type pg from 'pg'
import * as z from 'zod'
import { figure } from '../figures'

const run = promisify(execFile)

/** Persons brought by a file of APPI, beside the command of the form in a loop. */
export async function importedBesideForm(databaseUrl: string, pool: pg.Pool, many: number): Promise<void> {
  const { rows } = await pool.query<{ agent: number; service: number }>(
    `SELECT a.id AS agent, o.id AS service
       FROM agent a, organization o
      WHERE a.role = 'central_admin' AND a.password_hash IS NOT NULL AND o.kind = 'probation_service'
      ORDER BY a.id, o.id LIMIT 1`,
  )
  const [asked] = rows
  if (!asked) throw new Error('no central admin')
  const { stdout } = await run(
    process.execPath,
    [
      ...['--import', 'tsx', 'tests/bench/import/program.ts'],
      ...[asked.agent, asked.service, many].map(String),
    ],
    { env: { ...process.env, MSJ_ENV: 'demo', DATABASE_URL: databaseUrl } },
  )
  const { byForm, byFile } = z.object({ byForm: z.number(), byFile: z.number() }).parse(JSON.parse(stdout))
  figure('persons registered a second, by the command in a loop', byForm, '/s', { baseline: true })
  figure('persons registered a second, by a file', byFile, '/s')
  figure('by a file / by the command', byFile / byForm, 'x', { target: 0.6, least: true })
  await pool.query(`DELETE FROM probationer WHERE last_name LIKE 'BANC %'`)
  await pool.query(`DELETE FROM import_run WHERE file_name = 'banc.csv'`)
}
