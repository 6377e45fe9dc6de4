import { Prisma } from '@prisma/client'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb, civilOf, dbDateOf, type CivilDate, type CivilTime } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { mayOnProbationer, probationerFacts } from '../policy'
import { blocksSaving, resemblanceOf, type Resemblance } from '../rules'

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
  } | null
  /** Outside: initial, first name, year, whom to call, and nothing more (decision P2). */
  minimum: { initial: string; firstName: string; yearOfBirth: number | null } | null
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
  followings: { select: { organization: { select: { id: true, name: true, switchboardPhone: true } } } },
} satisfies Prisma.ProbationerSelect

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
    ...(typed.appiNumber ? [Prisma.sql`appi_number = ${typed.appiNumber}`] : []),
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
  const expecting = await ctx.tx.appointment.findMany({
    where: { probationerId: { in: ids }, state: 'booked', startsAt: { gte: ctx.now } },
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
        record,
      )
      if (!resemblance) return []
      const dateOfBirth = record.dateOfBirth && civilDateFromDb(record.dateOfBirth)
      const visible = mayOnProbationer(ctx.actor, 'show', record)
      const next = expecting.find((appointment) => appointment.probationerId === record.id)
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
              }
            : null,
          minimum: visible
            ? null
            : {
                initial: record.lastName.slice(0, 1),
                firstName: record.firstName,
                yearOfBirth: dateOfBirth ? Number(dateOfBirth.slice(0, 4)) : null,
              },
        },
      ]
    })
    .sort((a, b) => Number(b.blocking) - Number(a.blocking))
}

const hasIdentity = (typed: Typed) => Boolean(typed.lastName && typed.firstName && typed.dateOfBirth)

/** Whether enough is typed for somebody to be recognised. */
export const saysWho = (typed: Typed): boolean =>
  typed.appiNumber !== null || typed.phone !== null || hasIdentity(typed)

const sameIdentity = (typed: Typed) => Prisma.sql`
  fold_text(last_name) = fold_text(${typed.lastName}) AND fold_text(first_name) = fold_text(${typed.firstName})
  AND date_of_birth = ${typed.dateOfBirth && dbDateOf(typed.dateOfBirth)}::date`
