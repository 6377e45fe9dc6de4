import * as z from 'zod'
import { day, minute } from './duration'
import { drawn } from './fields'

/**
 * What people write and read: a day and an hour on a wall, 'YYYY-MM-DD' and 'HH:MM'. They become an
 * instant only together with the time zone of the place where somebody is expected.
 */
export type CivilDate = string
export type CivilTime = string

/**
 * True for a day that exists in the calendar: '2026-02-29' is not one. Years of four digits that stay
 * so when days are added: neither 0202 nor 9999.
 */
export function isCivilDate(text: string): text is CivilDate {
  // Of three centuries: beyond, nobody was born and nothing is expected.
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** True for an hour of the day, from '00:00' to '23:59'. */
export function isCivilTime(text: string): text is CivilTime {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}

export const civilDate = z
  .string({ error: 'Indiquez la date.' })
  .min(1, { error: 'Indiquez la date.', abort: true })
  .refine(isCivilDate, 'Cette date n’est pas comprise. Exemple\u00a0: mardi.')
  .register(drawn, { kind: 'date' })
export const civilTime = z
  .string({ error: 'Indiquez l’heure.' })
  .min(1, { error: 'Indiquez l’heure.', abort: true })
  .refine(isCivilTime, 'Cette heure n’est pas comprise. Exemple\u00a0: 14\u00a0h\u00a030.')
  .register(drawn, { kind: 'time' })

/** Minutes since midnight, and the hour that many minutes are. */
export const minutesOf = (time: CivilTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
export const timeOf = (minutes: number): CivilTime =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')

const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    formats.set(zone, format)
  }
  return format
}

/** The day and the hour that people of this zone read on the wall at this instant. */
export function civilOf(instant: Date, zone: string): { date: CivilDate; time: CivilTime } {
  const wall = new Date(instant.getTime() + offsetAt(instant.getTime(), zone)).toISOString()
  return { date: wall.slice(0, 10), time: wall.slice(11, 16) }
}

/** The same for machines, with how far from UTC that wall is: "2026-03-03T14:30+04:00". */
export function zonedOf(instant: Date, zone: string): string {
  const { date, time } = civilOf(instant, zone)
  const offset = offsetAt(instant.getTime(), zone) / minute
  return `${date}T${time}${offset < 0 ? '-' : '+'}${timeOf(Math.abs(offset))}`
}

/** The wall clock as if it were UTC: a number to add to and compare, not an instant. */
function wallClock(date: CivilDate, time: CivilTime): number {
  return Date.parse(`${date}T${time}:00Z`)
}

/** Clocks change at a quarter of an hour, everywhere: how far they are from UTC holds that long. */
const quarter = 15 * minute
const mostOffsets = 10_000
const offsets = new Map<string, number>()

/** How far the wall clock of the zone is ahead of UTC at this instant, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const since = Math.floor(instant / quarter) * quarter
  const key = `${zone} ${since}`
  let offset = offsets.get(key)
  if (offset === undefined) {
    const read: Record<string, string> = {}
    for (const { type, value } of formatIn(zone).formatToParts(since)) read[type] = value
    offset = wallClock(`${read.year}-${read.month}-${read.day}`, `${read.hour}:${read.minute}`) - since
    if (offsets.size >= mostOffsets) offsets.clear()
    offsets.set(key, offset)
  }
  return offset
}

/**
 * The instant of a day and an hour in a zone. An hour that spring skips is the first instant after
 * the gap; an hour that autumn repeats is its first occurrence.
 */
export function instantOf(date: CivilDate, time: CivilTime, zone: string): Date {
  const wall = wallClock(date, time)
  const before = offsetAt(wall - day, zone)
  const after = offsetAt(wall + day, zone)
  // Far ahead of UTC comes first: of the two occurrences of a repeated hour, it is the earlier.
  const [earliest, latest] = [wall - Math.max(before, after), wall - Math.min(before, after)]
  if (earliest === latest) return new Date(earliest)
  if (wall - earliest === offsetAt(earliest, zone)) return new Date(earliest)
  if (wall - latest === offsetAt(latest, zone)) return new Date(latest)
  // Skipped: the clock changes somewhere between the two readings; find the minute.
  let [low, high] = [earliest / minute, latest / minute]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle * minute, zone) === before) low = middle
    else high = middle
  }
  return new Date(high * minute)
}

/** A day read from a column of type date, which Prisma gives as midnight UTC. */
export function civilDateFromDb(value: Date): CivilDate {
  return value.toISOString().slice(0, 10)
}

/** A day as Prisma wants it for a column of type date. */
export function dbDateOf(date: CivilDate): Date {
  return new Date(`${date}T00:00:00Z`)
}

/** The day that comes n days after, or before when n is negative. */
export function addDays(date: CivilDate, n: number): CivilDate {
  return civilDateFromDb(new Date(dbDateOf(date).getTime() + n * day))
}

/** The same day n months after, or the last of the month when it is shorter. */
export function addMonths(date: CivilDate, n: number): CivilDate {
  const from = dbDateOf(date)
  const lastOfMonth = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + n + 1, 0))
  lastOfMonth.setUTCDate(Math.min(from.getUTCDate(), lastOfMonth.getUTCDate()))
  return civilDateFromDb(lastOfMonth)
}

/**
 * The same hour n months after, or before when n is negative, as the calendar of the zone counts months:
 * six months after 31 August is the last day of February.
 */
export function monthsAfter(instant: Date, n: number, zone: string): Date {
  const { date, time } = civilOf(instant, zone)
  return instantOf(addMonths(date, n), time, zone)
}

/** Days from one day to another, negative when the second comes first. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((dbDateOf(to).getTime() - dbDateOf(from).getTime()) / day)
}

/** 1 is Monday, 7 is Sunday. */
export function isoWeekday(date: CivilDate): number {
  return dbDateOf(date).getUTCDay() || 7
}

export function isWeekend(date: CivilDate): boolean {
  return isoWeekday(date) >= 6
}
