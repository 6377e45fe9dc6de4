import { Prisma } from '@prisma/client'
import {
  departmentOf,
  departmentsNamed,
  departmentsOfPostalCode,
  type Department,
} from '../../city/departments'
import {
  citiesLike,
  citiesNamed,
  citiesOfPostalCode,
  type CityLike,
  type CityLine,
} from '../../city/queries.server'
import { isPartnerShown, partnerJson, type PartnerShown } from '../../partner/queries.server'
import { byTheme } from '../../partner/rules'
import { civilOf, type CivilDate } from '../../shared/civil-time'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { fold } from '../../shared/fold'
import { rowsOf } from '../../shared/prepared.server'
import type { Located } from '../nearest'
import { isToldOn, needsChecking, openingNow, understandSearch, weekLines, type SearchTerms } from '../rules'
import { draftOf } from '../said.server'
import {
  departmentInput,
  findServicesInput,
  openingHours,
  photoAddressInput,
  previewInput,
  publicPageCodeInput,
  publicPageSlugInput,
  type Closing,
  type PageSaid,
  type ServiceCard,
} from '../schema'

const card = {
  slug: true,
  title: true,
  officialName: true,
  kind: true,
  departmentCode: true,
  addressLine: true,
  postalCode: true,
  cityName: true,
  phone: true,
} satisfies Prisma.PublicPageSelect

/** Probation services first: most people are convoked there. */
const cardOrder = [{ departmentCode: 'asc' }, { kind: 'desc' }, { title: 'asc' }] as const

export type LocatedService = ServiceCard & Located

interface PageRow extends ServiceCard {
  state: 'draft' | 'published' | 'archived'
  closing: Closing | null
  successor: { slug: string; title: string } | null
  timeZone: string
  latitude: number | null
  longitude: number | null
  email: string | null
  openingHours: unknown
  phoneHours: string | null
  transport: string | null
  accessibility: string | null
  reception: string | null
  security: string | null
  parking: string | null
  notice: string | null
  noticeFrom: CivilDate | null
  noticeUntil: CivilDate | null
  papers: string | null
  meeting: string | null
  absence: string | null
  checkedAt: Date | null
  photo: { address: string; alternative: string; credit: string | null; width: number; height: number } | null
  partners: PartnerShown[] | null
}

/** In one statement: the link of every SMS leads here. */
const pageWhere = (condition: Prisma.Sql, now: Date) => Prisma.sql`
  SELECT p.slug, p.title, p.official_name AS "officialName", p.kind::text AS kind,
         p.department_code AS "departmentCode", p.address_line AS "addressLine", p.postal_code AS "postalCode",
         p.city_name AS "cityName", p.phone, p.state::text AS state, p.closing::text AS closing,
         p.time_zone AS "timeZone", p.latitude, p.longitude, p.email, p.opening_hours AS "openingHours",
         p.phone_hours AS "phoneHours", p.transport, p.accessibility, p.reception, p.security, p.parking, p.notice,
         p.notice_from::text AS "noticeFrom", p.notice_until::text AS "noticeUntil", p.papers, p.meeting, p.absence,
         p.checked_at AS "checkedAt",
         (SELECT json_build_object('slug', s.slug, 'title', s.title)
            FROM public_page s WHERE s.id = p.successor_id AND s.state <> 'draft') AS successor,
         (SELECT json_build_object('address', '/photos/' || p.id || '-' || f.digest || '.webp', 'alternative',
                                   f.alternative, 'credit', f.credit, 'width', f.width, 'height', f.height)
            FROM page_photo f WHERE f.page_id = p.id) AS photo,
         (SELECT json_agg(${partnerJson} ORDER BY h.name, h.id) FROM partner h
           WHERE h.organization_id = p.organization_id
             AND ${isPartnerShown(Prisma.sql`p.time_zone`, now)}) AS partners
    FROM public_page p WHERE ${condition}`

/** The page of a service, with its opening as it is now; a draft is not found. */
export const publicPage = query(publicPageSlugInput, async (ctx: Context, { slug }) =>
  shownPage(ctx, Prisma.sql`p.slug = ${slug} AND p.state <> 'draft'`),
)

