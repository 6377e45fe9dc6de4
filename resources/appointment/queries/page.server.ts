import type { Prisma } from '@prisma/client'
import { recordAudit } from '../../audit/commands.server'
import { historyOf } from '../../history-entry/queries.server'
import { messagesOfAppointment, messagesStamp } from '../../message/queries/of-appointment.server'
import { textForAgents } from '../../message/queries/text.server'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb, civilOf } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import {
  appointmentFacts,
  appointmentsVisibleTo,
  knowsWhoIsExpected,
  mayOnAppointment,
  mayReconvene,
  stands,
  whoIsExpected,
} from '../policy'
import { mayOnProbationer, probationerFacts, seesProbationer } from '../../probationer/policy'
import { initialOf, reachFacts, whyNotEditable, whyUnreachable } from '../../probationer/rules'
import { appointmentIdInput, noticePreviewInput } from '../schema'
import { promptsSince } from './list.sql.server'

const otherDate = {
  ...appointmentFacts,
  id: true,
  state: true,
  startsAt: true,
  organization: { select: { timeZone: true } },
} satisfies Prisma.AppointmentSelect

/** Null when the reader may not see that one. */
const otherDateOf = (
  { actor }: Context<AgentActor>,
  row: Prisma.AppointmentGetPayload<{ select: typeof otherDate }>,
) =>
  mayOnAppointment(actor, 'show', row)
    ? { id: row.id, state: row.state, ...civilOf(row.startsAt, row.organization.timeZone) }
    : null

/** One appointment as its page shows it: when, where, who, its messages, what happened, what may be done. */
export const appointmentPage = query(
  appointmentIdInput,
  async (ctx: Context<AgentActor>, { appointmentId }) => {
    const row = orNotFound(
      await ctx.tx.appointment.findFirst({
        where: { AND: [{ id: appointmentId }, appointmentsVisibleTo(ctx.actor)] },
        select: {
          ...appointmentFacts,
          id: true,
          state: true,
          startsAt: true,
          prosecutionNumber: true,
          informedAtBooking: true,
          createdAt: true,
          type: {
            select: {
              ...appointmentFacts.type.select,
              label: true,
              publicLabel: true,
              asksProsecutionNumber: true,
              heldAtPlace: true,
            },
          },
          place: { select: { name: true, address: true, phone: true } },
          slot: { select: { durationMinutes: true, agenda: { select: { name: true } } } },
          organization: { select: { name: true, timeZone: true } },
          creatingOrganization: { select: { name: true } },
          agent: { select: { firstName: true, lastName: true } },
          rescheduledFrom: { select: otherDate },
          rescheduledTo: { select: otherDate },
          reconvenes: { select: otherDate },
          reconvenedAs: { where: stands, select: otherDate, orderBy: { id: 'desc' }, take: 1 },
          bookedBy: { select: { firstName: true, lastName: true, role: true } },
          probationer: {
            select: {
              ...appointmentFacts.probationer.select,
              ...probationerFacts,
              id: true,
              lastName: true,
              firstName: true,
              dateOfBirth: true,
              creatingOrganizationId: true,
              ...reachFacts,
              assignedAgent: { select: { firstName: true, lastName: true } },
            },
          },
        },
      }),
      'appointment',
    )
    const zone = row.organization.timeZone
    const { probationer, type } = row
    const [again] = row.reconvenedAs
    const known = knowsWhoIsExpected(ctx.actor, row)
    await recordAudit(ctx, {
      action: 'view',
      subject: 'appointment',
      subjectId: row.id,
      probationerId: probationer.id,
    })
    return {
      id: row.id,
      state: row.state,
      ...civilOf(row.startsAt, zone),
      today: civilOf(ctx.now, zone).date,
      past: row.startsAt <= ctx.now,
      timeZone: zone,
      type: type.label,
      typeCode: type.code,
      publicLabel: type.publicLabel,
      heldAtPlace: type.heldAtPlace,
      prosecutionNumber: type.asksProsecutionNumber ? row.prosecutionNumber : null,
      place: row.place,
      agenda: row.slot.agenda.name,
      durationMinutes: row.slot.durationMinutes,
      organization: row.organization.name,
      creatingOrganization: row.creatingOrganization.name,
      agent: row.agent,
      bookedBy: row.bookedBy,
      /** Given this date by who booked it: made at first by `creatingOrganization`. */
      moved: row.rescheduledFrom !== null,
      probationer: {
        id: probationer.id,
        firstName: probationer.firstName,
        ...(known
          ? {
              lastName: probationer.lastName,
              dateOfBirth: probationer.dateOfBirth && civilDateFromDb(probationer.dateOfBirth),
              phone: probationer.phone,
              assignedAgent: probationer.assignedAgent,
            }
          : {
              lastName: initialOf(probationer.lastName),
              ...{ dateOfBirth: null, phone: null, assignedAgent: null },
            }),
        /** Who the person is may be read: the minimum otherwise (decision P2). */
        known,
        /** Whether their record opens to the reader. */
        opens: seesProbationer(ctx.actor, probationer),
        mayEdit: whyNotEditable(probationer) === null && mayOnProbationer(ctx.actor, 'edit', probationer),
        unreachable: whyUnreachable(probationer),
        phoneToCheck: known && probationer.phoneState === 'to_check',
      },
      messages: await messagesToShow(ctx, row.id, known),
      history: (await historyOf(ctx, { probationerId: probationer.id, appointmentId: row.id }, zone)).lines,
      mayReconvene: mayReconvene(ctx.actor, { ...row, reconvened: again !== undefined }),
      /** Its former date, its next one. */
      rescheduledFrom: row.rescheduledFrom && otherDateOf(ctx, row.rescheduledFrom),
      rescheduledTo: row.rescheduledTo && otherDateOf(ctx, row.rescheduledTo),
      /** What it comes after, what came after it. */
      reconvenes: row.reconvenes && otherDateOf(ctx, row.reconvenes),
      reconvenedAs: again ? otherDateOf(ctx, again) : null,
      /** Half a year later, nothing asks any more (decision C5). */
      asksOutcome: row.startsAt >= promptsSince(ctx),
    }
  },
)

