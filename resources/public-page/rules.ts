import { departmentOf, departmentsNamed, type Department } from '../city/departments'
import type { OrganizationKind } from '../shared/actor'
import {
  addDays,
  civilOf,
  isoWeekday,
  monthsAfter,
  type CivilDate,
  type CivilTime,
} from '../shared/civil-time'
import { fold } from '../shared/fold'
import { holidayOn } from '../shared/holidays'
import type { Closing, OpeningHours, OpeningRange } from './schema'

// ————— Opening hours —————

export interface PlaceInTime {
  timeZone: string
  departmentCode: string
}

export type Opening =
  | { isOpen: true; until: CivilTime; later: readonly OpeningRange[] }
  | { isOpen: false; today: CivilDate; reopens: { date: CivilDate; time: CivilTime } | null }

/** Further than that, nobody plans a visit on the strength of opening hours. */
const daysLookedAhead = 60

function rangesOn(hours: OpeningHours, date: CivilDate, departmentCode: string): readonly OpeningRange[] {
  const isClosed =
    holidayOn(departmentCode, date) !== null ||
    hours.closures.some(({ from, to }) => from <= date && date <= to)
  return isClosed ? [] : (hours.week[isoWeekday(date) - 1] ?? [])
}

/** Open or closed at this instant on the wall of the place, and what comes next. */
export function openingNow(
  hours: OpeningHours,
  { timeZone, departmentCode }: PlaceInTime,
  now: Date,
): Opening {
  const { date: today, time } = civilOf(now, timeZone)
  const ranges = rangesOn(hours, today, departmentCode)
  const current = ranges.find(({ from, to }) => from <= time && time < to)
  const later = ranges.filter(({ from }) => from > time)
  if (current) return { isOpen: true, until: current.to, later }
  if (later[0]) return { isOpen: false, today, reopens: { date: today, time: later[0].from } }
  for (let ahead = 1; ahead <= daysLookedAhead; ahead++) {
    const date = addDays(today, ahead)
    const first = rangesOn(hours, date, departmentCode)[0]
    if (first) return { isOpen: false, today, reopens: { date, time: first.from } }
  }
  return { isOpen: false, today, reopens: null }
}

/** Consecutive days with the same hours, told once; closed days left out. Days are 1 to 7. */
export function weekLines(
  hours: OpeningHours,
): { from: number; to: number; ranges: readonly OpeningRange[] }[] {
  const lines: { from: number; to: number; ranges: readonly OpeningRange[] }[] = []
  hours.week.forEach((ranges, index) => {
    const last = lines.at(-1)
    if (last?.to === index && JSON.stringify(last.ranges) === JSON.stringify(ranges)) last.to = index + 1
    else if (ranges.length > 0) lines.push({ from: index + 1, to: index + 1, ranges })
  })
  return lines
}

/** Of a page checked before that instant, or never, readers are told to verify: a year. */
export const checkedLongAgo = (now: Date): Date => monthsAfter(now, -12, 'UTC')

export const needsChecking = (checkedAt: Date | null, now: Date): boolean =>
  checkedAt === null || checkedAt < checkedLongAgo(now)

/** A page last checked before that instant is to be read again: six months. */
export const unreadSince = (now: Date): Date => monthsAfter(now, -6, 'UTC')

/** Whoever was asked before that instant is asked again: a month. */
export const remindedAgainBefore = (now: Date): Date => monthsAfter(now, -1, 'UTC')

// ————— What is told, and when —————

/** Of a message with days, told between them; a page without days tells it until it is taken away. */
export function isToldOn(
  { from, until }: { from: CivilDate | null; until: CivilDate | null },
  today: CivilDate,
): boolean {
  return (from === null || from <= today) && (until === null || today <= until)
}

interface PageState {
  state: 'draft' | 'published' | 'archived'
}

export const whyNotPublished = ({ state }: PageState) =>
  state === 'published' ? ('public_page.already_published' as const) : null

export const whyNotClosed = ({ state }: PageState) =>
  state === 'archived' ? ('public_page.already_closed' as const) : null

/** Only a page that the public reads is said to be checked. */
export const whyNotCheckedPage = ({ state }: PageState) =>
  state === 'published' ? null : ('public_page.not_published' as const)

export const whyNoDraft = ({ draft }: { draft: unknown }) =>
  draft === null ? ('public_page.no_draft' as const) : null

/** A version taken over a draft would be undone when the draft is put online. */
export const whyNotRestored = ({ draft }: { draft: unknown }) =>
  draft === null ? null : ('public_page.draft_pending' as const)

export const whyNoPhoto = ({ photo }: { photo: object | null }) =>
  photo ? null : ('public_page.no_photo' as const)

/** A page that leads elsewhere says where; one that does not may still name its successor. */
export const whyNotSuccessor = (
  { closing, successorId }: { closing: Closing; successorId: number | null },
  pageId: number,
) =>
  successorId === pageId || (closing === 'moved' && successorId === null)
    ? ('public_page.no_successor' as const)
    : null

// ————— What was typed —————

/** What people call the two kinds of service, folded. */
const kindWords: readonly (readonly [OrganizationKind, RegExp])[] = [
  [
    'probation_service',
    /\b(services? )?penitentiaires? d insertion( et de probation)?\b|\bspip\b|\bantenne\b/g,
  ],
  [
    'court',
    /\btribuna(l|ux)( judiciaires?| de grande instance)?\b|\btj\b|\bsap\b|\bjap\b|\bbex\b|\bpalais de justice\b/g,
  ],
]

const leadingWord =
  /^(departement|dpt|region|ville|commune|service|mairie|de|du|des|d|l|le|la|les|a|au|aux|en) /

/** One way to read what was typed. */
export interface Reading {
  kind: OrganizationKind | null
  /** Folded, without numbers. */
  place: string
}

export interface SearchTerms {
  /**
   * From the whole text to its last word or two: "Ville-la-Grand" and "Sap-en-Auge" are communes,
   * "ville de Grand" and "SAP d’Auge" are not. The first that names something is the right one.
   */
  readings: readonly [Reading, ...Reading[]]
  /** Said by their number. */
  departments: readonly Department[]
  postalCode: string | null
}

/** What somebody looking for their service may have meant. */
export function understandSearch(text: string): SearchTerms {
  let rest = fold(text)
  const take = (pattern: RegExp, left = ' '): string | null => {
    const taken = rest.match(pattern)?.[0] ?? null
    rest = rest.replace(pattern, left).replace(/ +/g, ' ').trim()
    return taken
  }
  const postalCode = take(/\b\d{5}\b/)
  take(/\bste\b/g, 'sainte')
  take(/\bst\b/g, 'saint')
  // "Paris 12e", "Lyon 3": the number is an arrondissement, not a département.
  take(/(?<=\b(paris|lyon|marseille)) \d{1,2} ?(er|ere|e|eme)?( arrondissement)?$/)
  const number = take(/\b(2[ab]|9[78]\d|\d\d)\b/)

  const readings: [Reading, ...Reading[]] = [{ kind: null, place: rest }]
  const kind = kindWords.find(([, words]) => take(words) !== null)?.[0] ?? null
  if (kind) readings.push({ kind, place: rest })
  while (take(leadingWord)) readings.push({ kind, place: rest })

  const ofNumber = departmentOf(number ?? '')
  const departments = [...(ofNumber ? [ofNumber] : []), ...(number === '20' ? departmentsNamed('Corse') : [])]
  return { readings, departments: [...new Set(departments)], postalCode }
}
