import { CsvError, parse } from 'csv-parse'
import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { preparedCommand } from '../../shared/command'
import type { Context } from '../../shared/context'
import { enqueue } from '../../shared/enqueue.server'
import { assertAllowed, orNotFound, Refused } from '../../shared/errors'
import { fold } from '../../shared/fold'
import { isWorkbook, separatorOf } from '../file'
import { workImport } from '../jobs'
import { mayStartImport } from '../policy'
import { columnsOf, importLimits, startImportInput, type FileColumn, type ImportKind } from '../schema'
import { insertRows, type FileRow } from './rows.sql.server'

const rowsAtOnce = 5_000

/**
 * Takes a file whole or not at all: its lines wait, and a job works them in the name of who sent it.
 *
 * @throws Refused when its header lacks a column, it has no line, too many, or a quote goes astray.
 */
export const startImport = preparedCommand(
  startImportInput,
  // The largest file takes seconds to read: no transaction waits for that.
  async (ctx: Context<AgentActor>, { kind, text, organizationId }): Promise<FileRow[]> => {
    assertAllowed(mayStartImport(ctx.actor, kind), `import ${kind}`)
    if (kind === 'probationers') await assertService(ctx, organizationId)
    const rows: FileRow[] = []
    for await (const row of rowsOfFile(kind, text)) {
      rows.push(row)
      if (rows.length > importLimits.lines)
        throw new Refused('import.too_many_lines', { most: importLimits.lines.toLocaleString('fr') }, 'file')
    }
    if (rows.length === 0) throw new Refused('import.empty', {}, 'file')
    return rows
  },
  async (ctx: Context<AgentActor>, { kind, fileName, organizationId }, rows): Promise<{ id: number }> => {
    assertAllowed(mayStartImport(ctx.actor, kind), `import ${kind}`)
    const { id } = await ctx.tx.importRun.create({
      data: {
        kind,
        fileName,
        organizationId: kind === 'probationers' ? organizationId : null,
        agentId: ctx.actor.id,
        impersonatorId: ctx.actor.impersonatorId,
        createdAt: ctx.now,
        total: rows.length,
      },
      select: { id: true },
    })
    for (let from = 0; from < rows.length; from += rowsAtOnce)
      await insertRows(ctx, id, rows.slice(from, from + rowsAtOnce))
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

/** The lines of a file, the columns of its kind in their order; lines that hold nothing are skipped. */
async function* rowsOfFile(kind: ImportKind, text: string): AsyncGenerator<FileRow> {
  if (isWorkbook(text)) throw new Refused('import.workbook', {}, 'file')
  const columns = columnsOf[kind]
  // Its lines end alike: in quoted cells the parser would count "\r\n" twice.
  const records = parse(text.replace(/\r\n?/g, '\n'), {
    bom: true,
    delimiter: separatorOf(text),
    info: true,
    trim: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    // A line that lacks its last cells is refused by itself, not the file.
    relax_column_count: true,
    max_record_size: 20_000,
  }) as AsyncIterable<{ record: string[]; info: { lines: number } }>
  let places: number[] | null = null
  try {
    for await (const { record, info } of records) {
      if (places)
        yield { line: info.lines, cells: places.map((place) => (record[place] ?? '').slice(0, 500)) }
      else places = placesOf(columns, record)
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Refused('import.unreadable', { line: Number(error.lines ?? 1) }, 'file')
  }
  if (!places) throw new Refused('import.empty', {}, 'file')
}

/** Where each column stands; -1 for one that the file does without. */
function placesOf(columns: readonly FileColumn[], header: readonly string[]): number[] {
  const named = header.map(fold)
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
