import { Prisma } from '@prisma/client'
import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { civilOf, dbDateOf, type CivilDate } from '../../shared/civil-time'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { personsOfProsecutionNumber } from '../../appointment/queries/prosecution-number.server'
import { archivedOn } from '../../retention/queries/due.sql.server'
import { endingSql, endsWithinSql } from '../../retention/queries/endings.sql.server'
import type { EndingAsked } from '../../retention/rules'
import { inSpaceStateSql } from '../../probationer-space/queries/state.sql.server'
import type { SpaceState } from '../../probationer-space/rules'
import { countByActor } from '../../shared/throttle.server'
import { asCompared, duplicatesOf, saysWho, type Claim, type Duplicate } from './duplicates.server'
import { convokablePerson, pageOfPersons, personsOf, type ListedPerson } from './list.sql.server'
import { findProbationers, matchSql, parseSearch } from './search.server'
import { lookForDuplicatesInput, searchProbationersInput } from '../schema'
import {
  factsOfNew,
  mayOnProbationer,
  mayWithProbationers,
  organizationsReached,
  probationerFacts,
  probationersVisibleTo,
  knowsIdentity,
} from '../policy'
import { agentName } from '../../shared/french'
import { canFollowProbationers, isExecutionOffice, rolesWithin } from '../../shared/rights'
import { whyNotProbationerPhone } from '../../shared/phone'
import { fictionAllowed } from '../../shared/env.server'
import {
  initialOf,
  mostFound,
  recordFaults,
  whyNotConvokable,
  whyNotEditable,
  whyUnreachable,
} from '../rules'
import type { ProbationerRefusal } from '../fr'

/** A person as a line of a list. */
export interface ProbationerLine {
  id: number
  lastName: string
  firstName: string
  dateOfBirth: CivilDate | null
  phone: string | null
  appiNumber: string | null
  archived: boolean
  /** Of one that is archived. */
  erasedOn: CivilDate | null
  /** Of one that is about to be archived by itself, in the list of those: when. */
  archivedOn: CivilDate | null
  limited: boolean
  organizations: string[]
  assignedAgent: { id: number; firstName: string; lastName: string } | null
  nextAppointment: { id: number; date: CivilDate; time: string; label: string } | null
  mayBook: boolean
  mayHandOver: boolean
  divestmentPendingFor: string | null
}

export function lineOf(
  actor: AgentActor,
  person: ListedPerson,
  archivedOn: CivilDate | null = null,
): ProbationerLine {
  const { nextAppointment: next } = person
  return {
    id: person.id,
    lastName: person.lastName,
    firstName: person.firstName,
    dateOfBirth: person.dateOfBirth,
    phone: person.phone,
    appiNumber: person.appiNumber,
    archived: person.archivedAt !== null,
    erasedOn: person.erasedOn,
    archivedOn,
    limited: person.limitedAt !== null,
    organizations: person.organizations,
    assignedAgent: person.assignedAgent,
    nextAppointment: next && { id: next.id, ...civilOf(next.startsAt, next.timeZone), label: next.label },
    mayBook: whyNotConvokable(actor, person) === null,
    mayHandOver: mayOnProbationer(actor, 'handOver', person) && whyNotEditable(person) === null,
    divestmentPendingFor: person.divestmentPendingFor,
  }
}

/** The first persons of the jurisdiction that answer what is typed: name, phone, birth, APPI number. */
export const searchProbationers = query(
  searchProbationersInput,
  async (ctx: Context<AgentActor>, { text }): Promise<ProbationerLine[]> => {
    const [found, convoked] = await Promise.all([
      findProbationers(ctx, text, mostFound),
      isExecutionOffice(ctx.actor) ? convokedUnder(ctx, text) : [],
    ])
    const known = new Set(convoked.map(({ id }) => id))
    return [...convoked, ...found.filter(({ id }) => !known.has(id))]
      .slice(0, mostFound)
      .map((person) => lineOf(ctx.actor, person))
  },
)

/** Those whom the execution office knows by the number of their case. */
const convokedUnder = async (ctx: Context<AgentActor>, text: string) =>
  personsOf(ctx, await personsOfProsecutionNumber(ctx, text))

