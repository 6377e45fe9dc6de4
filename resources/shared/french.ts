import {
  addDays,
  civilOf,
  daysBetween,
  isCivilDate,
  isCivilTime,
  isoWeekday,
  type CivilDate,
  type CivilTime,
} from './civil-time'
import { fold, plainDigits } from './fold'

/** How days, hours and names are written for French eyes, and how typed ones are read. */

const namesOf = (part: Intl.DateTimeFormatOptions, dates: readonly number[][]) => {
  const format = new Intl.DateTimeFormat('fr', { ...part, timeZone: 'UTC' })
  return dates.map(([month = 0, day = 1]) => format.format(Date.UTC(2024, month, day)))
}

const months = namesOf(
  { month: 'long' },
  Array.from({ length: 12 }, (_, month) => [month, 1]),
)

/** From Monday: 1 January 2024 was one. */
export const weekdays = namesOf(
  { weekday: 'long' },
  Array.from({ length: 7 }, (_, day) => [0, day + 1]),
)

const briefMonths = namesOf(
  { month: 'short' },
  Array.from({ length: 12 }, (_, month) => [month, 1]),
)
const briefWeekdays = namesOf(
  { weekday: 'short' },
  Array.from({ length: 7 }, (_, day) => [0, day + 1]),
)

const noBreakSpace = '\u00a0'

function numbersOf(date: CivilDate): { year: number; month: number; day: number } {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return { year, month, day }
}

function dayOfMonth(date: CivilDate): string {
  const { day } = numbersOf(date)
  return day === 1 ? '1er' : String(day)
}

/** "12 avril 1991", "1er mars 2026": a birth, a day whose weekday says nothing. */
export function formatBirth(date: CivilDate): string {
  const { year, month } = numbersOf(date)
  return `${dayOfMonth(date)} ${months[month - 1] ?? ''} ${year}`
}

/** "mardi 3 mars 2026" */
export function formatDay(date: CivilDate): string {
  return `${weekdays[isoWeekday(date) - 1] ?? ''} ${formatBirth(date)}`
}

/** "lundi 9": a day close to one already written in full. */
export function formatWeekday(date: CivilDate): string {
  return `${weekdays[isoWeekday(date) - 1] ?? ''} ${dayOfMonth(date)}`
}

/** "novembre 2026". */
export function formatMonth(date: CivilDate): string {
  const { month, year } = numbersOf(date)
  return `${months[month - 1] ?? ''} ${year}`
}

/** "lun. 30 nov.": a day of the coming year, in a column. */
export function formatBriefDay(date: CivilDate): string {
  const { month } = numbersOf(date)
  return `${briefWeekdays[isoWeekday(date) - 1] ?? ''} ${dayOfMonth(date)} ${briefMonths[month - 1] ?? ''}`
}

/** "lun. 30 nov. 2026": any day, in a column. */
export function formatBriefDate(date: CivilDate): string {
  return `${formatBriefDay(date)} ${numbersOf(date).year}`
}

/** "12/04/1991": fields and lists. */
export function formatShortDate(date: CivilDate): string {
  return date.split('-').reverse().join('/')
}

/** "14 h 30", "9 h 00", with no-break spaces. */
export function formatHour(time: CivilTime): string {
  const [hours, minutes] = time.split(':')
  return `${Number(hours)}${noBreakSpace}h${noBreakSpace}${minutes}`
}

/** "14h30", "9h00": in an SMS. */
export function smsHour(time: CivilTime): string {
  const [hours, minutes] = time.split(':')
  return `${Number(hours)}h${minutes}`
}

/** "mardi 3 mars 2026 à 14 h 30" on the wall of the zone. */
export function formatInstant(instant: Date, zone: string): string {
  const { date, time } = civilOf(instant, zone)
  return `${formatDay(date)} à ${formatHour(time)}`
}

/** "Aujourd’hui", "Demain", "Dans 3 jours", "Hier", "Il y a 3 jours". */
export function inDays(today: CivilDate, date: CivilDate): string {
  const days = daysBetween(today, date)
  if (days === 0) return 'Aujourd’hui'
  if (days === 1) return 'Demain'
  if (days === -1) return 'Hier'
  return days > 0 ? `Dans ${days} jours` : `Il y a ${-days} jours`
}

/** "0 convocation", "1 convocation", "3 convocations". French counts plural from two. */
export function count(n: number, singular: string, plural = `${singular}s`): string {
  return `${n.toLocaleString('fr-FR')}${noBreakSpace}${Math.abs(n) < 2 ? singular : plural}`
}

const euros = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' })

/** "4,5 centimes", "1 234,50 €": what a provider is paid, a part of an SMS being less than a euro. */
export function moneyWords(amount: number): string {
  if (amount >= 1 || amount === 0) return euros.format(amount)
  const cents = Math.round(amount * 10_000) / 100
  return `${cents.toLocaleString('fr-FR')}${noBreakSpace}${cents < 2 ? 'centime' : 'centimes'}`
}

/** In capitals; Georgian, which writes no name in its own and whose fonts lack them, in its letters of every day. */
export const inCapitals = (name: string) =>
  name.toLocaleUpperCase('fr').replace(/[\u1c90-\u1cbf]/g, (letter) => letter.toLocaleLowerCase('fr'))

