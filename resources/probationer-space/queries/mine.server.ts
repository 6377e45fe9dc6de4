import type { Prisma } from '@prisma/client'
import { messageKindLabels, messageStateWords } from '../../message/fr'
import { withoutStopLink } from '../../message/sms-text'
import type { ProbationerActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { newReferentSaidFor, sharedContact, type OwnState } from '../rules'
import { contactsRow, ownRows, type OwnRow } from './own.sql.server'
import { ownAppointmentInput, ownAppointmentsInput } from '../schema'

/**
 * What a person reads of themselves, and nothing more: whose it is comes from their session, never from what is asked.
 * Neither offence, nor sentence, nor what agents write to each other is here.
 */

function stateOf({ state, startsAt }: OwnRow, now: Date): OwnState {
  if (state !== 'booked') return state
  return startsAt > now ? 'to_come' : 'past'
}

/** An appointment as its person sees it, days and hours on the wall of its place. */
function asShown(row: OwnRow, now: Date) {
  const { timeZone, papers } = row
  return {
    id: row.id,
    ...civilOf(row.startsAt, timeZone),
    instant: row.startsAt.toISOString(),
    /** Today there: what "tomorrow" is counted from. */
    today: civilOf(now, timeZone).date,
    state: stateOf(row, now),
    title: row.title,
    service: row.service,
    kind: row.kind,
    /** Null where nobody comes to the place, or where its address is not given. */
    place: row.isAddressShown ? { name: row.placeName, address: row.address } : null,
    phone: row.phone,
    /** Of the page of the place on the site. */
    slug: row.slug,
    /** In the words of the place, when it has its own. */
    papers: papers?.split('\n').filter((line) => line.trim() !== '') ?? null,
    movedToId: row.movedToId,
  }
}
export type OwnAppointment = ReturnType<typeof asShown>

/** How many of the past ones the first page shows. */
const pastShown = 5

/** The first page: who they are, what comes next, what has just passed, who follows them. */
export const spaceHome = query(noInput, async (ctx: Context<ProbationerActor>) => {
  const [rows, contacts] = await Promise.all([ownRows(ctx, { others: pastShown + 1 }), ownContacts(ctx, {})])
  const all = rows.map((row) => asShown(row, ctx.now))
  const past = all.filter(({ state }) => state !== 'to_come')
  return {
    ...contacts,
    toCome: all.filter(({ state }) => state === 'to_come').reverse(),
    past: past.slice(0, pastShown),
    hasMore: past.length > pastShown,
  }
})

/** Every appointment of the person, or those of one year; the years there are. */
export const ownAppointments = query(
  ownAppointmentsInput,
  async (ctx: Context<ProbationerActor>, { year }) => {
    const all = (await ownRows(ctx)).map((row) => asShown(row, ctx.now))
    const yearOf = ({ date }: OwnAppointment) => Number(date.slice(0, 4))
    const kept = all.filter((one) => !year || yearOf(one) === year)
    return {
      year: year ?? null,
      years: [...new Set(all.map(yearOf))],
      toCome: kept.filter(({ state }) => state === 'to_come').reverse(),
      past: kept.filter(({ state }) => state !== 'to_come' && state !== 'cancelled'),
      cancelled: kept.filter(({ state }) => state === 'cancelled'),
    }
  },
)

const smsShown = {
  ...{ kind: true, state: true, endReason: true, sentAt: true, textSent: true },
} satisfies Prisma.MessageSelect

/** An SMS that left for the person; the address of STOP is of use in the phone only. */
const smsAsShown = (
  { textSent, sentAt, ...message }: Prisma.MessageGetPayload<{ select: typeof smsShown }>,
  zone: string,
) => ({
  left: sentAt && civilOf(sentAt, zone),
  about: messageKindLabels[message.kind],
  state: messageStateWords(message).word,
  text: textSent && withoutStopLink(textSent),
})

/** One appointment, with the SMS that left about it; of another person, it is not found. */
export const ownAppointment = query(
  ownAppointmentInput,
  async (ctx: Context<ProbationerActor>, { appointmentId }) => {
    const [row] = await ownRows(ctx, { appointmentId })
    const appointment = orNotFound(row, 'appointment')
    const messages = await ctx.tx.message.findMany({
      where: { appointmentId, sentAt: { not: null } },
      select: smsShown,
      orderBy: { sentAt: 'desc' },
    })
    return {
      appointment: asShown(appointment, ctx.now),
      sms: messages.map((one) => smsAsShown(one, appointment.timeZone)),
    }
  },
)

/** What a calendar keeps of the person's appointments, all of them or one; none of another's. Cancelled ones leave it. */
export const ownCalendar = query(
  ownAppointmentInput.partial(),
  async (ctx: Context<ProbationerActor>, { appointmentId }) => {
    const rows = (await ownRows(ctx, { appointmentId })).reverse()
    return rows.map((row) => ({
      id: row.id,
      /** Grows with what is said of it; a state is one more. */
      version: row.version + (row.state === 'booked' ? 0 : 1),
      changedAt: row.changedAt,
      ...civilOf(row.startsAt, row.timeZone),
      timeZone: row.timeZone,
      durationMinutes: row.durationMinutes,
      isOff: ['cancelled', 'rescheduled', 'excused'].includes(row.state),
      place: asShown(row, ctx.now).place,
    }))
  },
)

/** Who follows the person: what agents share of theirs, the switchboards otherwise; after the follow-up, those alone. */
export const ownContacts = query(noInput, async (ctx: Context<ProbationerActor>) => {
  const since = new Date(ctx.now.getTime() - newReferentSaidFor)
  const { agent, services, ...person } = orNotFound(await contactsRow(ctx, since), 'probationer')
  const shared = agent && sharedContact(agent, person)
  return {
    firstName: person.firstName,
    refusesSms: person.refusesSms,
    /** The follow-up has ended: nobody is called by name any more. */
    isOver: person.archivedAt !== null,
    referent: agent && shared && { name: agentName(agent), service: agent.service, ...shared },
    isReferentNew: shared !== null && person.isReferentNew,
    services,
  }
})

/** The account: what is known to sign in with, and how SMS are wanted. */
export const ownAccount = query(noInput, async (ctx: Context<ProbationerActor>) => {
  const zone = await zoneOf(ctx)
  const { spaceAccount, messages, archivedAt, limitedAt, ...person } = orNotFound(
    await ctx.tx.probationer.findUnique({
      where: { id: ctx.actor.id },
      select: {
        ...{
          firstName: true,
          lastName: true,
          phone: true,
          smsOptOut: true,
          archivedAt: true,
          limitedAt: true,
        },
        spaceAccount: { select: { acceptedAt: true, _count: { select: { sessions: true } } } },
        messages: {
          where: { sentAt: { not: null } },
          select: smsShown,
          orderBy: [{ sentAt: 'desc' }, { id: 'desc' }],
          take: smsListed,
        },
      },
    }),
    'probationer',
  )
  return {
    ...person,
    isReadOnly: archivedAt !== null || limitedAt !== null,
    openedOn: spaceAccount?.acceptedAt ? civilOf(spaceAccount.acceptedAt, zone).date : null,
    sessions: spaceAccount?._count.sessions ?? 0,
    sms: messages.map((one) => smsAsShown(one, zone)),
  }
})

/** Of the SMS a person was sent, as many as one looks back at; the file of their data has them all. */
const smsListed = 20

/** The clock of the service that follows the person since longest. */
export async function zoneOf(ctx: Context<ProbationerActor>): Promise<string> {
  const following = await ctx.tx.following.findFirst({
    where: { probationerId: ctx.actor.id },
    select: { organization: { select: { timeZone: true } } },
    orderBy: { id: 'asc' },
  })
  return following?.organization.timeZone ?? 'Europe/Paris'
}