export interface ProbationerListFilters {
  text?: string
  /** Persons assigned to the agent. */
  mine?: boolean
  /** Persons of an agent; null: of no agent. */
  agentId?: number | null
  /** Persons whom nothing is planned for. */
  withoutAppointment?: boolean
  /** Those whose record is about to be archived by itself, or erased. */
  ending?: EndingAsked
  /** Where their space stands. */
  space?: SpaceState
  /** Lifts the default filter of the role: everybody of the jurisdiction. */
  wholeJurisdiction?: boolean
  page?: number
  perPage?: number
}

/** One page of the persons of the jurisdiction, by name, and how many there are (at most `countedUpTo` + 1). */
export async function listProbationers(ctx: Context<AgentActor>, filters: ProbationerListFilters) {
  const { actor } = ctx
  const { narrowed, ...wanted } = wantedPersons(ctx, filters)
  const perPage = Math.min(Math.max(filters.perPage ?? 25, 1), 50)
  const page = Math.max(filters.page ?? 1, 1)
  const { rows, total } = await pageOfPersons(ctx, { ...wanted, page, perPage })
  const archiving = filters.ending
    ? await archivedOn(
        ctx,
        rows.map(({ id }) => id),
      )
    : null
  return {
    rows: rows.map((person) => lineOf(actor, person, archiving?.get(person.id))),
    total,
    page,
    perPage,
    /** By the default filter of the role, which `wholeJurisdiction` lifts. */
    narrowed,
  }
}

/** Who answers the filters of the list, among whom, and whether the default filter of the role narrows them. */
export function wantedPersons({ actor, now }: Context<AgentActor>, filters: ProbationerListFilters) {
  const today = civilOf(now, actor.organization.timeZone).date
  const text = filters.text?.slice(0, 100).trim()
  const match = text
    ? (matchSql(parseSearch(text, actor.organization.departmentCode, today)) ?? Prisma.sql`false`)
    : null
  const reached = organizationsReached(actor, 'list')
  const byDefault = organizationsReached(actor, 'filterByDefault')
  const organizations = filters.wholeJurisdiction ? reached : byDefault
  const ofAgent = Boolean(filters.mine) || typeof filters.agentId === 'number'
  const { ending } = filters
  return {
    organizations,
    conditions: [
      ...(match ? [match] : []),
      ...(filters.mine ? [inChargeSql(actor.id)] : []),
      ...(filters.agentId === undefined ? [] : [inChargeSql(filters.agentId)]),
      ...(filters.withoutAppointment ? [withoutAppointmentSql(now)] : []),
      ...(filters.space ? [inSpaceStateSql(filters.space)] : []),
      ...(ending ? [ofAgent ? endsWithinSql(ending, now) : endingSql(ending, { organizations, now })] : []),
    ],
    narrow: ofAgent || ending !== undefined,
    narrowed: !filters.wholeJurisdiction && byDefault?.length !== reached?.length,
  }
}

const inChargeSql = (agentId: number | null) =>
  agentId === null ? Prisma.sql`p.assigned_agent_id IS NULL` : Prisma.sql`p.assigned_agent_id = ${agentId}`

/** What the filters of the list offer: who follows persons in the actor's own service. */
export const probationerChoices = query(noInput, async (ctx: Context<AgentActor>) => {
  assertAllowed(mayWithProbationers(ctx.actor, 'index'), 'list the probationers')
  const { id: organizationId, kind } = ctx.actor.organization
  const agents = await ctx.tx.agent.findMany({
    where: { organizationId, deletedAt: null, role: { in: rolesWithin(canFollowProbationers, kind) } },
    select: { id: true, firstName: true, lastName: true },
    orderBy: [{ lastName: 'asc' }, { firstName: 'asc' }, { id: 'asc' }],
  })
  return {
    agentId: [
      { value: 'none', label: 'Sans référent' },
      ...agents.map((agent) => ({ value: String(agent.id), label: agentName(agent) })),
    ],
  }
})

const withoutAppointmentSql = (now: Date) => Prisma.sql`p.archived_at IS NULL AND NOT EXISTS (
  SELECT 1 FROM appointment a WHERE a.probationer_id = p.id AND a.state = 'booked' AND a.starts_at > ${now})`

export interface TypedPersonCheck {
  duplicates: (Omit<Duplicate, 'probationerId' | 'claim'> & {
    /** The id, for who may ask for them: asking is checked against what is typed. Null while a record is edited. */
    claim: (Claim & { probationerId: number | null }) | null
  })[]
  /** The number as understood, and what is wrong with it. */
  phone: { e164: string | null; refusal: ProbationerRefusal | null } | null
}

