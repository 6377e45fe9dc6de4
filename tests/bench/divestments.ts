import type pg from 'pg'

const requests = 10_000
/** What marks ours, to take them away. */
const reason = 'banc d’essai'

/** So many requests that wait for the answer of the service of this agent. */
export async function manyRequests(pool: pg.Pool, email: string): Promise<void> {
  await forgetRequests(pool)
  await pool.query(
    `WITH service AS (SELECT organization_id AS id FROM agent WHERE email = $1),
          target AS (SELECT min(id) AS id FROM organization WHERE id NOT IN (SELECT id FROM service)),
          made AS (
            INSERT INTO divestment (probationer_id, target_organization_id, destination_organization_ids, reason, created_at)
            SELECT p.id, target.id, ARRAY[target.id], $2, now() - p.n * interval '1 minute'
              FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM probationer ORDER BY id LIMIT $3) p, target
            RETURNING id, created_at)
     INSERT INTO divestment_decision (divestment_id, organization_id, requested_at)
     SELECT made.id, service.id, made.created_at FROM made, service`,
    [email, reason, requests],
  )
  await pool.query('ANALYZE divestment, divestment_decision')
}

export async function forgetRequests(pool: pg.Pool): Promise<void> {
  await pool.query('DELETE FROM divestment WHERE reason = $1', [reason])
}
