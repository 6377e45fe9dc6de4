import { Prisma } from '@prisma/client'
import * as z from 'zod'
import { previewChoices, type PreviewedMessage } from '../../message/queries/of-appointment.server'
import { bookablePlace } from '../../place/queries/bookable.server'
import { convokablePerson, type ListedPerson } from '../../probationer/queries/list.sql.server'
import { mayOnProbationer, seesProbationer } from '../../probationer/policy'
import { canReceiveSms, recordFaults, whyNotEditable, whyUnreachable } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import {
  civilDate,
  civilDateFromDb,
  civilOf,
  civilTime,
  dbDateOf,
  instantOf,
  type CivilDate,
  type CivilTime,
} from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { orNotFound } from '../../shared/errors'
import { id, optionalId } from '../../shared/fields'
import { holidayOn } from '../../shared/holidays'
import { rowsOf } from '../../shared/prepared.server'
import type { AppointmentRefusal } from '../fr'
import { expectedThatDay, overlapping, whenExpected } from './overlapping.server'
import { appointmentToMove } from './reschedule.server'
import { freeHours, whyNotDay, whyNotMoment } from '../rules'
import { sessionLasts } from '../schema'

export const bookingPreviewInput = z.object({
  probationerId: optionalId,
  typeCode: z.string().max(60),
  placeId: id,
  agendaId: optionalId,
  slotId: optionalId,
  date: civilDate.nullish(),
  time: civilTime.nullish(),
  inform: z.enum(['now', 'reminder_only']).nullish(),
  durationMinutes: sessionLasts,
  /** One that is given another date: its person, place and type, for whoever may move it. */
  appointmentId: optionalId,
})

/**
 * What booking this would do: the rule that refuses the moment, the appointment it overlaps, the hours
 * already taken that day in the agenda, and each SMS as it would leave.
 */
export const bookingPreview = query(bookingPreviewInput, async (ctx: Context<AgentActor>, input) => {
  const { act, place, type, typeCode, person, record, durationMinutes } = await (input.appointmentId
    ? movedSubject(ctx, input.appointmentId)
    : bookedSubject(ctx, input))
  const moment = await momentOf(ctx, { ...input, durationMinutes, typeCode, placeId: place.id })
  const reachable = person === null || canReceiveSms(person)
  const refusal: AppointmentRefusal | null =
    moment &&
    (moment.time
      ? whyNotMoment({ date: moment.date, time: moment.time }, place, type, ctx.now)
      : whyNotDay(moment.date, place, type))
  const complete = moment?.time && !refusal ? { date: moment.date, time: moment.time } : null
  const startsAt = complete && instantOf(complete.date, complete.time, place.timeZone)
  const [expected, texts, day] = await Promise.all([
    moment && person ? whenExpected(ctx, person.id, input.appointmentId) : [],
    complete && reachable ? previewChoices(ctx, { act, typeCode, placeId: place.id, ...complete }) : null,
    moment && input.agendaId && !input.slotId && !whyNotDay(moment.date, place, type)
      ? dayOf(ctx, { agendaId: input.agendaId, place }, moment)
      : null,
  ])
  const [other] = startsAt
    ? overlapping(expected, { startsAt, durationMinutes: moment?.durationMinutes ?? durationMinutes })
    : []
  const seen = person !== null && seesProbationer(ctx.actor, person)
  const textRefusal = texts?.refusal ?? null
  const choices = { now: texts?.now ?? [], reminder_only: texts?.reminder_only ?? [] }
  return {
    moment: complete,
    refusal,
    holiday: moment && holidayOn(place.departmentCode, moment.date),
    overlap: other
      ? {
          // Beyond the jurisdiction neither where nor when is said (decision P2).
          at: seen ? { placeName: other.placeName, ...civilOf(other.startsAt, other.timeZone) } : null,
          sameInstant: other.startsAt.getTime() === startsAt?.getTime(),
        }
      : null,
    /** Of whoever is convoked from a list: what their record lacks, and whether an SMS reaches them. */
    record,
    /** Where else the person is expected that day, at whatever hour. */
    sameDay: moment && seen ? expectedThatDay(expected, moment.date) : [],
    day,
    /** A datum that the texts ask for and the place has not. */
    textRefusal,
    messages: choices[input.inform ?? 'reminder_only'],
    /** Which reminders each choice plans: its words, and why one has none. */
    choices:
      complete && !textRefusal
        ? { now: remindersOf(choices.now), reminder_only: remindersOf(choices.reminder_only) }
        : null,
  }
})

