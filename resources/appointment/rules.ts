import { isBookableBy, isLeftAlone, type AppointmentTypeFacts } from '../appointment-type/policy'
import type { ProbationerFacts } from '../probationer/policy'
import { recordFaults, whyNotConvokable } from '../probationer/rules'
import type { AgentActor, OrganizationKind, Role } from '../shared/actor'
import {
  addMonths,
  civilOf,
  instantOf,
  isWeekend,
  minutesOf,
  type CivilDate,
  type CivilTime,
} from '../shared/civil-time'
import { holidayOn } from '../shared/holidays'
import { canHaveAppointmentsAssigned } from '../shared/rights'

const settledStates = ['attended', 'missed', 'excused', 'cancelled', 'rescheduled'] as const
type SettledState = (typeof settledStates)[number]
export type AppointmentState = 'booked' | SettledState

/** People are received between these hours, local to the place (decision C3). */
const earliestHour: CivilTime = '06:00'
const latestHour: CivilTime = '21:00'
/** Who comes at the last hour is received as long as anybody. In minutes since midnight. */
export const latestEnd = 21 * 60 + 30
export const isReceivingHour = (time: CivilTime) => time >= earliestHour && time <= latestHour

/** Types for which a group comes together. */
export const collectiveTypes = ['course', 'group_session'] as const
export type CollectiveType = (typeof collectiveTypes)[number]
export const isCollective = (code: string): code is CollectiveType =>
  collectiveTypes.some((type) => type === code)

/** As many as one room receives, and one transaction holds. */
export const mostInGroup = 40
/** Two at one hour are already a group. */
export const fewestInGroup = 2

/** How long a one-off slot lasts, in minutes. */
export const oneOffMinutes = 30

/** How long a collective session may last, in minutes. */
export const sessionMinutes = [oneOffMinutes, 45, 60, 90, 120] as const
export type SessionMinutes = (typeof sessionMinutes)[number]

export interface Moment {
  date: CivilDate
  time: CivilTime
}

export interface PlaceCalendar {
  timeZone: string
  departmentCode: string
}

/**
 * Why nobody can be convoked at that moment, in that place, for that type: decisions C3 and C4. The
 * day off is that of the place's territory.
 */
export function whyNotMoment(
  moment: Moment,
  place: PlaceCalendar,
  type: { allowedOnDaysOff: boolean },
  now: Date,
):
  | 'appointment.hour_outside'
  | 'appointment.past'
  | 'appointment.too_far'
  | 'appointment.weekend'
  | 'appointment.holiday'
  | null {
  if (!isReceivingHour(moment.time)) return 'appointment.hour_outside'
  if (instantOf(moment.date, moment.time, place.timeZone) <= now) return 'appointment.past'
  const today = civilOf(now, place.timeZone).date
  if (moment.date > addMonths(today, 12)) return 'appointment.too_far'
  return whyNotDay(moment.date, place, type)
}

/** What of it is known before the hour: the day off. */
export function whyNotDay(
  date: CivilDate,
  { departmentCode }: Pick<PlaceCalendar, 'departmentCode'>,
  type: { allowedOnDaysOff: boolean },
): 'appointment.weekend' | 'appointment.holiday' | null {
  if (type.allowedOnDaysOff) return null
  if (isWeekend(date)) return 'appointment.weekend'
  return holidayOn(departmentCode, date) ? 'appointment.holiday' : null
}

/** What booking depends on before the hour is looked at. */
export interface Bookable {
  person: ProbationerFacts & Parameters<typeof recordFaults>[0]
  type: AppointmentTypeFacts & { requiredHostKind: OrganizationKind | null }
  place: {
    organizationId: number
    organization: { kind: OrganizationKind }
    appointmentTypes: readonly { typeCode: string }[]
  }
}

/** Why this person cannot be convoked for this type to this place, whatever the hour, and beside which choice. */
export function whyNotBookable(
  actor: AgentActor,
  { person, type, place }: Bookable,
  today: CivilDate,
): { reason: BookingRefusal; field?: 'typeCode' | 'placeId' } | null {
  const convokable = whyNotConvokable(actor, person)
  if (convokable) return { reason: convokable }
  if (actor.role !== 'central_admin' && recordFaults(person, today).length > 0)
    return { reason: 'probationer.record_incomplete' }
  if (isLeftAlone(actor, type.code)) return { reason: 'appointment.left_alone', field: 'typeCode' }
  if (!isBookableBy(actor, type)) return { reason: 'appointment.type_not_offered', field: 'typeCode' }
  const hosted = place.appointmentTypes.some(({ typeCode }) => typeCode === type.code)
  if (!hosted || (type.requiredHostKind && type.requiredHostKind !== place.organization.kind))
    return { reason: 'appointment.type_not_hosted', field: 'placeId' }
  return person.followingOrganizationIds.includes(place.organizationId)
    ? null
    : { reason: 'appointment.place_not_following', field: 'placeId' }
}

