import { Prisma } from '@prisma/client'
import type { AgentActor } from '../../shared/actor'
import {
  civilDateFromDb,
  civilOf,
  dbDateOf,
  instantOf,
  type CivilDate,
  type CivilTime,
} from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { normalizePhone } from '../../shared/phone'
import { isExecutionOffice } from '../../shared/rights'
import { whyNotRequested, type Obstacle } from '../../divestment/rules'
import { mayOnProbationer, probationerFacts } from '../policy'
import { blocksSaving, recordFaults, resemblanceOf, whyNotConvokable, type Resemblance } from '../rules'

interface Typed {
  lastName: string
  firstName: string
  dateOfBirth: CivilDate | null
  phone: string | null
  appiNumber: string | null
}

export interface Duplicate {
  probationerId: number
  resemblance: Resemblance
  blocking: boolean
  services: { id: number; name: string; switchboardPhone: string | null; own: boolean }[]
  /** In the agent's jurisdiction: the record itself. */
  record: {
    id: number
    lastName: string
    firstName: string
    dateOfBirth: CivilDate | null
    archived: boolean
    /** The next time they are expected, on the wall of the place. */
    expected: { service: string; date: CivilDate; time: CivilTime } | null
    followedByAntiTerrorismJudge: boolean
    whyNotConvokable: ReturnType<typeof whyNotConvokable>
    /** Who asks for them already. */
    pendingFor: string | null
  } | null
  /** Outside: initial, first name, year, whom to call, and nothing more (decision P2). */
  minimum: { initial: string; firstName: string; yearOfBirth: number | null } | null
  claim: Claim
}

/** Whether the own service may ask for the person. Outside, every obstacle is the same one (decision P2). */
export interface Claim {
  whyNot: Obstacle | 'divestment.not_possible_here' | null
  /** The execution office convokes at once whom it asks for. */
  convokes: boolean
  /** What the agent asked for themselves, and knows: told wherever the person is followed. */
  ownRequestId: number | null
}

const reads = {
  id: true,
  lastName: true,
  firstName: true,
  dateOfBirth: true,
  phone: true,
  appiNumber: true,
  ...probationerFacts,
  followedByAntiTerrorismJudge: true,
  hasNoMobilePhone: true,
  smsOptOut: true,
  followings: { select: { organization: { select: { id: true, name: true, switchboardPhone: true } } } },
  mergedRecords: { where: { appiNumber: { not: null } }, select: { appiNumber: true } },
  divestments: {
    ...probationerFacts.divestments,
    select: {
      ...probationerFacts.divestments.select,
      ...{ id: true, requestedById: true, targetOrganization: { select: { name: true } } },
    },
  },
} satisfies Prisma.ProbationerSelect
type Read = Prisma.ProbationerGetPayload<{ select: typeof reads }>

/** What an agent types of a phone and of an APPI number, as they are compared. */
export const asCompared = <Fields extends { phone: string; appiNumber: string }>(
  { actor }: Context<AgentActor>,
  typed: Fields,
) => ({
  ...typed,
  phone: typed.phone ? normalizePhone(typed.phone, actor.organization.departmentCode) : null,
  appiNumber: typed.appiNumber.replace(/\s/g, '').toUpperCase() || null,
})

/**
 * The existing records that resemble what is typed, strongest first, archived ones included
 * (decision P2). One query for the matches, one for what is shown of them.
 */
