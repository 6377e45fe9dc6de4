import * as z from 'zod'
import { recordAuditLines } from '../../audit/commands.server'
import { recordHistoryLines } from '../../history-entry/commands.server'
import { planGroupMessages } from '../../message/commands/plan.server'
import { textsOfBooking } from '../../message/queries/of-appointment.server'
import { refuseRelocated } from '../../place-relocation/queries/guard.sql.server'
import { canReceiveSms } from '../../probationer/rules'
import { refusalSentence } from '../../refusal-sentences'
import type { AgentActor } from '../../shared/actor'
import { civilOf, type CivilDate, type CivilTime } from '../../shared/civil-time'
import { preparedCommand, readableFields, type Fault } from '../../shared/command'
import type { Context } from '../../shared/context'
import { requestDigest } from '../../shared/digest.server'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../../shared/errors'
import { formatDay, formatHour } from '../../shared/french'
import { lock, lockKey } from '../../shared/lock.server'
import { canHaveAppointmentsAssigned } from '../../shared/rights'
import { violatesUnique } from '../../shared/unique.server'
import { appointmentRefusals } from '../fr'
import { mayBook, mayConvokeGroups } from '../policy'
import { whyNotMember } from '../queries/group.server'
import { groupFacts, sessionSlots } from '../queries/group.sql.server'
import { assignedAgentOf, oneOffMinutes } from '../rules'
import { bookGroupInput } from '../schema'
import { groupMade, insertGroup, type BookedMember } from './book-group.sql.server'
import { no, seatAtFreeHour } from './seat.server'

/** The appointments of a group, and when they are on the wall of their place. */
export interface BookedGroup {
  date: CivilDate
  time: CivilTime
  appointments: BookedMember[]
  /** How many of them are told by SMS. */
  told: number
}

/**
 * Convokes a group to one session: one hour, one place, an appointment a person with its messages. All or nobody:
 * each person who cannot be convoked is named with the reason. Persons added later to the same type, agenda and
 * hour join the session. As many statements for forty persons as for one. A double submit books once.
 *
 * @throws Refused on the field that a rule of booking says no to (decisions C1 to C8).
 * @throws ZodError on the persons it says no to, by their id.
 */
