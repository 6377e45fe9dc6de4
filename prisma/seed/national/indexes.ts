import type pg from 'pg'

/** Everything that refers to, or is kept up with, these tables. */
const dependants = `
  SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname) AS "drop",
         format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) AS "create",
         CASE c.contype WHEN 'f' THEN 3 ELSE 1 END AS rank
    FROM pg_constraint c
   WHERE c.contype IN ('f', 'p', 'u') AND (c.conrelid = ANY ($1::regclass[]) OR c.confrelid = ANY ($1::regclass[]))
  UNION ALL
  SELECT format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid), 2
    FROM pg_index i
   WHERE i.indrelid = ANY ($1::regclass[])
     AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))`

/**
 * Takes down indexes, keys and triggers of the tables that receive millions of rows. Needs to own
 * the tables and nothing more. Inside a transaction: other sessions never see the tables bare.
 *
 * @returns what puts them all back, checking every row: the keys first, the foreign keys last.
 */
export async function takeDownIndexes(
  client: pg.Client,
  tables: readonly string[],
): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ drop: string; create: string; rank: number }>(dependants, [tables])
  for (const { drop } of rows.toSorted((a, b) => b.rank - a.rank)) await client.query(drop)
  for (const table of tables) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
  return async () => {
    for (const { create } of rows.toSorted((a, b) => a.rank - b.rank)) await client.query(create)
    for (const table of tables) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
  }
}