/** What the public does not read yet, by the link that writers have: a page before it is published, or its draft. */
export const publicPagePreview = query(previewInput, async (ctx: Context, { token }) => {
  const page = await ctx.tx.publicPage.findUnique({
    where: { previewToken: token, OR: [{ state: 'draft' }, { draft: { not: Prisma.DbNull } }] },
    select: { id: true, draft: true },
  })
  const { id, draft } = orNotFound(page, 'preview of a page')
  return shownPage(ctx, Prisma.sql`p.id = ${id}`, draftOf({ draft }))
})

async function shownPage(ctx: Context, condition: Prisma.Sql, draft: PageSaid | null = null) {
  const [row] = await rowsOf<PageRow>(ctx, pageWhere(condition, ctx.now))
  const {
    openingHours: stored,
    state,
    checkedAt,
    notice,
    noticeFrom,
    noticeUntil,
    ...page
  } = { ...orNotFound(row, 'public page'), ...draft }
  const hours = openingHours.safeParse(stored).data
  const today = civilOf(ctx.now, page.timeZone).date
  return {
    ...page,
    partners: byTheme(page.partners ?? []),
    notice: isToldOn({ from: noticeFrom, until: noticeUntil }, today) ? notice : null,
    isClosed: state === 'archived',
    checkedAt,
    needsChecking: state === 'published' && needsChecking(checkedAt, ctx.now),
    hours: hours
      ? {
          now: openingNow(hours, page, ctx.now),
          week: weekLines(hours),
          closures: hours.closures.filter(({ to }) => to >= today),
        }
      : null,
  }
}
export type PublicPageView = Awaited<ReturnType<typeof publicPage>>

/** The photo of a service, at an address that changes with it; null where there is none. */
export const pagePhoto = query(photoAddressInput, async (ctx: Context, { pageId, digest }) => {
  const photo = await ctx.tx.pagePhoto.findUnique({
    where: { digest_pageId: { pageId, digest } },
    select: { image: true },
  })
  return photo?.image ?? null
})

/** Where the short link of an SMS leads: the page of a service, or its département while it has none. */
export const pathOfShortLink = query(publicPageCodeInput, async (ctx: Context, { code }): Promise<string> => {
  const department = departmentOf(code)
  if (department) return `/preparer-ma-convocation/departements/${department.code}`
  const page = await ctx.tx.publicPage.findUnique({
    where: { code: code.toLowerCase(), state: { not: 'draft' } },
    select: { slug: true },
  })
  return `/preparer-ma-convocation/${orNotFound(page, 'public page').slug}`
})

/** The published services of a département, and those of its region when it has none. */
export const servicesOfDepartment = query(departmentInput, async (ctx: Context, { code }) => {
  const department = orNotFound(departmentOf(code), 'department')
  const services = await allServices(ctx)
  const own = services.filter(({ departmentCode }) => departmentCode === department.code)
  const nearby = services.filter(
    ({ departmentCode }) => departmentOf(departmentCode)?.region === department.region,
  )
  return { department, services: own, nearby: own.length === 0 ? nearby : [] }
})

/** The codes of the départements that have a service with a page. */
export const departmentsWithPages = query(noInput, async (ctx: Context) => {
  const rows = await ctx.tx.publicPage.findMany({
    where: { state: 'published' },
    distinct: ['departmentCode'],
    select: { departmentCode: true },
  })
  return rows.map(({ departmentCode }) => departmentCode)
})

/** Every published service, by département. */
export function allServices(ctx: Context): Promise<ServiceCard[]> {
  return ctx.tx.publicPage.findMany({ where: { state: 'published' }, select: card, orderBy: [...cardOrder] })
}

/**
 * Every published service, and where it is: as its page says, else where its town is. Raw SQL: a town is found by its
 * folded name or by its postal code, which a cedex does not share; of Paris, the arrondissement.
 */
