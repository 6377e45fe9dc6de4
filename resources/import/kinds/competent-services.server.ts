import type { OrganizationKind } from '../../shared/actor'
import type { Context } from '../../shared/context'
import { fold } from '../../shared/fold'
import { confirmCompetence, type Competence } from '../../competent-service/commands/confirm.sql.server'
import { cleanLine } from '../../shared/clean-line'
import { lineReasons } from '../fr'
import type { FileRow, WorkedRow } from '../commands/rows.sql.server'

/** ALIP: the local branches of a probation service. */
const kindOfType: ReadonlyMap<string, OrganizationKind> = new Map([
  ['spip', 'probation_service'],
  ['alip', 'probation_service'],
  ['tj', 'court'],
])

const longestName = 200

/** Ties communes to the services that the ministry says are competent: names, insee_code, postal_code, name, type. */
export async function tieCities(ctx: Context, rows: readonly FileRow[]): Promise<WorkedRow[]> {
  const read = rows.map(({ line, cells: [, inseeCode = '', , name = '', type = ''] }) => ({
    line,
    // Spreadsheets take "01001" for a number.
    inseeCode: inseeCode.toUpperCase().padStart(5, '0'),
    officialName: cleanLine(name),
    kind: kindOfType.get(fold(type)),
  }))
  const wanted = read.filter(
    (row): row is Competence & { line: number } =>
      row.kind !== undefined && row.officialName !== '' && row.officialName.length <= longestName,
  )
  const last = new Map(wanted.map((row) => [`${row.kind} ${row.inseeCode}`, row]))
  const { changed, unchanged } = await confirmCompetence(ctx, [...last.values()])

  return read.map(({ line, inseeCode, officialName, kind }): WorkedRow => {
    const left = (reason: string): WorkedRow => ({ line, outcome: 'left_alone', reason })
    const refused = (reason: string): WorkedRow => ({ line, outcome: 'refused', reason })
    if (!kind) return left(lineReasons.otherType)
    if (officialName === '' || officialName.length > longestName) return refused(lineReasons.nameless)
    const key = `${kind} ${inseeCode}`
    if (!changed.has(key) && !unchanged.has(key)) return refused(lineReasons.unknownCity)
    const kept = last.get(key)
    if (kept?.line !== line)
      return left(kept?.officialName === officialName ? lineReasons.knownAlready : lineReasons.saidTwice)
    return changed.has(key) ? { line, outcome: 'created', reason: null } : left(lineReasons.knownAlready)
  })
}
