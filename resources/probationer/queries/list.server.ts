import { Prisma } from '@prisma/client'
import type { z } from 'zod'
import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb, civilOf, type CivilDate } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { duplicatesOf, type Duplicate } from './duplicates.server'
import { findProbationerIds, matchSql, scopeSql, parseSearch } from './search.server'
import { lookForDuplicatesInput, searchProbationersInput } from '../schema'
import { mayOnProbationer, probationerFacts, probationersConvokableBy } from '../policy'
import { normalizePhone, whyNotProbationerPhone } from '../../shared/phone'
import { fictionAllowed } from '../../shared/env.server'
import { recordFaults, whyNotConvokable, whyUnreachable } from '../rules'
import type { ProbationerRefusal } from '../fr'

const nextAppointment = (now: Date) =>
  ({
    where: { state: 'booked', startsAt: { gte: now } },
    select: {
      id: true,
      startsAt: true,
      type: { select: { label: true } },
      organization: { select: { timeZone: true } },
    },
    orderBy: { startsAt: 'asc' },
    take: 1,
  }) satisfies Prisma.Probationer$appointmentsArgs

const listed = (now: Date) =>
  ({
    id: true,
    lastName: true,
    firstName: true,
    dateOfBirth: true,
    phone: true,
    appiNumber: true,
    smsOptOut: true,
    hasNoMobilePhone: true,
    ...probationerFacts,
    assignedAgent: { select: { firstName: true, lastName: true } },
    followings: { select: { organization: { select: { name: true } } }, orderBy: { since: 'asc' } },
    divestments: {
      where: { state: 'pending' },
      select: { ...probationerFacts.divestments.select, targetOrganization: { select: { name: true } } },
    },
    appointments: nextAppointment(now),
  }) satisfies Prisma.ProbationerSelect

type Listed = Prisma.ProbationerGetPayload<{ select: ReturnType<typeof listed> }>

/** A person as a line of a list. */
export interface ProbationerLine {
  id: number
  lastName: string
  firstName: string
  dateOfBirth: CivilDate | null
  phone: string | null
  appiNumber: string | null
  archived: boolean
  organizations: string[]
  assignedAgent: { id: number; firstName: string; lastName: string } | null
  nextAppointment: { id: number; date: CivilDate; time: string; label: string } | null
  mayBook: boolean
  divestmentPendingFor: string | null
}

function lineOf(actor: AgentActor, row: Listed): ProbationerLine {
  const [next] = row.appointments
  const [divestment] = row.divestments
  return {
    id: row.id,
    lastName: row.lastName,
    firstName: row.firstName,
    dateOfBirth: row.dateOfBirth && civilDateFromDb(row.dateOfBirth),
    phone: row.phone,
    appiNumber: row.appiNumber,
    archived: row.archivedAt !== null,
    organizations: row.followings.map((following) => following.organization.name),
    assignedAgent: row.assignedAgent && { id: row.assignedAgentId ?? 0, ...row.assignedAgent },
    nextAppointment: next
      ? { id: next.id, ...civilOf(next.startsAt, next.organization.timeZone), label: next.type.label }
      : null,
    mayBook: whyNotConvokable(actor, row) === null,
    divestmentPendingFor: divestment?.targetOrganization.name ?? null,
  }
}

/** The first persons of the jurisdiction that answer what is typed: name, phone, birth, APPI number. */
export async function searchProbationers(
  ctx: Context<AgentActor>,
  raw: z.input<typeof searchProbationersInput>,
): Promise<ProbationerLine[]> {
  const { text } = searchProbationersInput.parse(raw)
  const ids = await findProbationerIds(ctx, text, 8)
  const rows = await ctx.tx.probationer.findMany({ where: { id: { in: ids } }, select: listed(ctx.now) })
  const place = new Map(ids.map((id, index) => [id, index]))
  return rows
    .sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
    .map((row) => lineOf(ctx.actor, row))
}

export interface ProbationerListFilters {
  text?: string
  /** Persons assigned to the agent. */
  mine?: boolean
  /** Persons whom nothing is planned for. */
  withoutAppointment?: boolean
  /** Only those my own organization follows. */
  ownOrganization?: boolean
  page?: number
  perPage?: number
}

/** Counting stops here: nobody reads "3 412", everybody understands "plus de 1 000". */
const countedUpTo = 1_000

