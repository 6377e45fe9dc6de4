import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { civilOf, type CivilDate, type CivilTime } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { canFollowProbationers, mayUseCentralConsole, rolesWithin } from '../../shared/rights'
import { reminderKinds, reminderWords } from '../fr'
import { mayReadFigures, mayReadNationalFigures, ownFiguresOf } from '../policy'
import {
  monthOf,
  monthsOf,
  pastOf,
  periodAsked,
  periodsOn,
  type Counts,
  type Month,
  type Period,
} from '../rules'
import { figuresInput, type FiguresAsked } from '../schema'
import {
  figuresOfCountry,
  figuresOfService,
  nightOfCountry,
  nightOfService,
  type Group,
} from './figures.sql.server'

/** A line of a table: what it counts, and the counts. */
export interface Line {
  label: string
  counts: Counts
}

interface Choice {
  value: string
  label: string
}

export interface Figures {
  view: 'service' | 'own' | 'national'
  /** What they read of their service beside the country. */
  own: 'service' | 'own' | 'none'
  service: { id: number; name: string } | null
  today: CivilDate
  period: Period
  computed: { date: CivilDate; time: CivilTime } | null
  /** From this day on, figures are counted as they are read; null where the period ends before. */
  freshSince: CivilDate | null
  whole: Counts
  months: { month: Month; counts: Counts }[]
  reminders: Line[]
  types: Line[]
  /** Null where the view has none. */
  places: Line[] | null
  referents: Line[] | null
  asked: FiguresAsked
  choices: { periods: Period[]; types: Choice[]; places: Choice[]; referents: Choice[]; services: Choice[] }
}

/**
 * The figures of a service, of the persons of one agent, or of the country (decision S6). Directors and local admins
 * read their service, central admins any; the others their own; everybody the country.
 */
export const figures = query(figuresInput, (ctx: Context<AgentActor>, asked) => readFigures(ctx, asked))

/** The same, taken away as a file: the trace holds which filters were asked and how many lines left (decision P10). */
export const figuresToExport = query(figuresInput, async (ctx: Context<AgentActor>, asked) => {
  const read = await readFigures(ctx, asked)
  const { months, reminders, types, places, referents, service } = read
  const lines = [months, reminders, types, places ?? [], referents ?? []].flat().length
  await recordAudit(ctx, {
    ...{ action: 'export', subject: 'figures' },
    ...(service && { subjectId: service.id }),
    fields: [...Object.entries(asked).flatMap(([name, value]) => (value ? [name] : [])), `${lines} lines`],
  })
  return read
})

const none: Counts = {
  attended: 0,
  missed: 0,
  excused: 0,
  unsettled: 0,
  textsSent: 0,
  textsReceived: 0,
  partsSent: 0,
}

function readFigures(ctx: Context<AgentActor>, asked: FiguresAsked): Promise<Figures> {
  const own = ownFiguresOf(ctx.actor)
  return asked.view === 'national' || own === 'none'
    ? nationalFigures(ctx, asked)
    : serviceFigures(ctx, asked)
}

