import * as z from 'zod'
import { recordAudit } from '../../audit/commands.server'
import { closuresOfPlace } from '../../closure/queries/of-place.server'
import { cellsOfBooking, writeCells, type Cell } from '../../custom-column/commands/fill.server'
import { recordHistory } from '../../history-entry/commands.server'
import { planMessages } from '../../message/commands/plan.server'
import { textsOfBooking } from '../../message/queries/of-appointment.server'
import { refuseRelocated } from '../../place-relocation/queries/guard.sql.server'
import { changeFollowUp } from '../../probationer/commands/follow-up.server'
import { registerProbationer } from '../../probationer/commands/register.server'
import { seesProbationer } from '../../probationer/policy'
import { personFaults } from '../../probationer/commands/typed-person.server'
import { canReceiveSms } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import { civilOf, type CivilDate, type CivilTime } from '../../shared/civil-time'
import { command, preparedCommand, readableFields, type Fault } from '../../shared/command'
import type { Context } from '../../shared/context'
import { requestDigest } from '../../shared/digest.server'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../../shared/errors'
import { formatDay, formatHour } from '../../shared/french'
import { lock, lockKey } from '../../shared/lock.server'
import { canFollowProbationers, canHaveAppointmentsAssigned } from '../../shared/rights'
import { violatesUnique } from '../../shared/unique.server'
import { appointmentRefusals, type AppointmentRefusal } from '../fr'
import { appointmentsVisibleTo, mayBook, stands } from '../policy'
import { assignedAgentOf, isReconvenable, stillReceives, whyNotBookable } from '../rules'
import { bookAppointmentInput, bookingChoices, registerAndBookInput } from '../schema'
import { bookedType, bookingFacts, insertAppointment } from './book.sql.server'
import { no, refuseOtherAppointments, seatAtFreeHour, seatInSlot, type HostPlace } from './seat.server'

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
 * @throws Refused on the field that a rule of booking says no to (decisions C1 to C8).
 */
export const bookAppointment = preparedCommand(
  bookAppointmentInput,
  // No lock keeps the texts: they are what they were at some instant of this act.
  (ctx: Context<AgentActor>, { placeId, typeCode }) => textsOfBooking(ctx, { placeId, typeCode }),
  async (ctx: Context<AgentActor>, input, texts): Promise<Booked> => {
    assertAllowed(ctx.actor.charterAccepted, 'book before the charter')
    const digest = requestDigest(ctx, input)
    if (input.requestKey) await lockKey(ctx, input.requestKey)
    const { placeId, slotId: chosen, probationerId } = input
    // Nobody is convoked to a place that is being archived; others book there meanwhile.
    await lock(ctx, { place: placeId, slot: chosen ?? [], probationer: probationerId }, { place: 'SHARE' })
    const { made, type, expected, ...facts } = await bookingFacts(ctx, input)
    if (made && made.requestDigest !== digest) {
      const when = `${formatDay(made.date)} à ${formatHour(made.time)}`
      throw new Refused('appointment.already_booked', { when })
    }
    if (made) return { id: made.id, date: made.date, time: made.time }
    const person = orNotFound(facts.person, 'probationer')
    if (!type) throw no('appointment.type_not_offered', 'typeCode')
    const place = orNotFound(facts.place, 'place')

    // Said before the right is tested: these are choices the agent can change.
    const unbookable = whyNotBookable(ctx.actor, { person, type, place }, today(ctx))
    refuseIf(unbookable?.reason, unbookable?.field)
    assertAllowed(mayBook(ctx.actor, { probationer: person, type, place }), 'book an appointment')

    const before = input.reconvenesId
      ? await missedBefore(ctx, input.reconvenesId, { ...input, place })
      : null
    const cells = await cellsOfBooking(ctx, { typeCode: type.code, place, person, cells: input.cells })
    const reachable = canReceiveSms(person)
    if (reachable && input.inform === null) throw no('appointment.inform_missing', 'inform')
    if (reachable) refuseIf(texts.refusal, 'placeId')
    const zone = place.organization.timeZone
    const agentId =
      before?.agentId ??
      assignedAgentOf(type, {
        id: ctx.actor.id,
        canHaveAppointmentsAssigned: canHaveAppointmentsAssigned(ctx.actor),
      })
    const seat = type.usesPublishedSlots
      ? await seatInSlot(ctx, input, { place, type })
      : seatAtFreeHour(ctx, input, { place: await withAbsencesOf(ctx, place, agentId), type, agentId })
    await refuseRelocated(ctx, place.id, seat.date, type.usesPublishedSlots ? 'slotId' : 'date')
    const seen = seesProbationer(ctx.actor, person)
    refuseOtherAppointments({ ...input, seen }, seat, expected)

    const id = await create(ctx, seat, {
      probationerId: person.id,
      typeCode: type.code,
      organizationId: place.organizationId,
      placeId: place.id,
      startsAt: seat.startsAt,
      agentId,
      prosecutionNumber: type.asksProsecutionNumber ? input.prosecutionNumber : null,
      informedAtBooking: reachable && input.inform === 'now',
      requestKey: input.requestKey,
      requestDigest: digest,
      creatingOrganizationId: ctx.actor.organization.id,
      rescheduledFromId: null,
      reconvenesId: input.reconvenesId,
    })
    await writeCells(ctx, id, withCellsOf(before, cells))
    if (input.assignToMe && person.assignedAgentId === null && canFollowProbationers(ctx.actor)) {
      await changeFollowUp(ctx, person.id, { assignedAgentId: ctx.actor.id }, 'probationer.assigned')
    }

    await recordHistory(ctx, {
      probationerId: person.id,
      appointmentId: id,
      category: 'appointment',
      event: 'appointment.booked',
      data: {
        ...civilOf(seat.startsAt, zone),
        place: place.name,
        typeCode: type.code,
        inform: reachable ? input.inform : null,
      },
    })
    await recordAudit(ctx, {
      action: 'create',
      subject: 'appointment',
      subjectId: id,
      probationerId: person.id,
    })
    await planMessages(
      ctx,
      { id, probationerId: person.id, version: 1 },
      {
        act: 'booking',
        meeting: { date: seat.date, time: seat.time, zone },
        informNow: reachable && input.inform === 'now',
        reachable,
        reminderHours: texts.reminderHours,
      },
    )
    return { id, date: seat.date, time: seat.time }
  },
  { faultsOf: momentFaults },
)

