import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'

/** Asks the worker for a task of the night, and waits for its line in the job log. */
export async function nightTask(pool: pg.Pool, task: string): Promise<{ handled: number; ms: number }> {
  const { rows: last } = await pool.query<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM job_run')
  await pool.query(`SELECT graphile_worker.add_job($1)`, [task])
  for (;;) {
    const { rows } = await pool.query<{ handled: number; ms: number }>(
      `SELECT handled, duration_ms AS ms FROM job_run WHERE task = $2 AND id > $1`,
      [last[0]?.id, task],
    )
    if (rows[0]) return rows[0]
    await delay(50)
  }
}
