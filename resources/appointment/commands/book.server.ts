import type { Prisma } from '@prisma/client'
import { isBookableBy } from '../../appointment-type/policy'
import { trace } from '../../audit/commands.server'
import { recordHistory } from '../../history-entry/commands.server'
import { planMessages } from '../../message/commands.server'
import { registerProbationer } from '../../probationer/commands/register.server'
import { probationerFacts, probationersConvokableBy } from '../../probationer/policy'
import { canReceiveSms, recordFaults, whyNotConvokable } from '../../probationer/rules'
import { placeFacts, placesVisibleTo } from '../../place/policy'
import type { ProbationerRefusal } from '../../probationer/fr'
import type { AgentActor } from '../../shared/actor'
import {
  civilDateFromDb,
  civilOf,
  dbDateOf,
  instantOf,
  type CivilDate,
  type CivilTime,
} from '../../shared/civil-time'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { requestDigest } from '../../shared/digest.server'
import { allow, found, refuse, Refused } from '../../shared/errors'
import { formatDay, formatHour } from '../../shared/french'
import { holidayOn } from '../../shared/holidays'
import { lock, lockKey } from '../../shared/lock.server'
import { canFollowProbationers, canHaveAppointmentsAssigned } from '../../shared/rights'
import { violatesUnique } from '../../shared/unique.server'
import type { AppointmentRefusal } from '../fr'
import { mayBook } from '../policy'
import { assignedAgentOf, oneOffMinutes, whyNotMoment, whyNotSlot, type Moment } from '../rules'
import { bookAppointmentInput, registerAndBookInput, type BookingChoices } from '../schema'

const no = (code: AppointmentRefusal, field: string, params: Record<string, string> = {}) =>
  new Refused(code, params, field)

/** An appointment made, and when it is on the wall of its place. */
interface Booked {
  id: number
  date: CivilDate
  time: CivilTime
}

/**
 * Convokes a person: takes a seat of a published slot or opens a one-off slot, plans the messages.
 * A double submit books once; of two agents at the last seat, one is refused.
 *
 * @throws Refused on the field that a rule of 05 §3–4 says no to.
 */
export const bookAppointment = command(
  bookAppointmentInput,
  async (ctx: Context<AgentActor>, input): Promise<Booked> => {
    allow(ctx.actor.charterAccepted, 'book before the charter')
    const digest = requestDigest(ctx, input)
    if (input.requestKey) {
      await lockKey(ctx, input.requestKey)
      const made = await bookedUnder(ctx, input.requestKey)
      if (made && made.requestDigest !== digest) {
        const when = `${formatDay(made.date)} à ${formatHour(made.time)}`
        throw new Refused('appointment.already_booked' satisfies AppointmentRefusal, { when })
      }
      if (made) return { id: made.id, date: made.date, time: made.time }
    }
    await lock(ctx, { slot: input.slotId ?? [], probationer: input.probationerId })
    const person = await loadPerson(ctx, input.probationerId)
    const { type, place } = await loadTypeAndPlace(ctx, input)

    // Said before the right is tested: these are choices the agent can change.
    refuse(whyNotConvokable(ctx.actor, person))
    if (ctx.actor.role !== 'central_admin' && recordFaults(person, today(ctx)).length > 0)
      refuse('probationer.record_incomplete' satisfies ProbationerRefusal)
    if (!isBookableBy(ctx.actor, type)) throw no('appointment.type_not_offered', 'typeCode')
    if (
      !place.appointmentTypes.some((hosted) => hosted.typeCode === type.code) ||
      (type.requiredHostKind && type.requiredHostKind !== place.organization.kind)
    )
      throw no('appointment.type_not_hosted', 'placeId')
    if (!person.followingOrganizationIds.includes(place.organizationId))
      throw no('appointment.place_not_following', 'placeId')
    allow(mayBook(ctx.actor, { probationer: person, type, place }), 'book an appointment')

    const reachable = canReceiveSms(person)
    if (reachable && input.inform === null) throw no('appointment.inform_missing', 'inform')
    const zone = place.organization.timeZone
    const seat = type.usesPublishedSlots
      ? await seatInSlot(ctx, input, { place, type })
      : seatAtFreeHour(ctx, input, { place, type })
    await refuseOtherAppointments(ctx, input, seat)

    const slotId = await takeSeat(ctx, seat, type.code)
    const { id } = await create(ctx, {
      probationerId: person.id,
      slotId,
      typeCode: type.code,
      organizationId: place.organizationId,
      placeId: place.id,
      startsAt: seat.startsAt,
      agentId: assignedAgentOf(type, {
        id: ctx.actor.id,
        canHaveAppointmentsAssigned: canHaveAppointmentsAssigned(ctx.actor),
      }),
      bookedById: ctx.actor.id,
      creatingOrganizationId: ctx.actor.organization.id,
      prosecutionNumber: type.asksProsecutionNumber ? input.prosecutionNumber : null,
      informedAtBooking: reachable && input.inform === 'now',
      requestKey: input.requestKey,
      requestDigest: digest,
      createdAt: ctx.now,
    })
    if (input.assignToMe && person.assignedAgentId === null && canFollowProbationers(ctx.actor)) {
      await ctx.tx.probationer.update({ where: { id: person.id }, data: { assignedAgentId: ctx.actor.id } })
      await recordHistory(ctx, {
        probationerId: person.id,
        category: 'probationer',
        event: 'probationer.assigned',
      })
    }

    await recordHistory(ctx, {
      probationerId: person.id,
      appointmentId: id,
      category: 'appointment',
      event: 'appointment.booked',
      data: { ...civilOf(seat.startsAt, zone), place: place.name, typeCode: type.code, inform: input.inform },
    })
    await trace(ctx, { action: 'create', subject: 'appointment', subjectId: id, probationerId: person.id })
    await planMessages(ctx, {
      appointmentId: id,
      informNow: reachable && input.inform === 'now',
      act: 'booking',
    })
    return { id, date: seat.date, time: seat.time }
  },
)