/** To which number they went is for those who know it. */
const messagesToShow = async (ctx: Context<AgentActor>, appointmentId: number, known: boolean) =>
  (await messagesOfAppointment(ctx, { appointmentId })).map((message) => ({
    ...message,
    phone: known ? message.phone : null,
  }))

/** The messages and the history alone, read again while SMS leave: an opening of the appointment is traced once. */
export const appointmentMessages = query(
  appointmentIdInput,
  async (ctx: Context<AgentActor>, { appointmentId }) => {
    const row = orNotFound(
      await ctx.tx.appointment.findFirst({
        where: { AND: [{ id: appointmentId }, appointmentsVisibleTo(ctx.actor)] },
        select: { ...whoIsExpected, probationerId: true, organization: { select: { timeZone: true } } },
      }),
      'appointment',
    )
    const { probationerId, organization } = row
    return {
      messages: await messagesToShow(ctx, appointmentId, knowsWhoIsExpected(ctx.actor, row)),
      history: (await historyOf(ctx, { probationerId, appointmentId }, organization.timeZone)).lines,
    }
  },
)

/** Whether what became of these messages changed, and when it is worth asking again: they are read again only then. */
export const appointmentMessagesStamp = query(
  appointmentIdInput,
  async (ctx: Context<AgentActor>, { appointmentId }) => {
    orNotFound(
      await ctx.tx.appointment.findFirst({
        where: { AND: [{ id: appointmentId }, appointmentsVisibleTo(ctx.actor)] },
        select: { id: true },
      }),
      'appointment',
    )
    return messagesStamp(ctx, { appointmentId })
  },
)

/** The SMS that cancelling, another date, or saying that the person missed it would send: read before choosing. */
export const noticePreview = query(
  noticePreviewInput,
  async (ctx: Context<AgentActor>, { appointmentId, kind, date, time }) => {
    orNotFound(
      await ctx.tx.appointment.findFirst({
        where: { AND: [{ id: appointmentId }, appointmentsVisibleTo(ctx.actor)] },
        select: { id: true },
      }),
      'appointment',
    )
    const sms = await textForAgents(ctx, { appointmentId, kind, at: date && time ? { date, time } : null })
    return sms.ok ? { text: sms.text, characters: sms.characters, parts: sms.parts } : null
  },
)