export const bookGroup = preparedCommand(
  bookGroupInput,
  // No lock keeps the texts: they are what they were at some instant of this act.
  (ctx: Context<AgentActor>, { placeId, typeCode }) => textsOfBooking(ctx, { placeId, typeCode }),
  async (ctx: Context<AgentActor>, input, texts): Promise<BookedGroup> => {
    assertAllowed(mayConvokeGroups(ctx.actor), 'convoke a group')
    const { typeCode, placeId, date, time, persons, requestKey } = input
    const digest = requestDigest(ctx, input)
    if (requestKey) await lockKey(ctx, requestKey)
    const made = requestKey && (await groupMade(ctx, requestKey))
    if (made && made.requestDigest !== digest) {
      const when = `${formatDay(made.date)} à ${formatHour(made.time)}`
      throw new Refused('appointment.already_booked', { when })
    }
    if (made)
      return {
        ...{ date: made.date, time: made.time, appointments: made.appointments },
        told: await toldOf(ctx, made.appointments),
      }
    if (!date) throw no('appointment.date_missing', 'date')
    if (!time) throw no('appointment.time_missing', 'time')

    // Two who add to one session add to one hour.
    await lockKey(ctx, `session ${placeId} ${typeCode} ${date} ${time}`)
    const sessions = await sessionSlots(ctx, { typeCode, placeId, date, time })
    const probationerIds = persons.map(({ probationerId }) => probationerId)
    await lock(
      ctx,
      { place: placeId, slot: sessions.map(({ id }) => id), probationer: probationerIds },
      { place: 'SHARE' },
    )
    const { members, ...facts } = await groupFacts(ctx, { typeCode, placeId, probationerIds })
    const place = orNotFound(facts.place, 'place')
    const type = orNotFound(facts.type, 'type')
    const agentId = assignedAgentOf(type, {
      id: ctx.actor.id,
      canHaveAppointmentsAssigned: canHaveAppointmentsAssigned(ctx.actor),
    })
    const { agendaId } = seatAtFreeHour(
      ctx,
      { ...input, durationMinutes: oneOffMinutes },
      { place, type, agentId },
    )
    const joined = sessions.find((session) => session.agendaId === agendaId)
    const slotId = joined?.id ?? null
    // Whoever joins a session stays as long as it lasts.
    const durationMinutes = joined?.durationMinutes ?? input.durationMinutes
    const free = seatAtFreeHour(ctx, { ...input, durationMinutes }, { place, type, agentId })
    await refuseRelocated(ctx, place.id, free.date, 'date')

    const faults = persons.flatMap(({ probationerId, keepOverlap }): Fault[] => {
      const member = members.find(({ id }) => id === probationerId)
      const why = whyNotMember(ctx, member, { type, place, seat: free, keepOverlap })
      if (!why) return []
      // What is wrong with the place or the type is so for everybody.
      if (why.field) throw new Refused(why.code, why.params, why.field)
      return [{ path: ['persons', String(probationerId)], message: refusalSentence(why) }]
    })
    if (faults.length > 0)
      throw new z.ZodError(faults.map((fault) => ({ code: 'custom', input: undefined, ...fault })))
    for (const person of members)
      assertAllowed(mayBook(ctx.actor, { probationer: person, type, place }), 'book an appointment')

    const reachable = members.filter(canReceiveSms)
    if (reachable.length > 0 && input.inform === null) throw no('appointment.inform_missing', 'inform')
    if (reachable.length > 0) refuseIf(texts.refusal, 'placeId')
    const informOf = (person: (typeof members)[number]) => (canReceiveSms(person) ? input.inform : null)
    const appointments = await insertGroup(ctx, {
      seat: { ...free, slotId },
      members: members.map((member) => ({ id: member.id, informed: informOf(member) === 'now' })),
      ...{ typeCode, organizationId: place.organizationId, placeId: place.id, agentId },
      ...{ requestKey, requestDigest: digest },
    }).catch((error: unknown) => {
      // The partial unique index has the last word on "same person, same instant".
      if (violatesUnique(error, 'probationer_id', 'starts_at')) throw no('appointment.same_instant', 'time')
      throw error
    })

    const zone = place.organization.timeZone
    const informs = new Map(members.map((member) => [member.id, informOf(member)]))
    await recordHistoryLines(
      ctx,
      { category: 'appointment', event: 'appointment.booked' },
      appointments.map(({ id, probationerId }) => ({
        probationerId,
        appointmentId: id,
        data: {
          ...civilOf(free.startsAt, zone),
          ...{ place: place.name, typeCode, inform: informs.get(probationerId) ?? null },
        },
      })),
    )
    await recordAuditLines(
      ctx,
      { action: 'create', subject: 'appointment' },
      appointments.map(({ id, probationerId }) => ({ subjectId: id, probationerId })),
    )
    const told = new Set(reachable.map(({ id }) => id))
    await planGroupMessages(
      ctx,
      appointments
        .filter(({ probationerId }) => told.has(probationerId))
        .map((appointment) => ({ ...appointment, version: 1 })),
      {
        act: 'booking',
        meeting: { date: free.date, time: free.time, zone },
        informNow: input.inform === 'now',
        reachable: true,
        reminderHours: texts.reminderHours,
      },
    )
    return { date: free.date, time: free.time, appointments, told: await toldOf(ctx, appointments) }
  },
  {
    /** The day and the hour that are missing, beside what else is. */
    faultsOf: (_ctx, raw) => {
      const typed = readableFields(bookGroupInput, raw)
      return (['date', 'time'] as const).flatMap((field): Fault[] =>
        typed[field] === null
          ? [{ path: [field], message: appointmentRefusals[`appointment.${field}_missing`] }]
          : [],
      )
    },
  },
)

async function toldOf(ctx: Context, appointments: readonly BookedMember[]): Promise<number> {
  const told = await ctx.tx.message.groupBy({
    by: ['appointmentId'],
    where: { appointmentId: { in: appointments.map(({ id }) => id) } },
  })
  return told.length
}
