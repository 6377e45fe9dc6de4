import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse'
import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { preparedCommand } from '../../shared/command'
import type { Context } from '../../shared/context'
import { enqueue } from '../../shared/enqueue.server'
import { assertAllowed, orNotFound, Refused } from '../../shared/errors'
import { fold } from '../../shared/fold'
import { isWorkbook, separatorOf, slicesOf } from '../file.server'
import { workImport } from '../jobs'
import { mayStartImport } from '../policy'
import { columnsOf, importLimits, startImportInput, type FileColumn, type ImportKind } from '../schema'
import { insertRows, type FileRow } from './rows.sql.server'

const rowsAtOnce = 1_000

/** The lines of a file, as the JSON that the database is handed, some in each: rows would weigh ten times as much. */
interface TakenLines {
  total: number
  batches: string[]
}

/**
 * Takes a file whole or not at all: its lines wait, and a job works them in the name of who sent it.
 *
 * @throws Refused when its header lacks a column, it has no line, too many, or a quote goes astray.
 */
export const startImport = preparedCommand(
  startImportInput,
  // The largest file takes seconds to read: no transaction waits for that.
  async (ctx: Context<AgentActor>, { kind, bytes, organizationId }): Promise<TakenLines> => {
    assertAllowed(mayStartImport(ctx.actor, kind), `import ${kind}`)
    if (kind === 'probationers') await assertService(ctx, organizationId)
    return linesOfFile(kind, bytes)
  },
  async (
    ctx: Context<AgentActor>,
    { kind, fileName, organizationId },
    { total, batches },
  ): Promise<{ id: number }> => {
    assertAllowed(mayStartImport(ctx.actor, kind), `import ${kind}`)
    const { id } = await ctx.tx.importRun.create({
      data: {
        kind,
        fileName,
        organizationId: kind === 'probationers' ? organizationId : null,
        agentId: ctx.actor.id,
        impersonatorId: ctx.actor.impersonatorId,
        createdAt: ctx.now,
        total,
      },
      select: { id: true },
    })
    for (const rows of batches) await insertRows(ctx, id, rows)
    await enqueueImport(ctx, id)
    await recordAudit(ctx, { action: 'create', subject: 'import', subjectId: id })
    return { id }
  },
)

async function assertService(ctx: Context, organizationId: number | null): Promise<void> {
  if (organizationId === null) throw new Refused('import.organization_missing', {}, 'organizationId')
  orNotFound(
    await ctx.tx.organization.findUnique({ where: { id: organizationId }, select: { id: true } }),
    'organization',
  )
}

export const enqueueImport = (ctx: Context, importId: number): Promise<void> =>
  enqueue(ctx, workImport, { importId }, { key: `import:${importId}` })

/**
 * The lines of a file, the columns of its kind in their order; lines that hold nothing are skipped. Others are
 * served between two slices of it, and what is beyond the limit is not read.
 */
async function linesOfFile(kind: ImportKind, bytes: Uint8Array): Promise<TakenLines> {
  const slices = slicesOf(bytes)
  const first = slices.next().value ?? ''
  if (isWorkbook(first)) throw new Refused('import.workbook', {}, 'file')
  const columns = columnsOf[kind]
  let places: number[] | null = null
  let total = 0
  let rows: FileRow[] = []
  const batches: string[] = []
  const settle = () => {
    if (rows.length > 0) batches.push(JSON.stringify(rows))
    rows = []
  }
  const take = (record: string[], { lines }: { lines: number }): null => {
    if (!places) {
      places = placesOf(columns, record)
      return null
    }
    if (++total > importLimits.lines)
      throw new Refused('import.too_many_lines', { most: importLimits.lines.toLocaleString('fr') }, 'file')
    // A record ends where it was read to, and begins as many lines above as its quoted cells have.
    const line = record.reduce((at, cell) => at - (cell.split('\n').length - 1), lines)
    rows.push({ line, cells: places.map((place) => writable(record[place] ?? '')) })
    if (rows.length === rowsAtOnce) settle()
    return null
  }
  const parser = parse({
    delimiter: separatorOf(first),
    trim: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    // A line that lacks its last cells is refused by itself, not the file.
    relax_column_count: true,
    max_record_size: 20_000,
    on_record: take,
  })
  try {
    await pipeline(unhurried(first, slices), parser)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Refused('import.unreadable', { line: Number(error.lines ?? 1) }, 'file')
  }
  settle()
  if (total === 0) throw new Refused('import.empty', {}, 'file')
  return { total, batches }
}

/** Slices, between which the process does something else. */
async function* unhurried(first: string, others: Iterable<string>): AsyncGenerator<string> {
  yield first
  for (const slice of others) {
    await setImmediate()
    yield slice
  }
}

/** Without what PostgreSQL has no character for. */
const writable = (cell: string) => cell.slice(0, 500).replace(/\0|\p{Cs}/gu, '')

/** Where each column stands; -1 for one that the file does without. */
function placesOf(columns: readonly FileColumn[], header: readonly string[]): number[] {
  const named = header.map((name) => fold(writable(name)))
  const namesOf = (some: readonly FileColumn[]) => some.map(({ name }) => name).join(', ')
  const found = columns.map(({ name, also = [] }) => {
    const names = [name, ...also].map(fold)
    return named.flatMap((column, place) => (names.includes(column) ? [place] : []))
  })
  const doubled = columns.filter((_, index) => (found[index]?.length ?? 0) > 1)
  if (doubled.length > 0) throw new Refused('import.columns_doubled', { doubled: namesOf(doubled) }, 'file')
  const places = found.map(([place = -1]) => place)
  const missing = columns.filter(({ optional }, index) => !optional && places[index] === -1)
  if (missing.length > 0) {
    const params = { missing: namesOf(missing), columns: namesOf(columns) }
    throw new Refused('import.columns_missing', params, 'file')
  }
  return places
}
