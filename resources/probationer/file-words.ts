import { isCivilDate, isCivilTime } from '../shared/civil-time'
import { formatBirth, formatHour } from '../shared/french'
import { formatPhone } from '../shared/phone'

/** How what is held about a person is written for them, on paper as in their space. */

/** What is said of one thing, under its names. Days and hours as people lived them. */
export type FileLine = Readonly<Record<string, string | boolean | null>>

export type FilePair = readonly [name: string, value: string]

/** What is known of one thing, by its name with a capital; its day and hour, when it has both, are its title. */
export function fileWords({ date, heure, ...line }: FileLine): { title: string | null; pairs: FilePair[] } {
  const dated = typeof date === 'string' && typeof heure === 'string'
  return {
    title: dated ? `${wordsOf(date)} à ${wordsOf(heure)}` : null,
    pairs: Object.entries(line).flatMap(([name, value]) =>
      value === null || value === ''
        ? []
        : [[name.charAt(0).toLocaleUpperCase('fr') + name.slice(1), wordsOf(value)] as const],
    ),
  }
}

function wordsOf(value: string | boolean): string {
  if (typeof value === 'boolean') return value ? 'oui' : 'non'
  if (isCivilDate(value)) return formatBirth(value)
  if (isCivilTime(value)) return formatHour(value)
  return /^\+\d{8,15}$/.test(value) ? formatPhone(value) : value
}
