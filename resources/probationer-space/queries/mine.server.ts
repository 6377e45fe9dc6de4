import type { Prisma } from '@prisma/client'
import { wordsOnPaper } from '../../appointment/paper'
import { messageKindLabels, messageStateWords } from '../../message/fr'
import { withoutLinks } from '../../message/sms-text'
import type { ProbationerActor } from '../../shared/actor'
import { clockWords } from '../../organization/fr'
import { civilOf, zonedOf } from '../../shared/civil-time'
import { noInput, query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { ownHelp } from '../fr'
import { newReferentSaidFor, ownSectionOf, ownStateOf, sharedContact } from '../rules'
import {
  allRows,
  contactsRow,
  oneRow,
  rowsOfHome,
  rowsOfPage,
  yearsOfRows,
  type OwnRow,
} from './own.sql.server'
import { ownAppointmentInput, ownAppointmentsInput } from '../schema'

/**
 * What a person reads of themselves, and nothing more: whose it is comes from their session, never from what is asked.
 * Neither offence, nor sentence, nor what agents write to each other is here.
 */

/** An appointment as its person sees it, days and hours on the wall of its place. */
function asShown(row: OwnRow, now: Date) {
  const { timeZone, type, kind, heldAtPlace, ownPhone, movedTo } = row
  const state = ownStateOf(row, now)
  const { bringing, papers, prevented } = wordsOnPaper({
    ...{ heldAtPlace, type, service: { kind }, phone: ownPhone, summons: 'Votre convocation papier' },
    visitPapers: row.papers?.split('\n').filter((line) => line.trim() !== '') ?? null,
  })
  return {
    id: row.id,
    ...civilOf(row.startsAt, timeZone),
    /** For machines. */
    instant: zonedOf(row.startsAt, timeZone),
    /** Whose hour it is, where it is not that of most of the country. */
    clock: clockWords(timeZone),
    /** Today there: what "tomorrow" is counted from. */
    today: civilOf(now, timeZone).date,
    state,
    section: ownSectionOf(state, row.startsAt > now),
    title: row.title,
    service: row.service,
    meeting: meetingOf(row),
    help: ownHelp[type],
    /** As the place wants to be asked. */
    contact:
      row.contactMethod === 'email' && row.email
        ? { phone: null, email: row.email }
        : { phone: row.phone, email: null },
    /** Of the page of the place on the site, for who comes there. */
    slug: heldAtPlace && row.sharesAddress ? row.slug : null,
    ...{ bringing, papers, prevented },
    movedTo: movedTo && {
      id: movedTo.id,
      ...civilOf(new Date(movedTo.startsAt), movedTo.timeZone),
      clock: clockWords(movedTo.timeZone),
    },
  }
}
export type OwnAppointment = ReturnType<typeof asShown>

/** Where the person is met: at a place, whose address may be on the paper alone, at home, or by telephone. */
function meetingOf({ type, heldAtPlace, sharesAddress, placeName, address, ownPhone }: OwnRow) {
  if (heldAtPlace) return { way: 'place', name: placeName, address: sharesAddress ? address : null } as const
  return type === 'home_visit' ? ({ way: 'home' } as const) : ({ way: 'phone', phone: ownPhone } as const)
}

/** The latest first, but those to come. */
function inSections(all: readonly OwnAppointment[]) {
  const of = (section: OwnAppointment['section']) => all.filter((one) => one.section === section)
  return { toCome: of('toCome').reverse(), off: of('off'), past: of('past') }
}

/** How many of the past ones the first page shows, and a page of the list. */
const pastAtHome = 5
const othersOnPage = 20

/** The first page: who they are, what comes next, what is off, what has just passed, who follows them. */
export const spaceHome = query(noInput, async (ctx: Context<ProbationerActor>) => {
  const [rows, contacts] = await Promise.all([rowsOfHome(ctx, pastAtHome), ownContacts(ctx, {})])
  return { ...contacts, ...inSections(rows.map((row) => asShown(row, ctx.now))) }
})

/** The appointments of the person, or those of one year, a page at a time; the years there are. */
export const ownAppointments = query(
  ownAppointmentsInput,
  async (ctx: Context<ProbationerActor>, { year = null, after = null }) => {
    // One more than is shown says that there are others.
    const [rows, years] = await Promise.all([
      rowsOfPage(ctx, { year, after, most: othersOnPage + 1 }),
      yearsOfRows(ctx),
    ])
    const all = rows.map((row) => asShown(row, ctx.now))
    const others = all.filter(({ section }) => section !== 'toCome')
    const tooMany = others[othersOnPage]
    return {
      ...{ year, years, isFirst: after === null },
      ...inSections(all.filter((one) => one !== tooMany)),
      next: tooMany ? (others[othersOnPage - 1]?.id ?? null) : null,
    }
  },
)

const smsShown = {
  ...{ kind: true, state: true, endReason: true, sentAt: true, textSent: true },
} satisfies Prisma.MessageSelect

/** An SMS that left for the person; its links are of use in the phone only. */
const smsAsShown = (
  { textSent, sentAt, ...message }: Prisma.MessageGetPayload<{ select: typeof smsShown }>,
  zone: string,
) => ({
  left: sentAt && civilOf(sentAt, zone),
  about: messageKindLabels[message.kind],
  state: messageStateWords(message).word,
  text: textSent && withoutLinks(textSent),
})

/** One appointment, with the SMS that left about it; of another person, it is not found. */
export const ownAppointment = query(
  ownAppointmentInput,
  async (ctx: Context<ProbationerActor>, { appointmentId }) => {
    const appointment = orNotFound(await oneRow(ctx, appointmentId), 'appointment')
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
    const rows = appointmentId === undefined ? await allRows(ctx) : [await oneRow(ctx, appointmentId)]
    const found = rows.filter((row) => row !== undefined).reverse()
    return found.map((row) => ({
      id: row.id,
      /** Grows with what is said of it; a state is one more. */
      version: row.version + (row.state === 'booked' ? 0 : 1),
      changedAt: row.changedAt,
      ...civilOf(row.startsAt, row.timeZone),
      timeZone: row.timeZone,
      durationMinutes: row.durationMinutes,
      isOff: ['cancelled', 'rescheduled', 'excused'].includes(row.state),
      place: row.heldAtPlace && row.sharesAddress ? `${row.placeName}, ${row.address}` : null,
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
        spaceAccount: {
          select: {
            acceptedAt: true,
            _count: { select: { sessions: { where: { expire: { gt: ctx.now } } } } },
          },
        },
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
    /** The follow-up has ended. */
    isOver: archivedAt !== null,
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
