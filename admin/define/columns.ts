import type { AgentActor } from '../../resources/shared/actor'
import { civilDateFromDb, isCivilTime } from '../../resources/shared/civil-time'
import { formatDay, formatHour, formatInstant } from '../../resources/shared/french'
import { formatPhone } from '../../resources/shared/phone'
import type { CellValue } from './cells'
import type { Row } from './domain-resource'

interface Described {
  columns: readonly string[]
  /** What some of them say, where it is more than their words. */
  cells?: Readonly<Record<string, (row: Row) => CellValue>>
  words: { values?: Readonly<Record<string, Readonly<Record<string, string>>>> }
}

/** The declared columns of a row, in words. */
export function cellsOf(
  row: Row,
  actor: AgentActor,
  { columns, cells, words: { values } }: Described,
  civilDates: ReadonlySet<string>,
): Record<string, CellValue> {
  return Object.fromEntries(
    columns.map((key) => {
      const value = row[key]
      if (cells?.[key]) return [key, cells[key](row)]
      // A day on a wall, that the database gives as an instant of UTC: no zone moves it.
      if (value instanceof Date && civilDates.has(key)) return [key, formatDay(civilDateFromDb(value))]
      const words = values?.[key]
      if (Array.isArray(value) && words)
        return [key, value.map((one) => words[String(one)] ?? String(one)).join(', ')]
      return [key, words?.[String(value)] ?? wordsOf(value, actor.organization.timeZone)]
    }),
  )
}

function wordsOf(value: unknown, zone: string): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value ? 'Oui' : 'Non'
  if (value instanceof Date) return formatInstant(value, zone)
  if (Array.isArray(value)) return value.map((one) => wordsOf(one, zone)).join(', ') || null
  if (typeof value === 'object') return nameOf(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (isCivilTime(text)) return formatHour(text)
  return /^\+\d{7,15}$/.test(text) ? formatPhone(text) : text
}

/** Of what a column refers to. */
function nameOf(value: object): string | null {
  if ('type' in value && typeof value.type === 'object' && value.type !== null) return nameOf(value.type)
  if ('name' in value) {
    const archived = 'archivedAt' in value && value.archivedAt !== null
    return archived ? `${String(value.name)} (archivé)` : String(value.name)
  }
  if ('label' in value) return String(value.label)
  return 'firstName' in value && 'lastName' in value
    ? `${String(value.firstName)} ${String(value.lastName)}`
    : null
}