export const locatedServices = query(
  noInput,
  (ctx: Context) =>
    ctx.tx.$queryRaw<LocatedService[]>`
      SELECT p.slug, p.title, p.official_name AS "officialName", p.kind::text AS kind,
             p.department_code AS "departmentCode", p.address_line AS "addressLine", p.postal_code AS "postalCode",
             p.city_name AS "cityName", p.phone,
             CASE WHEN p.latitude IS NOT NULL
                  THEN json_build_object('latitude', p.latitude, 'longitude', p.longitude, 'of', 'service')
                  WHEN town.latitude IS NOT NULL
                  THEN json_build_object('latitude', town.latitude, 'longitude', town.longitude, 'of', 'town')
             END AS point
        FROM public_page p
       CROSS JOIN LATERAL (SELECT fold_text(regexp_replace(p.city_name, '\\s+cedex.*$', '', 'i')) AS name) said
        LEFT JOIN LATERAL (
          SELECT c.latitude, c.longitude FROM city c
           WHERE p.latitude IS NULL AND c.latitude IS NOT NULL AND c.department_code = p.department_code
             AND (fold_text(c.name) = said.name OR c.postal_codes @> ARRAY[p.postal_code])
           ORDER BY CASE
                      WHEN c.postal_codes @> ARRAY[p.postal_code] AND starts_with(fold_text(c.name), said.name) THEN 0
                      WHEN fold_text(c.name) = said.name THEN 1
                      ELSE 2
                    END,
                    cardinality(c.postal_codes), c.population DESC
           LIMIT 1
        ) town ON true
       WHERE p.state = 'published'
       ORDER BY p.department_code, p.kind DESC, p.title`,
)

/** The services that have a page, with when it was checked: for robots. */
export const servicesOnline = query(noInput, (ctx: Context) =>
  ctx.tx.publicPage.findMany({
    where: { state: 'published' },
    select: { slug: true, departmentCode: true, checkedAt: true },
    orderBy: { slug: 'asc' },
  }),
)

export interface ServiceGroup {
  department: Department
  /** The commune that was typed, when the département was found by it. */
  cityName: string | null
  services: ServiceCard[]
}

export interface SearchResult {
  groups: ServiceGroup[]
  /** Understood, but none of their services has a page yet: homonyms of what was found, or all there is. */
  without: ServiceGroup[]
  /** No commune has the name that was typed: the services shown are of this one, spelt almost so. */
  likely: { name: string } | null
  /** Other communes spelt almost so. */
  suggestions: { name: string; departmentCode: string }[]
}

/** More homonyms than that help nobody: there are 200 Saint-Martin. */
const groupsShown = 6

/** Services by commune, postal code, département, region or name, however they are spelt. */
export const findServices = query(
  findServicesInput,
  async (ctx: Context, { text }): Promise<SearchResult> => {
    const { readings, departments: numbered, postalCode } = understandSearch(text)
    const pages = await allServices(ctx)
    const served = postalCode ? await citiesOfPostalCode(ctx, postalCode) : []
    const { kind, place, cities } = await rightReading(ctx, readings, served)
    const said = [...numbered, ...(postalCode ? departmentsServed(postalCode, served, cities) : [])]
    const departments = [...new Set([...said, ...departmentsNamed(place)])]
    const ofKind = pages.filter((page) => !kind || page.kind === kind)
    const candidates = ofKind.length > 0 ? ofKind : pages
    const found = grouped(candidates, { place, departments, cities })
    // "Asnières" is a village, and how people call Asnières-sur-Seine.
    const isServed = found.some(({ services }) => services.length > 0)
    if (isServed) return { ...split(found), likely: null, suggestions: [] }
    // "SPIP" alone is no town.
    if (place === '') return { ...split(found), likely: null, suggestions: [] }
    const known = new Set(cities.map(({ id }) => id))
    const almost = (await spelledAlmostSo(ctx, readings)).filter(({ id }) => !known.has(id))
    if (found.length > 0)
      return {
        ...split(found),
        likely: null,
        suggestions: almost.filter(({ name }) => fold(name).startsWith(`${place} `)),
      }
    const [best] = almost
    if (!best || likelihood(best) < leastLikely)
      return { groups: [], without: [], likely: null, suggestions: almost }
    const homonyms = await citiesNamed(ctx, fold(best.name))
    return {
      ...split(grouped(candidates, { place: fold(best.name), departments: [], cities: homonyms })),
      likely: { name: best.name },
      suggestions: almost.filter(({ name }) => name !== best.name),
    }
  },
)

