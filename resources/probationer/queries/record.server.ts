import { servicesToBookAt } from '../../appointment/queries/booking-form.server'
import { listAppointmentsOf } from '../../appointment/queries/of-probationer.server'
import { recordAudit } from '../../audit/commands.server'
import { pendingDivestmentOf } from '../../divestment/queries/of-person.server'
import { historyOf } from '../../history-entry/queries.server'
import { archivedOn, erasedIfArchived } from '../../retention/queries/due.sql.server'
import { spaceOf } from '../../probationer-space/queries/of-person.server'
import { ownActKinds } from '../../message/rules'
import { requestsOf } from '../../rights-request/queries/list.server'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb, civilOf } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { mayOnProbationer, probationerFacts, probationersVisibleTo } from '../policy'
import { usesInterJurisdiction } from '../../shared/rights'
import { whyNotConvokable, whyNotEditable, whyUnreachable } from '../rules'
import { earlierHistoryInput, probationerIdInput } from '../schema'
import { visiblePerson } from './list.sql.server'

/** The record of a person, as its page shows it. Every opening is traced (decision R8). */
export const probationerRecord = query(
  probationerIdInput,
  async (ctx: Context<AgentActor>, { probationerId }) => {
    const row = orNotFound(await visiblePerson(ctx, probationerId), 'probationer')
    const zone = ctx.actor.organization.timeZone
    const { actor } = ctx
    const [appointments, history, contact, requests, archiving] = await Promise.all([
      listAppointmentsOf(ctx, row.id),
      historyOf(ctx, { probationerId: row.id }, zone),
      contactOf(ctx, row.id),
      requestsOf(ctx, row),
      archivedOn(ctx, [row.id]),
      recordAudit(ctx, {
        action: 'view',
        subject: 'probationer',
        subjectId: row.id,
        probationerId: row.id,
      }),
    ])
    return {
      id: row.id,
      lastName: row.lastName,
      firstName: row.firstName,
      dateOfBirth: row.dateOfBirth,
      today: civilOf(ctx.now, zone).date,
      phone: row.phone,
      phoneState: row.phoneState,
      hasNoMobilePhone: row.hasNoMobilePhone,
      smsOptOut: row.smsOptOut,
      unreachable: whyUnreachable(row),
      appiNumber: row.appiNumber,
      followedByAntiTerrorismJudge: row.followedByAntiTerrorismJudge,
      organizations: row.organizations,
      assignedAgent: row.assignedAgent && { ...row.assignedAgent, isMe: row.assignedAgent.id === actor.id },
      ...contact,
      createdOn: civilOf(row.createdAt, zone).date,
      erasedOn: row.erasedOn,
      /** By itself, if nothing happens; null where nothing would archive it now. */
      archivedOn: archiving.get(row.id) ?? null,
      limitedOn: row.limitedAt && civilOf(row.limitedAt, zone).date,
      requests,
      divestmentPendingFor: row.divestmentPendingFor,
      divestment: row.divestmentPendingFor === null ? null : await pendingDivestmentOf(ctx, row.id),
      ...appointments,
      history,
      whyNotConvokable: whyNotConvokable(actor, row),
      /** For who books beyond the jurisdiction: the services where they may book something for this person. */
      bookableAt: usesInterJurisdiction(actor)
        ? await servicesToBookAt(ctx, row.followingOrganizationIds)
        : null,
    }
  },
)

/** The last SMS that left, or did not, where the personal space stands, and where the person lives, for who asks it. */
async function contactOf(ctx: Context<AgentActor>, probationerId: number) {
  const { timeZone } = ctx.actor.organization
  const { messages, city, isHomeless, livesAbroad, smsStoppedAt } =
    await ctx.tx.probationer.findUniqueOrThrow({
      where: { id: probationerId },
      select: {
        messages: {
          where: {
            state: { in: ['sent', 'delivered', 'failed', 'unknown'] },
            kind: { notIn: [...ownActKinds] },
          },
          select: { state: true, endReason: true, sentAt: true, createdAt: true },
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          take: 1,
        },
        smsStoppedAt: true,
        ...{ isHomeless: true, livesAbroad: true, city: { select: { name: true, departmentCode: true } } },
      },
    })
  const day = (at: Date | null | undefined) => (at ? civilOf(at, timeZone).date : null)
  const [last] = messages
  return {
    /** The day they stopped the SMS themselves, by the link of a message or in their space. */
    smsStoppedOn: day(smsStoppedAt),
    lastSms: last
      ? {
          state: last.state,
          endReason: last.endReason,
          on: civilOf(last.sentAt ?? last.createdAt, timeZone).date,
        }
      : null,
    residence: usesInterJurisdiction(ctx.actor)
      ? { city: city && `${city.name} (${city.departmentCode})`, isHomeless, livesAbroad }
      : null,
    space: await spaceOf(ctx, probationerId),
  }
}

