import { Prisma } from '@prisma/client'
import * as z from 'zod'
import { previewChoices, type PreviewedMessage } from '../../message/queries/of-appointment.server'
import { bookablePlace } from '../../place/queries/bookable.server'
import { convokablePerson } from '../../probationer/queries/list.sql.server'
import { seesProbationer } from '../../probationer/policy'
import { canReceiveSms } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import {
  civilDate,
  civilDateFromDb,
  civilOf,
  civilTime,
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
import { overlappingAppointments } from './overlapping.server'
import { freeHours, oneOffMinutes, whyNotDay, whyNotMoment } from '../rules'

export const bookingPreviewInput = z.object({
  probationerId: optionalId,
  typeCode: z.string().max(60),
  placeId: id,
  agendaId: optionalId,
  slotId: optionalId,
  date: civilDate.nullish(),
  time: civilTime.nullish(),
  inform: z.enum(['now', 'reminder_only']).nullish(),
})

/**
 * What booking this would do: the rule that refuses the moment, the appointment it overlaps, the hours
 * already taken that day in the agenda, and each SMS as it would leave.
 */
export const bookingPreview = query(bookingPreviewInput, async (ctx: Context<AgentActor>, input) => {
  const [place, found, person, moment] = await Promise.all([
    bookablePlace(ctx, input.placeId, input.typeCode),
    ctx.tx.appointmentType.findUnique({ where: { code: input.typeCode } }),
    input.probationerId ? personOf(ctx, input.probationerId) : null,
    momentOf(ctx, input),
  ])
  const type = orNotFound(found, 'type')
  const reachable = person === null || canReceiveSms(person)
  const refusal: AppointmentRefusal | null =
    moment &&
    (moment.time
      ? whyNotMoment({ date: moment.date, time: moment.time }, place, type, ctx.now)
      : whyNotDay(moment.date, place, type))
  const complete = moment?.time && !refusal ? { date: moment.date, time: moment.time } : null
  const startsAt = complete && instantOf(complete.date, complete.time, place.timeZone)
  const [[other], texts, day] = await Promise.all([
    startsAt && input.probationerId
      ? overlappingAppointments(ctx, input.probationerId, {
          startsAt,
          durationMinutes: moment?.durationMinutes ?? oneOffMinutes,
        })
      : [],
    complete && reachable ? previewChoices(ctx, { ...input, ...complete }) : null,
    moment && input.agendaId && !input.slotId
      ? dayOf(ctx, { agendaId: input.agendaId, place }, moment.date)
      : null,
  ])
  const textRefusal = texts?.refusal ?? null
  const choices = { now: texts?.now ?? [], reminder_only: texts?.reminder_only ?? [] }
  return {
    moment: complete,
    refusal,
    holiday: moment && holidayOn(place.departmentCode, moment.date),
    overlap: other
      ? {
          // Beyond the jurisdiction neither where nor when is said (decision P2).
          at:
            person && seesProbationer(ctx.actor, person)
              ? { placeName: other.placeName, ...civilOf(other.startsAt, other.timeZone) }
              : null,
          sameInstant: other.startsAt.getTime() === startsAt?.getTime(),
        }
      : null,
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

/** An overlap says something of the person: shown only to agents who may convoke them. */
const personOf = async (ctx: Context<AgentActor>, probationerId: number) =>
  orNotFound(await convokablePerson(ctx, probationerId), 'probationer')

async function momentOf(ctx: Context, input: z.output<typeof bookingPreviewInput>) {
  if (!input.slotId)
    return input.date ? { date: input.date, time: input.time ?? null, durationMinutes: oneOffMinutes } : null
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
  date: CivilDate,
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
    free: freeHours(taken).filter((time) => date > now.date || time > now.time),
  }
}