/**
 * What is already known of a person being typed: resemblances, and the phone as understood. Asked with
 * the right of the form it serves. It looks over the whole country: no faster than anybody types, and each
 * match shown from beyond the jurisdiction is traced.
 */
export const checkTypedPerson = query(
  lookForDuplicatesInput,
  async (ctx: Context<AgentActor>, typed): Promise<TypedPersonCheck> => {
    await assertMayType(ctx, typed.except)
    const wanted = asCompared(ctx, typed)
    const { phone: e164 } = wanted
    if (saysWho(wanted)) await countByActor('typed-person', ctx.actor)
    const duplicates = await duplicatesOf(ctx, wanted, typed.except ? { except: typed.except } : {})
    for (const { probationerId, record } of duplicates)
      if (!record)
        await recordAudit(ctx, {
          action: 'look_up',
          subject: 'probationer',
          subjectId: probationerId,
          probationerId,
        })
    return {
      duplicates: duplicates.map(({ probationerId, claim, ...shown }) => ({
        ...shown,
        claim:
          typed.except === null
            ? { ...claim, probationerId: claim.whyNot === null ? probationerId : null }
            : null,
      })),
      phone: typed.phone
        ? {
            e164,
            refusal: e164 ? whyNotProbationerPhone(e164, { fictionAllowed }) : 'probationer.phone_unreadable',
          }
        : null,
    }
  },
)

/** The form that registers somebody, or the one that edits `except`. */
async function assertMayType(ctx: Context<AgentActor>, except: number | null): Promise<void> {
  const { actor } = ctx
  if (except === null) {
    assertAllowed(
      mayOnProbationer(actor, 'create', factsOfNew([actor.organization.id])),
      'register a probationer',
    )
    return
  }
  const edited = orNotFound(
    await ctx.tx.probationer.findFirst({
      where: { AND: [{ id: except }, probationersVisibleTo(actor)] },
      select: probationerFacts,
    }),
    'probationer',
  )
  assertAllowed(mayOnProbationer(actor, 'edit', edited), 'edit a probationer')
}

/**
 * The person as the booking page needs them: who, reachable or not, convokable or not. The page shows
 * a record: its opening is traced (decision R8).
 */
export async function personToConvoke(ctx: Context<AgentActor>, probationerId: number) {
  const { actor } = ctx
  const person = orNotFound(await convokablePerson(ctx, probationerId), 'probationer')
  await recordAudit(ctx, { action: 'view', subject: 'probationer', subjectId: person.id, probationerId })
  const { date: today } = civilOf(ctx.now, actor.organization.timeZone)
  const birth = person.dateOfBirth === null ? null : dbDateOf(person.dateOfBirth)
  const inJurisdiction = mayOnProbationer(actor, 'show', person)
  // Found by exact identity: neither the agent's jurisdiction nor their court knew them.
  const lookedUp = !knowsIdentity(actor, person)
  return {
    ...(lookedUp ? minimumOf(lineOf(actor, person)) : lineOf(actor, person)),
    /** Followed in the jurisdiction: the record itself may be opened. */
    inJurisdiction,
    /** What is shown is the minimum, with the year of birth. */
    lookedUp: lookedUp ? { yearOfBirth: birth?.getUTCFullYear() ?? null } : null,
    recordFaults:
      actor.role === 'central_admin' ? [] : recordFaults({ ...person, dateOfBirth: birth }, today),
    mayEdit: whyNotEditable(person) === null && mayOnProbationer(actor, 'edit', person),
    phoneState: lookedUp ? ('fine' as const) : person.phoneState,
    unreachable: whyUnreachable(person),
    whyNotConvokable: whyNotConvokable(actor, person),
    followingOrganizationIds: person.followingOrganizationIds,
  }
}

/** What decision P2 shows of somebody beyond the jurisdiction: an initial, a first name, the services. */
const minimumOf = (line: ProbationerLine): ProbationerLine => ({
  ...line,
  lastName: initialOf(line.lastName),
  dateOfBirth: null,
  phone: null,
  appiNumber: null,
  assignedAgent: null,
  nextAppointment: null,
  divestmentPendingFor: null,
})