/** The lines of history before those a page shows: "Voir les précédents". A reading of the record too (decision R8). */
export const earlierHistory = query(
  earlierHistoryInput,
  async (ctx: Context<AgentActor>, { probationerId, before }) => {
    orNotFound(
      await ctx.tx.probationer.findFirst({
        where: { AND: [{ id: probationerId }, probationersVisibleTo(ctx.actor)] },
        select: { id: true },
      }),
      'probationer',
    )
    await recordAudit(ctx, {
      action: 'view',
      subject: 'probationer',
      subjectId: probationerId,
      probationerId,
    })
    return historyOf(ctx, { probationerId, before }, ctx.actor.organization.timeZone)
  },
)

/** What the form that edits a person is drawn from; `version` comes back with it. */
export const probationerToEdit = query(
  probationerIdInput,
  async (ctx: Context<AgentActor>, { probationerId }) => {
    const row = orNotFound(
      await ctx.tx.probationer.findFirst({
        where: { AND: [{ id: probationerId }, probationersVisibleTo(ctx.actor)] },
        select: {
          ...probationerFacts,
          id: true,
          lastName: true,
          firstName: true,
          dateOfBirth: true,
          phone: true,
          hasNoMobilePhone: true,
          smsOptOut: true,
          appiNumber: true,
          followedByAntiTerrorismJudge: true,
          cityId: true,
          city: { select: { name: true, departmentCode: true } },
          isHomeless: true,
          livesAbroad: true,
          updatedAt: true,
          spaceAccount: { select: { acceptedAt: true } },
        },
      }),
      'probationer',
    )
    assertAllowed(mayOnProbationer(ctx.actor, 'edit', row), 'edit a probationer')
    refuseIf(whyNotEditable(row))
    await recordAudit(ctx, {
      action: 'view',
      subject: 'probationer',
      subjectId: row.id,
      probationerId: row.id,
    })
    return {
      id: row.id,
      version: row.updatedAt.toISOString(),
      today: civilOf(ctx.now, ctx.actor.organization.timeZone).date,
      /** Whoever holds a lost number could enter their space. */
      hasSpace: Boolean(row.spaceAccount?.acceptedAt),
      asksResidence: usesInterJurisdiction(ctx.actor),
      mayUntickAntiTerrorism: mayOnProbationer(ctx.actor, 'untickAntiTerrorism', row),
      person: {
        lastName: row.lastName,
        firstName: row.firstName,
        dateOfBirth: row.dateOfBirth && civilDateFromDb(row.dateOfBirth),
        phone: row.phone,
        hasNoMobilePhone: row.hasNoMobilePhone,
        smsOptOut: row.smsOptOut,
        appiNumber: row.appiNumber,
        followedByAntiTerrorismJudge: row.followedByAntiTerrorismJudge,
        city: row.city && `${row.city.name} (${row.city.departmentCode})`,
        cityId: row.cityId,
        isHomeless: row.isHomeless,
        livesAbroad: row.livesAbroad,
      },
    }
  },
)

/** What archiving a record now would do: until when it is kept, who is still expected. */
export const whatArchivingDoes = query(
  probationerIdInput,
  async (ctx: Context<AgentActor>, { probationerId }) => {
    const where = { AND: [{ id: probationerId }, probationersVisibleTo(ctx.actor)] }
    orNotFound(await ctx.tx.probationer.findFirst({ where, select: { id: true } }), 'probationer')
    return {
      erasedOn: await erasedIfArchived(ctx, probationerId),
      appointmentsToCome: await ctx.tx.appointment.count({
        where: { probationerId, state: 'booked', startsAt: { gt: ctx.now } },
      }),
    }
  },
)

/** What deleting a record now would take away. */
export const whatDeletingDoes = query(
  probationerIdInput,
  async (ctx: Context<AgentActor>, { probationerId }) => {
    const where = { AND: [{ id: probationerId }, probationersVisibleTo(ctx.actor)] }
    const person = orNotFound(
      await ctx.tx.probationer.findFirst({ where, select: probationerFacts }),
      'probationer',
    )
    assertAllowed(mayOnProbationer(ctx.actor, 'delete', person), 'delete a probationer')
    const [appointments, appointmentsToCome, messages] = await Promise.all([
      ctx.tx.appointment.count({ where: { probationerId } }),
      ctx.tx.appointment.count({ where: { probationerId, state: 'booked', startsAt: { gt: ctx.now } } }),
      ctx.tx.message.count({ where: { probationerId, sentAt: { not: null } } }),
    ])
    return { appointments, appointmentsToCome, messages }
  },
)
