import type { CivilDate } from '../../resources/shared/civil-time'
import { formatDay, formatHour, parseTypedDate, parseTypedTime } from '../../resources/shared/french'
import type { FormField } from '../define/form'

/**
 * A day or an hour of a form, typed in the agent's own words: what is sent, and what is said of it. Null when it is
 * not understood, or when the field is of another kind.
 */
export function typedMoment(
  kind: FormField['kind'],
  text: string,
  today: CivilDate,
): { value: string; words: string } | null {
  const day = kind === 'date' ? parseTypedDate(text, today) : null
  if (day) return { value: day, words: formatDay(day) }
  const hour = kind === 'time' ? parseTypedTime(text) : null
  return hour ? { value: hour, words: formatHour(hour) } : null
}