type BookingRefusal =
  | NonNullable<ReturnType<typeof whyNotConvokable>>
  | 'probationer.record_incomplete'
  | 'appointment.left_alone'
  | 'appointment.type_not_offered'
  | 'appointment.type_not_hosted'
  | 'appointment.place_not_following'

export interface SlotSeats {
  isOpen: boolean
  seatsTaken: number
  capacity: number
  startsAt: Date
}

export function seatsLeft(slot: Pick<SlotSeats, 'seatsTaken' | 'capacity'>): number {
  return Math.max(slot.capacity - slot.seatsTaken, 0)
}

/** Why no seat of a published slot can be taken: decision C1. */
export function whyNotSlot(
  slot: SlotSeats,
  now: Date,
): 'appointment.slot_past' | 'appointment.slot_closed' | 'appointment.slot_full' | null {
  if (slot.startsAt <= now) return 'appointment.slot_past'
  if (!slot.isOpen) return 'appointment.slot_closed'
  return seatsLeft(slot) === 0 ? 'appointment.slot_full' : null
}

/** Usual hours of a day, lunch left out, every half hour. */
const usualHours = ['09', '10', '11', '14', '15', '16'].flatMap((hour) => [`${hour}:00`, `${hour}:30`])

/** The usual hours at which so many minutes touch none of these. */
export function freeHours(
  taken: readonly { startTime: CivilTime; durationMinutes: number }[],
  minutes: number,
): CivilTime[] {
  return usualHours.filter((hour) => {
    const start = minutesOf(hour)
    return taken.every(({ startTime, durationMinutes }) => {
      const other = minutesOf(startTime)
      return other + durationMinutes <= start || start + minutes <= other
    })
  })
}

/** The agent the appointment is assigned to: whoever books it, for the types that are theirs. */
export function assignedAgentOf(
  type: { assignedToBooker: boolean },
  booker: { id: number; canHaveAppointmentsAssigned: boolean },
): number | null {
  return type.assignedToBooker && booker.canHaveAppointmentsAssigned ? booker.id : null
}

type SettledRefusal = `appointment.already_${SettledState}`

/** What became of it says why nothing more is done of it. */
const settledAs = (state: SettledState): SettledRefusal => `appointment.already_${state}`

const settledRefusals: readonly string[] = settledStates.map(settledAs)
/** Whether an act was refused because somebody had done another before. */
export const isSettledSince = (code: string | undefined): boolean =>
  code !== undefined && settledRefusals.includes(code)

/** Only what is booked and to come is cancelled, or given another date. */
export function whyNotCancellable(
  appointment: { state: AppointmentState; startsAt: Date },
  now: Date,
): SettledRefusal | 'appointment.already_past' | null {
  if (appointment.state !== 'booked') return settledAs(appointment.state)
  return appointment.startsAt <= now ? 'appointment.already_past' : null
}

/** Attended and missed are known afterwards; an excuse may be given before. */
export function whyNotOutcome(
  appointment: { state: AppointmentState; startsAt: Date },
  outcome: 'attended' | 'missed' | 'excused',
  now: Date,
): SettledRefusal | 'appointment.not_yet' | null {
  if (appointment.state !== 'booked') return settledAs(appointment.state)
  return outcome !== 'excused' && appointment.startsAt > now ? 'appointment.not_yet' : null
}

/** Whoever did not come, or was excused, may be convoked again with what was said. */
export const isReconvenable = (state: AppointmentState): boolean => state === 'missed' || state === 'excused'

/** Whether an agent, of whom an appointment was, would still receive for that service. */
export const stillReceives = (
  agent: { organizationId: number; deletedAt: Date | null; role: Role },
  host: { id: number; kind: OrganizationKind },
): boolean =>
  agent.deletedAt === null &&
  agent.organizationId === host.id &&
  canHaveAppointmentsAssigned({ role: agent.role, organization: host })

/** Only an outcome is taken back: a cancelled or rescheduled appointment stays so. */
export function whyNotUndo(appointment: { state: AppointmentState }): 'appointment.no_outcome' | null {
  return ['attended', 'missed', 'excused'].includes(appointment.state) ? null : 'appointment.no_outcome'
}

/** What is to be mended before an appointment (an SMS that did not arrive, no mobile) is shown this long ahead. */
export const attentionDays = 14

/** Prompts stop after six months; recording stays possible (decision C5). */
export const outcomePromptMonths = 6