/** One page of the persons of the jurisdiction, by name, and how many there are (at most `countedUpTo` + 1). */
export async function listProbationers(ctx: Context<AgentActor>, filters: ProbationerListFilters) {
  const { actor } = ctx
  const perPage = Math.min(Math.max(filters.perPage ?? 25, 1), 50)
  const page = Math.max(filters.page ?? 1, 1)
  const today = civilOf(ctx.now, actor.organization.timeZone).date
  const text = filters.text?.slice(0, 100).trim()
  const match = text
    ? (matchSql(parseSearch(text, actor.organization.departmentCode, today)) ?? Prisma.sql`false`)
    : null
  const where = Prisma.join(
    [
      scopeSql(actor, filters.ownOrganization ? [actor.organization.id] : actor.jurisdiction),
      ...(match ? [match] : []),
      ...(filters.mine ? [Prisma.sql`p.assigned_agent_id = ${actor.id}`] : []),
      ...(filters.withoutAppointment ? [withoutAppointmentSql(ctx.now)] : []),
    ],
    ' AND ',
  )
  const [ids, [total]] = await Promise.all([
    // What is typed first, then the order: PostgreSQL would walk the whole country by name to find a
    // name that it believes frequent.
    ctx.tx.$queryRaw<{ id: number }[]>`
      WITH p AS ${match ? Prisma.sql`MATERIALIZED` : Prisma.sql`NOT MATERIALIZED`} (
        SELECT p.id, p.last_name, p.first_name FROM probationer p WHERE ${where})
      SELECT id FROM p ORDER BY last_name, first_name, id LIMIT ${perPage} OFFSET ${(page - 1) * perPage}`,
    ctx.tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM (SELECT 1 FROM probationer p WHERE ${where} LIMIT ${countedUpTo + 1}) AS counted`,
  ])
  const rows = await ctx.tx.probationer.findMany({
    where: { id: { in: ids.map((row) => row.id) } },
    select: listed(ctx.now),
    orderBy: [{ lastName: 'asc' }, { firstName: 'asc' }, { id: 'asc' }],
  })
  return { rows: rows.map((row) => lineOf(actor, row)), total: total?.count ?? 0, page, perPage }
}

const withoutAppointmentSql = (now: Date) => Prisma.sql`p.archived_at IS NULL AND NOT EXISTS (
  SELECT 1 FROM appointment a WHERE a.probationer_id = p.id AND a.state = 'booked' AND a.starts_at > ${now})`

export interface TypedPersonCheck {
  duplicates: Duplicate[]
  /** The number as understood, and what is wrong with it. */
  phone: { e164: string | null; refusal: ProbationerRefusal | null } | null
}

/** What is already known of a person being typed: resemblances, and the phone as understood. */
export async function checkTypedPerson(
  ctx: Context<AgentActor>,
  raw: z.input<typeof lookForDuplicatesInput>,
): Promise<TypedPersonCheck> {
  const typed = lookForDuplicatesInput.parse(raw)
  const e164 = typed.phone ? normalizePhone(typed.phone, ctx.actor.organization.departmentCode) : null
  const appiNumber = typed.appiNumber.replace(/\s/g, '').toUpperCase() || null
  return {
    duplicates: await duplicatesOf(
      ctx,
      { ...typed, phone: e164, appiNumber },
      typed.except ? { except: typed.except } : {},
    ),
    phone: typed.phone
      ? {
          e164,
          refusal: e164 ? whyNotProbationerPhone(e164, { fictionAllowed }) : 'probationer.phone_unreadable',
        }
      : null,
  }
}

/**
 * The person as the booking page needs them: who, reachable or not, convokable or not. The page shows
 * a record: its opening is traced (decision R8).
 */
export async function personToConvoke(ctx: Context<AgentActor>, probationerId: number) {
  const { actor } = ctx
  const person = orNotFound(
    await ctx.tx.probationer.findFirst({
      where: { AND: [{ id: probationerId }, probationersConvokableBy(actor, ctx.now)] },
      select: { ...listed(ctx.now), phoneState: true },
    }),
    'probationer',
  )
  await recordAudit(ctx, { action: 'view', subject: 'probationer', subjectId: person.id, probationerId })
  const { date: today } = civilOf(ctx.now, actor.organization.timeZone)
  return {
    ...lineOf(actor, person),
    /** Followed in the jurisdiction: the record itself may be opened. */
    inJurisdiction: mayOnProbationer(actor, 'show', person),
    recordFaults: actor.role === 'central_admin' ? [] : recordFaults(person, today),
    mayEdit: mayOnProbationer(actor, 'edit', person),
    phoneState: person.phoneState,
    unreachable: whyUnreachable(person),
    whyNotConvokable: whyNotConvokable(actor, person),
    followingOrganizationIds: person.followingOrganizationIds,
  }
}
