import type { DivestmentDecisionState } from '@prisma/client'
import { appointmentsVisibleTo } from '../../appointment/policy'
import { roleNames } from '../../agent/fr'
import { recordAudit } from '../../audit/commands.server'
import {
  mayOnProbationer,
  probationerFacts,
  probationersVisibleTo,
  seesProbationer,
} from '../../probationer/policy'
import { recordFaults } from '../../probationer/rules'
import { probationerIdInput } from '../../probationer/schema'
import type { AgentActor, Role } from '../../shared/actor'
import { civilDateFromDb, civilOf } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { formatPhone } from '../../shared/phone'
import { divestmentsVisibleTo, mayDecideDivestment, mayUseDivestmentDesk } from '../policy'
import { blockingOf, daysLeft, deadlineOf, isAgreed, zoneOfDeadlines } from '../rules'
import { divestmentIdInput } from '../schema'
import { namedFor } from './list.server'
import { isHeldBack, personReads } from './person.server'

const agent = {
  select: {
    ...{ firstName: true, lastName: true, role: true, phone: true, email: true, deletedAt: true },
    organization: { select: { name: true, switchboardPhone: true } },
  },
} as const

/**
 * A divestment as its page shows it: who asks and why, what the services answered, what accepting changes. Its
 * opening is traced, as that of the record.
 */
export const divestmentRecord = query(
  divestmentIdInput,
  async (ctx: Context<AgentActor>, { divestmentId }) => {
    const { actor } = ctx
    const found = orNotFound(
      await ctx.tx.divestment.findFirst({
        where: { AND: [{ id: divestmentId }, divestmentsVisibleTo(actor)] },
        include: {
          requestedBy: agent,
          targetOrganization: { select: { name: true } },
          probationer: {
            select: {
              ...personReads,
              assignedAgent: { select: { firstName: true, lastName: true } },
            },
          },
          decisions: {
            include: {
              organization: { select: { name: true, switchboardPhone: true } },
              decidedBy: {
                select: { firstName: true, lastName: true, role: true, email: true, deletedAt: true },
              },
            },
            orderBy: { organization: { name: 'asc' } },
          },
        },
      }),
      'divestment',
    )
    const { probationer: person, decisions, createdAt, requestedBy } = found
    await recordAudit(ctx, {
      action: 'view',
      subject: 'divestment',
      subjectId: found.id,
      probationerId: person.id,
    })
    const atDesk = mayUseDivestmentDesk(actor)
    const answers = decisions.filter((row) =>
      mayDecideDivestment(actor, { ...row, divestment: { state: found.state } }),
    )
    const dateOfBirth = person.dateOfBirth && civilDateFromDb(person.dateOfBirth)
    const named = namedFor(actor, { ...person, dateOfBirth })
    const isSeen = named.id !== null
    const isPending = found.state === 'pending'
    const isExpected = isPending && person.archivedAt === null && (await isHeldBack(ctx, found))
    const faults = recordFaults(person, civilOf(ctx.now, zoneOfDeadlines).date)
    const zone = zoneOfDeadlines
    return {
      id: found.id,
      state: found.state,
      origin: found.origin,
      reason: found.reason,
      requestedOn: civilOf(createdAt, zone).date,
      deadline: deadlineOf(createdAt),
      daysLeft: daysLeft(createdAt, ctx.now),
      endedOn: found.decidedAt && civilOf(found.decidedAt, zone).date,
      person: { ...named, archived: isSeen && person.archivedAt !== null },
      target: found.targetOrganization.name,
      requester: requestedBy && {
        name: agentName(requestedBy),
        role: roleNames[requestedBy.role],
        isGone: requestedBy.deletedAt !== null,
        email: ofTeam(requestedBy) ? requestedBy.email : null,
        phone: phoneOf(
          requestedBy.phone ?? (ofTeam(requestedBy) ? null : requestedBy.organization.switchboardPhone),
        ),
      },
      decisions: decisions.map(({ organization, decidedBy, decidedAt, ...row }) => ({
        organizationId: row.organizationId,
        name: organization.name,
        switchboard: decidedBy && ofTeam(decidedBy) ? null : phoneOf(organization.switchboardPhone),
        /** Decided in its place: whom to write to, or the support once they are gone. */
        team: decidedBy && ofTeam(decidedBy) ? { email: decidedBy.deletedAt ? null : decidedBy.email } : null,
        own: row.organizationId === actor.organization.id,
        state: row.state,
        comment: row.comment,
        by: decidedBy && agentName(decidedBy),
        on: decidedAt && civilOf(decidedAt, zone).date,
      })),
      // Beyond the jurisdiction it is not said what holds it back: who expects the person (decision P2).
      blocking:
        isPending && isSeen
          ? blockingOf({ rows: decisions, createdAt, isExpected, isComplete: faults.length === 0 }, ctx.now)
          : null,
      /** What the record lacks, for those who read it. */
      missing: isPending && isSeen ? faults : [],
      /** What this agent answers, and what would follow; null when it is not theirs, or over. */
      answer:
        answers.length === 0
          ? null
          : {
              atDesk,
              /** Completed before a service answers; the central desk is free. */
              faults: atDesk ? [] : faults,
              mayEdit: named.id !== null && mayOnProbationer(actor, 'edit', person),
              ...(await consequences(ctx, found, answers)),
            },
    }
  },
)

