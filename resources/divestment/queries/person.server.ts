import { Prisma } from '@prisma/client'
import { probationerFacts } from '../../probationer/policy'
import { recordFaults } from '../../probationer/rules'
import { civilOf, instantOf } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import { firstState, zoneOfDeadlines } from '../rules'

/** What a divestment depends on in the record of the person. */
export const personReads = {
  ...probationerFacts,
  id: true,
  lastName: true,
  firstName: true,
  dateOfBirth: true,
  phone: true,
  hasNoMobilePhone: true,
  smsOptOut: true,
  followedByAntiTerrorismJudge: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.ProbationerSelect

export type Person = Prisma.ProbationerGetPayload<{ select: typeof personReads }>

/** The person, once who writes about them is held. */
export const readPerson = (ctx: Context, probationerId: number): Promise<Person | null> =>
  ctx.tx.probationer.findUnique({ where: { id: probationerId }, select: personReads })

/** Nothing is missing of what a form asks: a service can answer about somebody it can reach. */
export const isComplete = (ctx: Context, person: Parameters<typeof recordFaults>[0]): boolean =>
  recordFaults(person, civilOf(ctx.now, zoneOfDeadlines).date).length === 0

/** How a request about this person begins. */
export async function firstStateOf(ctx: Context, person: Person): Promise<ReturnType<typeof firstState>> {
  const latest = await ctx.tx.appointment.findFirst({
    where: { probationerId: person.id },
    select: { startsAt: true, organization: { select: { timeZone: true } } },
    orderBy: { startsAt: 'desc' },
  })
  return firstState(
    {
      isComplete: isComplete(ctx, person),
      isArchived: person.archivedAt !== null,
      registered: civilOf(person.createdAt, zoneOfDeadlines).date,
      latestAppointment: latest && civilOf(latest.startsAt, latest.organization.timeZone).date,
    },
    civilOf(ctx.now, zoneOfDeadlines).date,
  )
}

/** Whether somebody is convoked today or later, wherever it is. */
export const isExpected = async (ctx: Context, probationerId: number, zone: string): Promise<boolean> =>
  (await ctx.tx.appointment.findFirst({
    where: {
      probationerId,
      state: 'booked',
      startsAt: { gte: instantOf(civilOf(ctx.now, zone).date, '00:00', zone) },
    },
    select: { id: true },
  })) !== null

/**
 * Whether somebody else than the claiming service and those linked to it still expects the person after today, on the
 * clock of the place: what was cancelled, or settled, holds nobody back.
 */
export async function isHeldBack(
  ctx: Context,
  { probationerId, targetOrganizationId }: { probationerId: number; targetOrganizationId: number },
): Promise<boolean> {
  const [found] = await rowsOf<{ id: number }>(
    ctx,
    Prisma.sql`
      SELECT a.id FROM appointment a JOIN organization host ON host.id = a.organization_id
       WHERE a.probationer_id = ${probationerId} AND ${expectedElsewhereSql(ctx.now, Prisma.sql`${targetOrganizationId}::int`)}
       LIMIT 1`,
  )
  return found !== undefined
}

/** Whether an appointment `a`, hosted by `host`, expects somebody after today beyond what a target reaches. */
export const expectedElsewhereSql = (now: Date, targetId: Prisma.Sql): Prisma.Sql => Prisma.sql`
  a.state = 'booked' AND a.starts_at > ${now}
  AND (a.starts_at AT TIME ZONE host.time_zone)::date > (${now}::timestamptz AT TIME ZONE host.time_zone)::date
  AND a.organization_id <> ${targetId}
  AND NOT EXISTS (SELECT 1 FROM organization_link l
                   WHERE (l.court_id = ${targetId} AND l.probation_service_id = a.organization_id)
                      OR (l.probation_service_id = ${targetId} AND l.court_id = a.organization_id))`
