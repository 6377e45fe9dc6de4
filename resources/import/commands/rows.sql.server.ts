import { Prisma, type ImportOutcome } from '@prisma/client'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'

/** A line of a file: its number as an editor shows it, and the cells of its kind's columns in their order. */
export interface FileRow {
  line: number
  cells: string[]
}

/** What became of a line, and why when nothing was made of it. */
export interface WorkedRow {
  line: number
  outcome: ImportOutcome
  reason: string | null
  /** The record that it made or met. */
  recordId?: number
}

/** @param rows `FileRow[]`, as JSON. */
export async function insertRows(ctx: Context, runId: number, rows: string): Promise<void> {
  await ctx.tx.$executeRaw`
    INSERT INTO import_row (run_id, line, cells)
    SELECT ${runId}, line, ARRAY(SELECT json_array_elements_text(cells))
      FROM json_to_recordset(${rows}::json) AS row (line int, cells json)`
}

/** The next lines that wait, in their order. Two workers on one file take turns: the run is held. */
export async function nextRows(ctx: Context, runId: number, most: number): Promise<FileRow[]> {
  await rowsOf(ctx, Prisma.sql`SELECT id FROM import_run WHERE id = ${runId} FOR UPDATE`)
  return rowsOf<FileRow>(
    ctx,
    Prisma.sql`
    SELECT line, cells FROM import_row WHERE run_id = ${runId} AND outcome IS NULL ORDER BY line LIMIT ${most}`,
  )
}

/** Says what became of lines, erases what they held and counts them, in the transaction of what they made. */
export async function settleRows(ctx: Context, runId: number, rows: readonly WorkedRow[]): Promise<void> {
  await ctx.tx.$executeRaw`
    WITH settled AS (
      UPDATE import_row r SET outcome = s.outcome::import_outcome, reason = s.reason, record_id = s."recordId", cells = '{}'
        FROM json_to_recordset(${JSON.stringify(rows)}::json) AS s (line int, outcome text, reason text, "recordId" int)
       WHERE r.run_id = ${runId} AND r.line = s.line AND r.outcome IS NULL
      RETURNING r.outcome)
    UPDATE import_run run
       SET created = run.created + n.created, linked = run.linked + n.linked, left_alone = run.left_alone + n.left_alone,
           refused = run.refused + n.refused
      FROM (SELECT count(*) FILTER (WHERE outcome = 'created')::int AS created,
                   count(*) FILTER (WHERE outcome = 'linked')::int AS linked,
                   count(*) FILTER (WHERE outcome = 'left_alone')::int AS left_alone,
                   count(*) FILTER (WHERE outcome = 'refused')::int AS refused FROM settled) n
     WHERE run.id = ${runId}`
}