const remindersOf = (messages: readonly PreviewedMessage[]) =>
  messages
    .filter(({ kind }) => kind === 'reminder')
    .map(({ reminderHours, leavesNow }) => ({ reminderHours, leavesNow }))

type Input = z.output<typeof bookingPreviewInput>

/** Who would be convoked, where and for what. An overlap says something of the person: only to who may convoke them. */
async function bookedSubject(
  ctx: Context<AgentActor>,
  { placeId, typeCode, probationerId, durationMinutes }: Input,
) {
  const [place, found, person] = await Promise.all([
    bookablePlace(ctx, placeId, typeCode),
    ctx.tx.appointmentType.findUnique({ where: { code: typeCode } }),
    probationerId ? convokablePerson(ctx, probationerId) : null,
  ])
  const type = orNotFound(found, 'type')
  const known = probationerId ? orNotFound(person, 'probationer') : null
  return {
    act: 'booking' as const,
    ...{ place, type, typeCode, durationMinutes },
    person: known,
    record: known && recordOf(ctx, known, place),
  }
}

/** What the page of a known person says of their record before it books. */
function recordOf(
  { actor, now }: Context<AgentActor>,
  person: ListedPerson,
  place: { organizationId: number },
) {
  const { date: today } = civilOf(now, actor.organization.timeZone)
  const dateOfBirth = person.dateOfBirth === null ? null : dbDateOf(person.dateOfBirth)
  return {
    followedHere: person.followingOrganizationIds.includes(place.organizationId),
    recordFaults: actor.role === 'central_admin' ? [] : recordFaults({ ...person, dateOfBirth }, today),
    mayEdit: whyNotEditable(person) === null && mayOnProbationer(actor, 'edit', person),
    unreachable: whyUnreachable(person),
    /** Of somebody beyond the jurisdiction, nothing is said of their number. */
    phoneToCheck: person.phoneState === 'to_check' && seesProbationer(actor, person),
  }
}

/** The same of an appointment that is given another date. */
async function movedSubject(ctx: Context<AgentActor>, appointmentId: number) {
  const { place, type, typeCode, probationer, slot } = await appointmentToMove(ctx, appointmentId)
  return {
    ...{ act: 'rescheduling' as const, place, type, typeCode, person: probationer, record: null },
    /** It lasts as long as before. */
    durationMinutes: slot.durationMinutes,
  }
}

async function momentOf(ctx: Context, input: Input) {
  if (!input.slotId)
    return input.date
      ? { date: input.date, time: input.time ?? null, durationMinutes: input.durationMinutes }
      : null
  const slot = await ctx.tx.slot.findFirst({
    where: { id: input.slotId, typeCode: input.typeCode, agenda: { placeId: input.placeId } },
    select: { date: true, startTime: true, durationMinutes: true },
  })
  return slot && { ...slot, date: civilDateFromDb(slot.date), time: slot.startTime }
}

/** The day of an agenda: hours taken and hours free. Hours only, nobody's name. */
async function dayOf(
  ctx: Context,
  { agendaId, place }: { agendaId: number; place: { id: number; timeZone: string } },
  { date, durationMinutes }: { date: CivilDate; durationMinutes: number },
) {
  const taken = await rowsOf<{ startTime: CivilTime; durationMinutes: number }>(
    ctx,
    Prisma.sql`
      SELECT start_time AS "startTime", duration_minutes AS "durationMinutes" FROM slot
       WHERE agenda_id = (SELECT id FROM agenda WHERE id = ${agendaId} AND place_id = ${place.id})
         AND date = ${date}::date AND seats_taken > 0
       ORDER BY start_time LIMIT 100`,
  )
  const now = civilOf(ctx.now, place.timeZone)
  return {
    taken: [...new Set(taken.map((slot) => slot.startTime))],
    free: freeHours(taken, durationMinutes).filter((time) => date > now.date || time > now.time),
  }
}