export async function duplicatesOf(
  ctx: Context<AgentActor>,
  typed: Typed,
  options: { except?: number } = {},
): Promise<Duplicate[]> {
  const identity = hasIdentity(typed)
  const conditions = [
    ...(typed.appiNumber
      ? [
          Prisma.sql`appi_number = ${typed.appiNumber}`,
          Prisma.sql`id = (SELECT into_id FROM merged_record WHERE appi_number = ${typed.appiNumber})`,
        ]
      : []),
    ...(typed.phone ? [Prisma.sql`phone = ${typed.phone}`] : []),
    ...(identity ? [Prisma.sql`(${sameIdentity(typed)})`] : []),
  ]
  if (!saysWho(typed)) return []
  const matches = await ctx.tx.$queryRaw<{ id: number; sameIdentity: boolean }[]>`
    SELECT id, ${identity ? Prisma.sql`coalesce(${sameIdentity(typed)}, false)` : Prisma.sql`false`} AS "sameIdentity"
      FROM probationer
     WHERE ${Prisma.join(conditions, ' OR ')}
     LIMIT 10`
  if (matches.length === 0) return []

  const ids = matches.map((match) => match.id)
  const records = await ctx.tx.probationer.findMany({ where: { id: { in: ids } }, select: reads })
  const zone = ctx.actor.organization.timeZone
  const expecting = await ctx.tx.appointment.findMany({
    where: {
      probationerId: { in: ids },
      state: 'booked',
      startsAt: { gte: instantOf(civilOf(ctx.now, zone).date, '00:00', zone) },
    },
    select: { probationerId: true, startsAt: true, organization: { select: { name: true, timeZone: true } } },
    orderBy: { startsAt: 'asc' },
    take: 50,
  })
  const sameIdentityOf = new Map(matches.map((match) => [match.id, match.sameIdentity]))

  return records
    .filter((record) => record.id !== options.except)
    .flatMap((record): Duplicate[] => {
      const resemblance = resemblanceOf(
        { ...typed, sameIdentity: sameIdentityOf.get(record.id) ?? false },
        { ...record, appiNumber: numberAs(typed, record) },
      )
      if (!resemblance) return []
      const dateOfBirth = record.dateOfBirth && civilDateFromDb(record.dateOfBirth)
      const visible = mayOnProbationer(ctx.actor, 'show', record)
      const booked = expecting.filter((appointment) => appointment.probationerId === record.id)
      const next = booked.find(({ startsAt }) => startsAt >= ctx.now)
      const isExact = resemblance === 'same_appi_number' || (sameIdentityOf.get(record.id) ?? false)
      return [
        {
          probationerId: record.id,
          resemblance,
          blocking: blocksSaving(resemblance),
          services: record.followings.map(({ organization }) => ({
            ...organization,
            own: organization.id === ctx.actor.organization.id,
          })),
          record: visible
            ? {
                id: record.id,
                lastName: record.lastName,
                firstName: record.firstName,
                dateOfBirth,
                archived: record.archivedAt !== null,
                expected: next
                  ? { service: next.organization.name, ...civilOf(next.startsAt, next.organization.timeZone) }
                  : null,
                followedByAntiTerrorismJudge: record.followedByAntiTerrorismJudge,
                whyNotConvokable: whyNotConvokable(ctx.actor, record),
                pendingFor: record.divestments[0]?.targetOrganization.name ?? null,
              }
            : null,
          minimum: visible
            ? null
            : {
                initial: record.lastName.slice(0, 1),
                firstName: record.firstName,
                yearOfBirth: dateOfBirth ? Number(dateOfBirth.slice(0, 4)) : null,
              },
          claim: claimOf(ctx, record, { isVisible: visible, isExact, isExpected: booked.length > 0 }),
        },
      ]
    })
    .sort((a, b) => Number(b.blocking) - Number(a.blocking))
}

/** A phone alone is no exact identity: beyond the jurisdiction it asks for nobody (decision R2). */
function claimOf(
  { actor, now }: Context<AgentActor>,
  record: Read,
  { isVisible, isExact, isExpected }: { isVisible: boolean; isExact: boolean; isExpected: boolean },
): Claim {
  const [pending] = record.divestments
  const obstacle = whyNotRequested(
    { ...record, isClaimed: pending !== undefined, isExpected },
    { targetId: actor.organization.id, destinations: actor.jurisdiction },
  )
  const whyNot = isVisible || (obstacle === null && isExact) ? obstacle : 'divestment.not_possible_here'
  const today = civilOf(now, actor.organization.timeZone).date
  return {
    whyNot,
    convokes:
      whyNot === null &&
      isExecutionOffice(actor) &&
      recordFaults(record, today).length === 0 &&
      record.archivedAt === null,
    ownRequestId: pending?.requestedById === actor.id ? pending.id : null,
  }
}

/** A record answers to the numbers that merges did not keep, too. */
const numberAs = (
  typed: Typed,
  record: { appiNumber: string | null; mergedRecords: readonly { appiNumber: string | null }[] },
): string | null =>
  record.mergedRecords.some(({ appiNumber }) => appiNumber === typed.appiNumber)
    ? typed.appiNumber
    : record.appiNumber

const hasIdentity = (typed: Typed) => Boolean(typed.lastName && typed.firstName && typed.dateOfBirth)

/** Whether enough is typed for somebody to be recognised. */
export const saysWho = (typed: Typed): boolean =>
  typed.appiNumber !== null || typed.phone !== null || hasIdentity(typed)

const sameIdentity = (typed: Typed) => Prisma.sql`
  fold_text(last_name) = fold_text(${typed.lastName}) AND fold_text(first_name) = fold_text(${typed.firstName})
  AND date_of_birth = ${typed.dateOfBirth && dbDateOf(typed.dateOfBirth)}::date`