/** Registers a person and convokes them, both or neither. */
export const registerAndBook = command(registerAndBookInput, async (ctx: Context<AgentActor>, input) => {
  const person = await registerProbationer(ctx, input.probationer)
  const appointment = await bookAppointment(ctx, { ...input.appointment, probationerId: person.id })
  return { ...appointment, probationerId: person.id, inJurisdiction: person.inJurisdiction }
})

async function bookedUnder(ctx: Context, requestKey: string) {
  const made = await ctx.tx.appointment.findUnique({
    where: { requestKey },
    select: {
      id: true,
      requestDigest: true,
      startsAt: true,
      organization: { select: { timeZone: true } },
    },
  })
  return made && { ...made, ...civilOf(made.startsAt, made.organization.timeZone) }
}

const today = (ctx: Context<AgentActor>) => civilOf(ctx.now, ctx.actor.organization.timeZone).date

async function loadPerson(ctx: Context<AgentActor>, probationerId: number) {
  return found(
    await ctx.tx.probationer.findFirst({
      where: { AND: [{ id: probationerId }, probationersConvokableBy(ctx.actor)] },
      select: {
        id: true,
        dateOfBirth: true,
        phone: true,
        hasNoMobilePhone: true,
        smsOptOut: true,
        ...probationerFacts,
      },
    }),
    'probationer',
  )
}

async function loadTypeAndPlace(ctx: Context<AgentActor>, input: BookingChoices) {
  const type = await ctx.tx.appointmentType.findUnique({ where: { code: input.typeCode } })
  if (!type) throw no('appointment.type_not_offered', 'typeCode')
  const place = await ctx.tx.place.findFirst({
    where: { AND: [{ id: input.placeId, archivedAt: null }, placesVisibleTo(ctx.actor)] },
    select: {
      id: true,
      name: true,
      archivedAt: true,
      ...placeFacts,
      departmentCode: true,
      organization: { select: { kind: true, timeZone: true } },
      agendas: { where: { archivedAt: null }, select: { id: true } },
    },
  })
  return { type, place: found(place, 'place') }
}

type BookablePlace = Awaited<ReturnType<typeof loadTypeAndPlace>>['place']

interface Seat {
  slotId: number | null
  agendaId: number
  date: CivilDate
  time: CivilTime
  startsAt: Date
  durationMinutes: number
}

/** A seat of a published slot, already locked. */
async function seatInSlot(
  ctx: Context<AgentActor>,
  input: BookingChoices,
  { place, type }: { place: BookablePlace; type: { allowedOnDaysOff: boolean } },
): Promise<Seat> {
  if (!input.slotId) throw no('appointment.slot_missing', 'slotId')
  const slot = found(
    await ctx.tx.slot.findFirst({
      where: { id: input.slotId, typeCode: input.typeCode, agenda: { placeId: place.id, archivedAt: null } },
    }),
    'slot',
  )
  const moment = { date: civilDateFromDb(slot.date), time: slot.startTime }
  refuse(whyNotSlot(slot, ctx.now) satisfies AppointmentRefusal | null, 'slotId')
  refuseMoment(ctx, moment, { place, type }, { date: 'slotId', time: 'slotId' })
  return { ...slot, ...moment, slotId: slot.id }
}