/** Registers a person and convokes them, both or neither. */
export const registerAndBook = command(
  registerAndBookInput,
  async (ctx: Context<AgentActor>, input) => {
    const person = await registerProbationer(ctx, input.probationer)
    const appointment = await bookAppointment(ctx, { ...input.appointment, probationerId: person.id })
    return { ...appointment, probationerId: person.id, inJurisdiction: person.inJurisdiction }
  },
  {
    faultsOf: async (ctx, raw) => {
      const { probationer, appointment } = z
        .object({ probationer: z.unknown(), appointment: z.unknown() })
        .catch({ probationer: {}, appointment: {} })
        .parse(raw)
      const under = (name: string) => (fault: Fault) => ({ ...fault, path: [name, ...fault.path] })
      return [
        ...personFaults(ctx, probationer).map(under('probationer')),
        ...(await momentFaults(ctx, appointment)).map(under('appointment')),
      ]
    },
  },
)

/** What is missing of the moment, by the type: a slot, or a day and an hour. */
async function momentFaults(ctx: Context<AgentActor>, raw: unknown): Promise<Fault[]> {
  const { typeCode, ...moment } = readableFields(bookingChoices, raw)
  const type = typeCode && (await bookedType(ctx, typeCode))
  if (!type) return []
  const missing = (field: 'slotId' | 'date' | 'time', reason: AppointmentRefusal): Fault[] =>
    moment[field] === null ? [{ path: [field], message: appointmentRefusals[reason] }] : []
  return type.usesPublishedSlots
    ? missing('slotId', 'appointment.slot_missing')
    : [...missing('date', 'appointment.date_missing'), ...missing('time', 'appointment.time_missing')]
}

/**
 * What a new date keeps of the appointment that was missed or excused: who receives, when they still do there, and
 * the columns, which are of its type.
 */
async function missedBefore(
  ctx: Context<AgentActor>,
  id: number,
  {
    probationerId,
    typeCode,
    place,
  }: { probationerId: number; typeCode: string; place: { id: number; organizationId: number } },
) {
  const before = orNotFound(
    await ctx.tx.appointment.findFirst({
      where: { AND: [{ id, probationerId }, appointmentsVisibleTo(ctx.actor)] },
      select: {
        state: true,
        typeCode: true,
        placeId: true,
        agent: { select: { id: true, organizationId: true, deletedAt: true, role: true } },
        organization: { select: { id: true, kind: true } },
        customColumnValues: { select: { customColumnId: true, value: true } },
        reconvenedAs: { where: stands, select: { id: true } },
      },
    }),
    'appointment',
  )
  if (!isReconvenable(before.state)) throw no('appointment.not_missed', 'reconvenesId')
  // The person is locked: of two at once, the second reads the first.
  if (before.reconvenedAs.length > 0) throw no('appointment.already_reconvened', 'reconvenesId')
  if (before.typeCode !== typeCode) return null
  const { agent, organization, customColumnValues } = before
  const receives = before.placeId === place.id && agent !== null && stillReceives(agent, organization)
  return {
    agentId: receives ? agent.id : null,
    // Those of another service are of another court.
    cells: organization.id === place.organizationId ? customColumnValues : [],
  }
}

/** A place with the absences of whoever receives there: those of the booker are read with it. */
const withAbsencesOf = async (ctx: Context<AgentActor>, place: HostPlace, agentId: number | null) =>
  agentId === null || agentId === ctx.actor.id
    ? place
    : {
        ...place,
        closures: await closuresOfPlace(
          ctx,
          place.id,
          civilOf(ctx.now, place.organization.timeZone).date,
          agentId,
        ),
      }

/** What is typed now, and of the columns that the form does not ask, what was there before. */
const withCellsOf = (before: Awaited<ReturnType<typeof missedBefore>>, typed: readonly Cell[]): Cell[] => [
  ...typed,
  ...(before?.cells ?? []).filter(
    ({ customColumnId }) => !typed.some((cell) => cell.customColumnId === customColumnId),
  ),
]

const today = (ctx: Context<AgentActor>) => civilOf(ctx.now, ctx.actor.organization.timeZone).date

async function create(...appointment: Parameters<typeof insertAppointment>): Promise<number> {
  try {
    return await insertAppointment(...appointment)
  } catch (error) {
    // The partial unique index has the last word on "same person, same instant".
    if (violatesUnique(error, 'probationer_id', 'starts_at')) throw no('appointment.same_instant', 'time')
    throw error
  }
}