/** "BENSALEM Karim": how agents read a name. */
export function fullName({ lastName, firstName }: { lastName: string; firstName: string }): string {
  return `${inCapitals(lastName)} ${firstName}`
}

/** How an agent is called: "Claire Vasseur". Only the directory, in alphabetical order, says the last name first. */
export function agentName({ lastName, firstName }: { lastName: string; firstName: string }): string {
  return `${firstName} ${lastName}`
}

// ————— Typed by people —————

const asDate = (year: number, month: number, day: number): CivilDate | null => {
  const [y, m, d] = [
    String(year).padStart(4, '0'),
    String(month).padStart(2, '0'),
    String(day).padStart(2, '0'),
  ]
  const date = `${y}-${m}-${d}`
  return isCivilDate(date) ? date : null
}

/** "mars", "fev", "sept": any beginning of one month's name that no other month has. */
function monthNamed(word: string): number | null {
  const found = months.flatMap((month, index) =>
    word.length >= 3 && fold(month).startsWith(word) ? [index + 1] : [],
  )
  return found.length === 1 && found[0] !== undefined ? found[0] : null
}

interface TypedDay {
  day: number
  month: number
  /** As typed: null when absent, below 100 when two digits were typed. */
  year: number | null
}

/** "12/04/1991", "12041991", "120491", "1204", "12 avril 1991", "1991-04-12": what was said, unchecked. */
function readDay(folded: string): TypedDay | null {
  const iso = /^(\d{4}) (\d{1,2}) (\d{1,2})$/.exec(folded)
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }
  const numeric =
    /^(\d{1,2}) (\d{1,2})(?: (\d{4}|\d{2}))?$/.exec(folded) ?? /^(\d{2})(\d{2})(\d{4}|\d{2})?$/.exec(folded)
  if (numeric) {
    return {
      day: Number(numeric[1]),
      month: Number(numeric[2]),
      year: numeric[3] ? Number(numeric[3]) : null,
    }
  }
  const worded = /^(\d{1,2})(?:er)? ([a-z]+)(?: (\d{4}|\d{2}))?$/.exec(folded)
  const month = worded && monthNamed(worded[2] ?? '')
  if (!month) return null
  return { day: Number(worded[1]), month, year: worded[3] ? Number(worded[3]) : null }
}

const relativeDays: Readonly<Record<string, number>> = {
  'aujourd hui': 0,
  aujourdhui: 0,
  demain: 1,
  'apres demain': 2,
}

/**
 * A day to come, as people type it: "12/04/2026", "12042026", "3/3" (the next one), "3/3/26", "mardi"
 * (the next one, never today), "mardi 3 mars", "1er mars", "demain", "dans 10 jours", ISO. Null when it
 * is no day, or when its weekday contradicts it.
 */
export function parseTypedDate(text: string, today: CivilDate): CivilDate | null {
  const folded = fold(plainDigits(text))
  const relative = relativeDays[folded]
  if (relative !== undefined) return addDays(today, relative)
  const ahead = /^dans (\d{1,3}) (jour|semaine)s?$/.exec(folded)
  if (ahead) return addDays(today, Number(ahead[1]) * (ahead[2] === 'semaine' ? 7 : 1))

  const [firstWord = '', ...others] = folded.split(' ')
  const weekday = weekdays.indexOf(firstWord) + 1
  const rest = others.join(' ')
  if (weekday > 0 && (rest === '' || rest === 'prochain')) {
    return addDays(today, ((weekday - isoWeekday(today) + 6) % 7) + 1)
  }

  const typed = readDay(weekday > 0 ? rest : folded)
  if (!typed) return null
  const date = nextOf(typed, today)
  return date && weekday > 0 && isoWeekday(date) !== weekday ? null : date
}

function nextOf({ day, month, year }: TypedDay, today: CivilDate): CivilDate | null {
  const { year: thisYear } = numbersOf(today)
  if (year !== null) return asDate(year < 100 ? Math.floor(thisYear / 100) * 100 + year : year, month, day)
  const inThisYear = asDate(thisYear, month, day)
  return inThisYear && inThisYear >= today ? inThisYear : asDate(thisYear + 1, month, day)
}

/** A day of birth as people type it, with its year; two digits are the last such year gone by. */
export function parseTypedBirthDate(text: string, today: CivilDate): CivilDate | null {
  const typed = readDay(fold(plainDigits(text)))
  if (!typed || typed.year === null) return null
  const { year: thisYear } = numbersOf(today)
  const century = Math.floor(thisYear / 100) * 100
  const recent = asDate(typed.year < 100 ? century + typed.year : typed.year, typed.month, typed.day)
  const date =
    typed.year < 100 && (!recent || recent > today)
      ? asDate(century - 100 + typed.year, typed.month, typed.day)
      : recent
  return date && date <= today && date >= '1900-01-01' ? date : null
}

/** An hour as people type it: "1430", "14h30", "14 h 30", "14:30", "9", "9h", "midi". */
export function parseTypedTime(text: string): CivilTime | null {
  const folded = fold(plainDigits(text))
  if (folded === 'midi') return '12:00'
  const read = /^(\d{1,2}) ?(?:h|heures?)? ?(\d{2})?$/.exec(folded)
  if (!read) return null
  const time = `${(read[1] ?? '').padStart(2, '0')}:${read[2] ?? '00'}`
  return isCivilTime(time) ? time : null
}