/** Decisions C3 and C4, beside the field that chose the day or the hour. */
function refuseMoment(
  ctx: Context,
  moment: Moment,
  { place, type }: { place: BookablePlace; type: { allowedOnDaysOff: boolean } },
  field: { date: string; time: string },
): void {
  const { timeZone } = place.organization
  const reason = whyNotMoment(moment, { timeZone, departmentCode: place.departmentCode }, type, ctx.now)
  if (!reason) return
  const holiday = holidayOn(place.departmentCode, moment.date) ?? ''
  throw no(reason, reason === 'appointment.hour_outside' ? field.time : field.date, { holiday })
}

/** A day and an hour chosen freely: becomes a private slot of one seat. */
function seatAtFreeHour(
  ctx: Context<AgentActor>,
  input: BookingChoices,
  { place, type }: { place: BookablePlace; type: { allowedOnDaysOff: boolean } },
): Seat {
  const { date, time } = input
  const agendas = place.agendas.map((agenda) => agenda.id)
  const agendaId = input.agendaId ?? (agendas.length === 1 ? agendas[0] : undefined)
  if (!agendaId) throw no('appointment.agenda_missing', 'agendaId')
  if (!agendas.includes(agendaId)) throw no('appointment.agenda_missing', 'agendaId')
  if (!date) throw no('appointment.date_missing', 'date')
  if (!time) throw no('appointment.time_missing', 'time')
  refuseMoment(ctx, { date, time }, { place, type }, { date: 'date', time: 'time' })
  const startsAt = instantOf(date, time, place.organization.timeZone)
  return { slotId: null, agendaId, date, time, startsAt, durationMinutes: oneOffMinutes }
}

/** Same instant: refused. Overlapping another appointment: the agent may keep the hour (decision C2). */
async function refuseOtherAppointments(
  ctx: Context<AgentActor>,
  input: BookingChoices & { probationerId: number },
  seat: Seat,
): Promise<void> {
  const others = await overlappingAppointments(ctx, input.probationerId, seat)
  const field = seat.slotId ? 'slotId' : 'time'
  if (others.some((other) => other.startsAt.getTime() === seat.startsAt.getTime()))
    throw no('appointment.same_instant', field)
  const [other] = others
  if (other && !input.keepOverlap) {
    const { time } = civilOf(other.startsAt, other.organization.timeZone)
    throw no('appointment.overlap', 'keepOverlap', { other: `${other.place.name}, ${formatHour(time)}` })
  }
}

/** The person's other booked appointments that share time with a moment. */
export async function overlappingAppointments(
  ctx: Context,
  probationerId: number,
  moment: { startsAt: Date; durationMinutes: number },
) {
  const day = 24 * 60 * 60_000
  const near = await ctx.tx.appointment.findMany({
    where: {
      probationerId,
      state: 'booked',
      startsAt: {
        gt: new Date(moment.startsAt.getTime() - day),
        lt: new Date(moment.startsAt.getTime() + day),
      },
    },
    select: {
      startsAt: true,
      slot: { select: { durationMinutes: true } },
      place: { select: { name: true } },
      organization: { select: { timeZone: true } },
    },
    orderBy: { startsAt: 'asc' },
  })
  const end = moment.startsAt.getTime() + moment.durationMinutes * 60_000
  return near.filter(
    (other) =>
      other.startsAt.getTime() < end &&
      moment.startsAt.getTime() < other.startsAt.getTime() + other.slot.durationMinutes * 60_000,
  )
}

async function takeSeat(ctx: Context<AgentActor>, seat: Seat, typeCode: string): Promise<number> {
  if (seat.slotId) {
    await ctx.tx.slot.update({ where: { id: seat.slotId }, data: { seatsTaken: { increment: 1 } } })
    return seat.slotId
  }
  const { id } = await ctx.tx.slot.create({
    data: {
      agendaId: seat.agendaId,
      typeCode,
      date: dbDateOf(seat.date),
      startTime: seat.time,
      startsAt: seat.startsAt,
      durationMinutes: seat.durationMinutes,
      capacity: 1,
      seatsTaken: 1,
    },
    select: { id: true },
  })
  return id
}

async function create(
  ctx: Context<AgentActor>,
  data: Prisma.AppointmentUncheckedCreateInput,
): Promise<{ id: number }> {
  try {
    return await ctx.tx.appointment.create({ data, select: { id: true } })
  } catch (error) {
    // The partial unique index has the last word on "same person, same instant".
    if (violatesUnique(error, 'probationer_id', 'starts_at')) throw no('appointment.same_instant', 'time')
    throw error
  }
}
