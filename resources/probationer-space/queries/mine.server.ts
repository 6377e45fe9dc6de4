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
import { ownAppointmentInput, ownAppointmentsInput } from '../schema'

/**
 * What a person reads of themselves, and nothing more: whose it is comes from their session, never from what is asked.
 * Neither offence, nor sentence, nor what agents write to each other is here.
 */

const shown = {
  ...{ id: true, startsAt: true, state: true, version: true, updatedAt: true },
  slot: { select: { durationMinutes: true, updatedAt: true } },
  type: { select: { publicLabel: true, heldAtPlace: true, sharesAddress: true } },
  place: {
    select: {
      ...{ name: true, address: true, phone: true, updatedAt: true },
      publicPage: { select: { slug: true, state: true, papers: true } },
    },
  },
  organization: { select: { name: true, kind: true, timeZone: true, switchboardPhone: true } },
  rescheduledTo: { select: { id: true } },
} satisfies Prisma.AppointmentSelect

type Row = Prisma.AppointmentGetPayload<{ select: typeof shown }>

function stateOf({ state, startsAt }: Row, now: Date): OwnState {
  if (state !== 'booked') return state
  return startsAt > now ? 'to_come' : 'past'
}

/** An appointment as its person sees it, days and hours on the wall of its place. */
function asShown(row: Row, now: Date) {
  const { organization, place, type } = row
  const { timeZone } = organization
  const page = place.publicPage?.state === 'published' ? place.publicPage : null
  return {
    id: row.id,
    ...civilOf(row.startsAt, timeZone),
    instant: row.startsAt.toISOString(),
    /** Today there: what "tomorrow" is counted from. */
    today: civilOf(now, timeZone).date,
    state: stateOf(row, now),
    title: type.publicLabel,
    service: organization.name,
    kind: organization.kind,
    /** Null where nobody comes to the place, or where its address is not given. */
    place: type.heldAtPlace && type.sharesAddress ? { name: place.name, address: place.address } : null,
    phone: place.phone ?? organization.switchboardPhone,
    /** Of the page of the place on the site. */
    slug: page?.slug ?? null,
    /** In the words of the place, when it has its own. */
    papers: page?.papers?.split('\n').filter((line) => line.trim() !== '') ?? null,
    movedToId: row.rescheduledTo?.id ?? null,
  }
}
export type OwnAppointment = ReturnType<typeof asShown>

/** How many of the past ones the first page shows. */
const pastShown = 5

/** The first page: who they are, what comes next, what has just passed, who follows them. */
export const spaceHome = query(noInput, async (ctx: Context<ProbationerActor>) => {
  const { id: probationerId } = ctx.actor
  const [toCome, past, contacts] = await Promise.all([
    ctx.tx.appointment.findMany({
      where: { probationerId, state: 'booked', startsAt: { gt: ctx.now } },
      select: shown,
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    }),
    ctx.tx.appointment.findMany({
      where: { probationerId, OR: [{ state: { not: 'booked' } }, { startsAt: { lte: ctx.now } }] },
      select: shown,
      orderBy: [{ startsAt: 'desc' }, { id: 'desc' }],
      take: pastShown + 1,
    }),
    ownContacts(ctx, {}),
  ])
  return {
    ...contacts,
    toCome: toCome.map((row) => asShown(row, ctx.now)),
    past: past.slice(0, pastShown).map((row) => asShown(row, ctx.now)),
    hasMore: past.length > pastShown,
  }
})

/** Every appointment of the person, or those of one year; the years there are. */
export const ownAppointments = query(
  ownAppointmentsInput,
  async (ctx: Context<ProbationerActor>, { year }) => {
    const rows = await ctx.tx.appointment.findMany({
      where: { probationerId: ctx.actor.id },
      select: shown,
      orderBy: [{ startsAt: 'desc' }, { id: 'desc' }],
    })
    const all = rows.map((row) => asShown(row, ctx.now))
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
    const row = orNotFound(
      await ctx.tx.appointment.findFirst({
        where: { id: appointmentId, probationerId: ctx.actor.id },
        select: {
          ...shown,
          messages: { where: { sentAt: { not: null } }, select: smsShown, orderBy: { sentAt: 'desc' } },
        },
      }),
      'appointment',
    )
    return {
      appointment: asShown(row, ctx.now),
      sms: row.messages.map((one) => smsAsShown(one, row.organization.timeZone)),
    }
  },
)

/** What a calendar keeps of the person's appointments, all of them or one. Cancelled ones leave it. */
export const ownCalendar = query(
  ownAppointmentInput.partial(),
  async (ctx: Context<ProbationerActor>, { appointmentId }) => {
    const rows = await ctx.tx.appointment.findMany({
      where: { probationerId: ctx.actor.id, ...(appointmentId !== undefined && { id: appointmentId }) },
      select: shown,
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    })
    orNotFound(appointmentId === undefined ? rows : rows[0], 'appointment')
    return rows.map((row) => ({
      id: row.id,
      /** Grows with what is said of it; a state is one more. */
      version: row.version + (row.state === 'booked' ? 0 : 1),
      changedAt: new Date(
        Math.max(...[row.updatedAt, row.slot.updatedAt, row.place.updatedAt].map((at) => at.getTime())),
      ),
      ...civilOf(row.startsAt, row.organization.timeZone),
      timeZone: row.organization.timeZone,
      durationMinutes: row.slot.durationMinutes,
      isOff: ['cancelled', 'rescheduled', 'excused'].includes(row.state),
      place: asShown(row, ctx.now).place,
    }))
  },
)

const assigned = ['probationer.assigned', 'probationer.handed_over']

/** Who follows the person: what agents share of theirs, the switchboards otherwise; after the follow-up, those alone. */
export const ownContacts = query(noInput, async (ctx: Context<ProbationerActor>) => {
  const { id } = ctx.actor
  const person = orNotFound(
    await ctx.tx.probationer.findUnique({
      where: { id },
      select: {
        ...{ firstName: true, archivedAt: true, followingOrganizationIds: true, smsOptOut: true },
        followings: {
          select: {
            organization: {
              select: {
                ...{ id: true, name: true, kind: true, switchboardPhone: true, timeZone: true },
                publicPages: {
                  where: { state: 'published' },
                  select: { slug: true, phone: true },
                  orderBy: { id: 'asc' },
                  take: 1,
                },
              },
            },
          },
          orderBy: { id: 'asc' },
        },
        assignedAgent: {
          select: {
            ...{ firstName: true, lastName: true, phone: true, email: true, organizationId: true },
            ...{ sharesPhone: true, sharesEmail: true, deletedAt: true },
            organization: { select: { name: true } },
          },
        },
        historyEntries: {
          where: {
            event: { in: assigned },
            at: { gt: new Date(ctx.now.getTime() - newReferentSaidFor) },
          },
          select: { at: true },
          orderBy: { at: 'desc' },
          take: 1,
        },
      },
    }),
    'probationer',
  )
  const { assignedAgent: agent } = person
  const shared = agent && sharedContact(agent, person)
  const isOver = person.archivedAt !== null
  return {
    firstName: person.firstName,
    refusesSms: person.smsOptOut,
    /** The follow-up has ended: nobody is called by name any more. */
    isOver,
    referent: agent && shared && { name: agentName(agent), service: agent.organization.name, ...shared },
    isReferentNew: shared !== null && person.historyEntries.length > 0,
    services: person.followings.map(({ organization: { publicPages, switchboardPhone, name, kind } }) => ({
      ...{ name, kind },
      phone: switchboardPhone ?? publicPages[0]?.phone ?? null,
      slug: publicPages[0]?.slug ?? null,
    })),
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
