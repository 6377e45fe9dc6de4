import { Prisma } from '@prisma/client'
import { civilDateFromDb, dbDateOf, type CivilDate } from '../shared/civil-time'
import { openingHours, pageSaid, type PageSaid } from './schema'

/** The columns of what a page says. */
export const said = {
  title: true,
  officialName: true,
  addressLine: true,
  postalCode: true,
  cityName: true,
  latitude: true,
  longitude: true,
  reception: true,
  security: true,
  accessibility: true,
  transport: true,
  parking: true,
  phone: true,
  phoneHours: true,
  email: true,
  openingHours: true,
  notice: true,
  noticeFrom: true,
  noticeUntil: true,
  papers: true,
  meeting: true,
  absence: true,
} satisfies Record<keyof PageSaid, true>

type SaidRow = Omit<PageSaid, 'openingHours' | 'noticeFrom' | 'noticeUntil'> & {
  openingHours: unknown
  noticeFrom: Date | null
  noticeUntil: Date | null
}

const civil = (date: Date | null): CivilDate | null => date && civilDateFromDb(date)
const stored = (date: CivilDate | null): Date | null => (date ? dbDateOf(date) : null)

/** What a page says, from its row. */
export function saidOf(row: SaidRow): PageSaid {
  return {
    ...(Object.fromEntries(Object.keys(said).map((name) => [name, row[name as keyof SaidRow]])) as PageSaid),
    openingHours: openingHours.safeParse(row.openingHours).data ?? null,
    noticeFrom: civil(row.noticeFrom),
    noticeUntil: civil(row.noticeUntil),
  }
}

/** What its draft will say; null without one. */
export const draftOf = ({ draft }: { draft: Prisma.JsonValue }): PageSaid | null =>
  draft === null ? null : pageSaid.parse(draft)

/** The fields that differ from one to the other. */
export const fieldsBetween = (before: PageSaid, after: PageSaid): (keyof PageSaid)[] =>
  (Object.keys(said) as (keyof PageSaid)[]).filter(
    (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
  )

/** What is written in its row of what changes. */
export function columnsOf({ openingHours: hours, noticeFrom, noticeUntil, ...rest }: Partial<PageSaid>) {
  return {
    ...rest,
    ...(hours !== undefined && { openingHours: hours ?? Prisma.DbNull }),
    ...(noticeFrom !== undefined && { noticeFrom: stored(noticeFrom) }),
    ...(noticeUntil !== undefined && { noticeUntil: stored(noticeUntil) }),
  } satisfies Prisma.PublicPageUncheckedUpdateInput
}