async function serviceFigures(ctx: Context<AgentActor>, asked: FiguresAsked): Promise<Figures> {
  const { actor } = ctx
  const organizationId = asked.organizationId ?? actor.organization.id
  const isOwn = ownFiguresOf(actor) !== 'service'
  const referentId = asked.referentId ?? (isOwn ? actor.id : null)
  assertAllowed(mayReadFigures(actor, { organizationId, referentId }), 'read the figures of a service')
  const service = orNotFound(
    await ctx.tx.organization.findUnique({
      where: { id: organizationId },
      select: { id: true, name: true, kind: true, timeZone: true },
    }),
    'organization',
  )
  const today = civilOf(ctx.now, service.timeZone).date
  const period = periodAsked(asked.period, today)
  const { typeCode, placeId } = asked
  const [groups, night, places, types, agents, services] = await Promise.all([
    figuresOfService(ctx, { organizationId, period, typeCode, placeId, referentId }),
    nightOfService(ctx, organizationId),
    ctx.tx.place.findMany({
      where: { organizationId },
      select: { id: true, name: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
    allTypes(ctx),
    ctx.tx.agent.findMany({
      where: {
        organizationId,
        deletedAt: null,
        role: { in: rolesWithin(canFollowProbationers, service.kind) },
      },
      select: { id: true, firstName: true, lastName: true },
      orderBy: [{ lastName: 'asc' }, { firstName: 'asc' }],
    }),
    mayUseCentralConsole(actor)
      ? ctx.tx.organization.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' } })
      : [],
  ])
  const freshSince = night ? civilOf(night.countedUntil, service.timeZone).date : null
  return {
    ...partsOf(groups, period, types),
    view: isOwn ? 'own' : 'service',
    own: ownFiguresOf(actor),
    service: { id: service.id, name: service.name },
    today,
    period,
    computed: night ? civilOf(night.computedAt, service.timeZone) : null,
    freshSince: freshSince && monthOf(freshSince) <= period.to ? freshSince : null,
    places: linesOf(groups, 'place', new Map(places.map(({ id, name }) => [String(id), name]))),
    referents: isOwn ? null : await referentLines(ctx, groups, organizationId),
    asked: { ...asked, organizationId, referentId: isOwn ? null : referentId },
    choices: {
      periods: [...periodsOn(today)],
      types: await typesOfService(ctx, organizationId, types),
      places: places.map(({ id, name }) => ({ value: String(id), label: name })),
      referents: isOwn ? [] : agents.map((agent) => ({ value: String(agent.id), label: agentName(agent) })),
      services: services.map(({ id, name }) => ({ value: String(id), label: name })),
    },
  }
}

async function nationalFigures(ctx: Context<AgentActor>, asked: FiguresAsked): Promise<Figures> {
  assertAllowed(mayReadNationalFigures(ctx.actor), 'read the figures of the country')
  const { timeZone } = ctx.actor.organization
  const { date: today } = civilOf(ctx.now, timeZone)
  const period = periodAsked(asked.period, today)
  const [groups, computedAt, types] = await Promise.all([
    figuresOfCountry(ctx, { period, typeCode: asked.typeCode }),
    nightOfCountry(ctx),
    allTypes(ctx),
  ])
  return {
    ...partsOf(groups, period, types),
    view: 'national',
    own: ownFiguresOf(ctx.actor),
    service: null,
    today,
    period,
    computed: computedAt && civilOf(computedAt, timeZone),
    freshSince: null,
    places: null,
    referents: null,
    asked: { ...asked, organizationId: null, placeId: null, referentId: null },
    choices: {
      periods: [...periodsOn(today)],
      types: [...types].map(([value, label]) => ({ value, label })),
      places: [],
      referents: [],
      services: [],
    },
  }
}

const allTypes = async (ctx: Context): Promise<Map<string, string>> =>
  new Map(
    (
      await ctx.tx.appointmentType.findMany({
        select: { code: true, label: true },
        orderBy: [{ label: 'asc' }],
      })
    ).map(({ code, label }) => [code, label]),
  )

/** What its places receive, or received. */
async function typesOfService(
  ctx: Context,
  organizationId: number,
  types: ReadonlyMap<string, string>,
): Promise<Choice[]> {
  const offered = await ctx.tx.placeAppointmentType.findMany({
    where: { place: { organizationId } },
    select: { typeCode: true },
    distinct: ['typeCode'],
  })
  const codes = new Set(offered.map(({ typeCode }) => typeCode))
  return [...types].flatMap(([value, label]) => (codes.has(value) ? [{ value, label }] : []))
}

/** What both views have: what everybody may read, and types. */
const partsOf = (groups: readonly Group[], period: Period, types: ReadonlyMap<string, string>) => ({
  ...wholeOf(groups, period),
  types: linesOf(groups, 'type', types),
})

/** The whole, every month of the period, what became of reminders. */
export function wholeOf(groups: readonly Group[], period: Period) {
  const of = (by: Group['by'], key: string) =>
    countsOf(groups.find((one) => one.by === by && one.key === key))
  return {
    whole: countsOf(groups.find(({ by }) => by === 'whole')),
    months: monthsOf(period).map((month) => ({ month, counts: of('month', month) })),
    reminders: reminderKinds.map((kind) => ({ label: reminderWords[kind], counts: of('reminder', kind) })),
  }
}

const countsOf = (group: Group | undefined): Counts => {
  if (!group) return none
  const { by: _, key: __, ...counts } = group
  return counts
}

/** The most frequent first; what has only texts of appointments that never took place says nothing. */
function linesOf(groups: readonly Group[], by: Group['by'], names: ReadonlyMap<string, string>): Line[] {
  return groups
    .filter((group) => group.by === by && pastOf(group) > 0)
    .map((group) => ({ label: names.get(group.key ?? '') ?? '', counts: countsOf(group) }))
    .sort((a, b) => pastOf(b.counts) - pastOf(a.counts) || a.label.localeCompare(b.label, 'fr'))
}

/** The agents of the service by name; those in charge elsewhere are one line, as are persons without anybody. */
async function referentLines(
  ctx: Context,
  groups: readonly Group[],
  organizationId: number,
): Promise<Line[]> {
  const theirs = groups.filter((group) => group.by === 'referent' && pastOf(group) > 0)
  const agents = await ctx.tx.agent.findMany({
    where: { id: { in: theirs.flatMap(({ key }) => (key === null ? [] : [Number(key)])) } },
    select: { id: true, firstName: true, lastName: true, organizationId: true },
  })
  const known = new Map(agents.map((agent) => [String(agent.id), agent]))
  const own: Line[] = []
  const elsewhere = { label: 'Agents d’autres services', counts: none }
  const nobody = { label: 'Sans agent référent', counts: none }
  for (const group of theirs) {
    const agent = known.get(group.key ?? '')
    const counts = countsOf(group)
    if (agent?.organizationId === organizationId) own.push({ label: agentName(agent), counts })
    else if (agent) elsewhere.counts = sumOf(elsewhere.counts, counts)
    else nobody.counts = sumOf(nobody.counts, counts)
  }
  // To compare agents with one another, the service needs some.
  if (own.length === 0) return []
  return [
    ...own.sort((a, b) => a.label.localeCompare(b.label, 'fr')),
    ...[elsewhere, nobody].filter(({ counts }) => pastOf(counts) > 0),
  ]
}

const sumOf = (one: Counts, other: Counts): Counts => ({
  attended: one.attended + other.attended,
  missed: one.missed + other.missed,
  excused: one.excused + other.excused,
  unsettled: one.unsettled + other.unsettled,
  textsSent: one.textsSent + other.textsSent,
  textsReceived: one.textsReceived + other.textsReceived,
  partsSent: one.partsSent + other.partsSent,
})