const split = (groups: readonly ServiceGroup[]) => ({
  groups: groups.filter(({ services }) => services.length > 0).slice(0, groupsShown),
  without: groups.filter(({ services }) => services.length === 0).slice(0, groupsShown),
})

/** The services of what was understood, by département: those that bear the name or are in the town first. */
function grouped(
  pages: readonly ServiceCard[],
  {
    place,
    departments,
    cities,
  }: { place: string; departments: readonly Department[]; cities: readonly CityLine[] },
): ServiceGroup[] {
  const named = pages.filter((page) => isNamed(page, place))
  const narrowed = departments.length > 0 ? cities.filter((city) => isIn(city, departments)) : []
  const meant = narrowed.length > 0 ? narrowed : cities
  const codes = [
    ...named.filter((page) => departments.length === 0 || isIn(page, departments)),
    ...departments.map(({ code }) => ({ departmentCode: code })),
    ...meant,
  ].map(({ departmentCode }) => departmentCode)
  return [...new Set(codes)].flatMap((code): ServiceGroup[] => {
    const department = departmentOf(code)
    if (!department) return []
    const cityName = meant.find((city) => city.departmentCode === code)?.name ?? null
    const closest = (page: ServiceCard) => Number(named.includes(page)) + Number(page.cityName === cityName)
    const services = pages
      .filter((page) => page.departmentCode === code)
      .sort((a, b) => closest(b) - closest(a))
    return [{ department, cityName, services }]
  })
}

/** Those of the communes that a postal code serves, the town that was typed first; without any, of its beginning. */
function departmentsServed(
  postalCode: string,
  served: readonly CityLine[],
  typed: readonly CityLine[],
): Department[] {
  if (served.length === 0) return departmentsOfPostalCode(postalCode)
  return [...typed, ...served].flatMap(({ departmentCode }) => departmentOf(departmentCode) ?? [])
}

/** The first reading that names a commune, a département or a region; else the barest, with its communes. */
async function rightReading(ctx: Context, readings: SearchTerms['readings'], served: readonly CityLine[]) {
  for (const reading of readings) {
    const { place } = reading
    const cities =
      served.length > 0
        ? served.filter((city) => fold(city.name) === place)
        : await (place ? citiesNamed(ctx, place) : [])
    if (cities.length > 0 || departmentsNamed(place).length > 0) return { ...reading, cities }
  }
  return { ...(readings.at(-1) ?? readings[0]), cities: served }
}

/** A name spelt almost so is more likely that of a town: "tolouse" is Toulouse before Toujouse. */
const likelihood = ({ likeness, population }: CityLike) => likeness * Math.log10(population + 1)

/** Below, what is near is chance: the services of "Évron" are not shown for "evri". */
const leastLikely = 1.7

/** Communes spelt almost as one of the readings, the likeliest first. */
async function spelledAlmostSo(ctx: Context, readings: SearchTerms['readings']): Promise<CityLike[]> {
  const places = readings.map(({ place }) => place).filter((place) => place.length > 1)
  const found: CityLike[] = []
  for (const place of new Set(places)) found.push(...(await citiesLike(ctx, place)))
  const each = new Map(
    found.toSorted((one, other) => likelihood(one) - likelihood(other)).map((city) => [city.id, city]),
  )
  return [...each.values()].sort((one, other) => likelihood(other) - likelihood(one)).slice(0, 6)
}

function isIn({ departmentCode }: { departmentCode: string }, departments: readonly Department[]): boolean {
  return departments.some(({ code }) => code === departmentCode)
}

/** Every word of what was typed begins a word of the service's name or town. */
function isNamed({ title, officialName, cityName }: ServiceCard, place: string): boolean {
  const name = ` ${fold(`${title} ${officialName} ${cityName ?? ''}`)}`
  return place.length > 2 && place.split(' ').every((word) => name.includes(` ${word}`))
}

/** Where an old address leads now; null for one that never was. Case, `.html` and a last slash do not count. */
export async function legacyTarget(ctx: Context, { path }: { path: string }): Promise<string | null> {
  const known = path
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/\.html?$/, '')
  if (known.length > 200) return null
  const row = await ctx.tx.legacyPath.findUnique({ where: { path: known }, select: { target: true } })
  return row?.target ?? null
}