interface Answered {
  probationerId: number
  destinationOrganizationIds: number[]
  probationer: { assignedAgent: { firstName: string; lastName: string } | null }
  requestedBy: { firstName: string; lastName: string; deletedAt: Date | null } | null
  decisions: { id: number; state: DivestmentDecisionState }[]
}

/** What accepting changes, said before. */
async function consequences(
  ctx: Context<AgentActor>,
  divestment: Answered,
  answers: readonly { id: number }[],
) {
  const { destinationOrganizationIds: destinations, probationer, requestedBy, decisions } = divestment
  const others = decisions.filter(({ id }) => !answers.some((row) => row.id === id))
  const services = await ctx.tx.organization.findMany({
    where: { id: { in: destinations } },
    select: { name: true },
    orderBy: { name: 'asc' },
  })
  const toCome = await ctx.tx.appointment.findMany({
    where: {
      AND: [
        appointmentsVisibleTo(ctx.actor),
        {
          probationerId: divestment.probationerId,
          state: 'booked',
          startsAt: { gt: ctx.now },
          organizationId: { notIn: destinations },
        },
      ],
    },
    select: {
      id: true,
      startsAt: true,
      type: { select: { label: true } },
      organization: { select: { name: true, timeZone: true } },
    },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: 10,
  })
  return {
    services: services.map(({ name }) => name),
    /** Others have still to answer: nothing passes yet. */
    othersAnswer: !isAgreed(others),
    /** The own jurisdiction reads the record no more. */
    losesSight: !seesProbationer(ctx.actor, { followingOrganizationIds: destinations }),
    referent: probationer.assignedAgent && agentName(probationer.assignedAgent),
    requester: requestedBy && !requestedBy.deletedAt ? agentName(requestedBy) : null,
    toCome: toCome.map(({ id, startsAt, type, organization }) => ({
      ...{ id, type: type.label, service: organization.name },
      ...civilOf(startsAt, organization.timeZone),
    })),
  }
}

/** The switchboard of the service they are attached to answers nothing for the central team. */
const ofTeam = ({ role }: { role: Role }) => role === 'central_admin'

const phoneOf = (phone: string | null) => phone && formatPhone(phone)

/** What the form of a direct transfer says of the person: who follows them, who is in charge of them. */
export const personToTransfer = query(
  probationerIdInput,
  async (ctx: Context<AgentActor>, { probationerId }) => {
    const person = orNotFound(
      await ctx.tx.probationer.findFirst({
        where: { AND: [{ id: probationerId }, probationersVisibleTo(ctx.actor)] },
        select: {
          ...probationerFacts,
          updatedAt: true,
          followings: { select: { organization: { select: { name: true } } }, orderBy: { id: 'asc' } },
        },
      }),
      'probationer',
    )
    const toCome = await ctx.tx.appointment.count({
      where: { probationerId, state: 'booked', startsAt: { gt: ctx.now } },
    })
    return {
      version: person.updatedAt.toISOString(),
      services: person.followings.map(({ organization }) => organization.name),
      toCome,
    }
  },
)
