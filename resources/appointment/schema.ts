import * as z from 'zod'
import { civilDate, civilTime } from '../shared/civil-time'
import {
  checkbox,
  choice,
  emptyAsNull,
  id,
  optionalChoiceOfRow,
  optionalId,
  optionalText,
  reference,
  requestKey,
} from '../shared/fields'
import { cellsInput } from '../custom-column/schema'
import { registerProbationerInput } from '../probationer/schema'
import { collectiveTypes, mostInGroup, oneOffMinutes, sessionMinutes } from './rules'

const typeCode = z
  .string({ error: 'Choisissez le type de convocation.' })
  .min(1, 'Choisissez le type de convocation.')
  .max(60)

/** What an agent chooses to convoke someone, whoever it is. */
export const bookingChoices = z.object({
  typeCode,
  placeId: reference('places', 'Choisissez le lieu.'),
  agendaId: optionalId,
  /** Types with published slots. */
  slotId: optionalId,
  /** The other types: a civil day and hour of the place. */
  date: emptyAsNull(civilDate),
  time: emptyAsNull(civilTime),
  prosecutionNumber: optionalText(40),
  /** The missed or excused appointment this one comes after, whose agent and columns it keeps. */
  reconvenesId: optionalId,
  /** What the court asks of those who leave a hearing. */
  cells: cellsInput,
  /** Null when the question was not asked: the person cannot receive SMS. */
  inform: z
    .enum(['now', 'reminder_only'], { error: 'Choisissez quels SMS envoyer.' })
    .nullish()
    .transform((choice) => choice ?? null),
  assignToMe: checkbox,
  /** The agent saw that the person is expected elsewhere at that time, and keeps the hour. */
  keepOverlap: checkbox,
  requestKey,
})

export const bookAppointmentInput = bookingChoices.extend({ probationerId: id })

const tooMany = `${mostInGroup} personnes au plus à la fois.`

/** How long a session lasts: as any appointment does without it. */
export const sessionDuration = z
  .literal([...sessionMinutes], 'Choisissez une durée\u00a0: 30 ou 45 minutes, 1 h, 1 h 30 ou 2 h.')
  .prefault(oneOffMinutes)

/** The same in a reading: a session that the group joins may last otherwise, a day of work at most. */
export const sessionLasts = z.number().int().min(1).max(480).prefault(oneOffMinutes)

/** A group, as the page that makes it up asks for it. */
export const memberIds = z.array(id).max(mostInGroup, tooMany)

/** Several persons, one session. */
export const bookGroupInput = z.object({
  typeCode: choice(collectiveTypes, 'Choisissez une action collective ou un stage.'),
  ...bookingChoices.pick({ placeId: true, agendaId: true, date: true, time: true, inform: true }).shape,
  durationMinutes: sessionDuration,
  persons: z
    .array(
      z.object({
        probationerId: id,
        /** The agent saw that this person is expected elsewhere at that time, and keeps the hour. */
        keepOverlap: checkbox,
      }),
      { error: 'Ajoutez au moins une personne.' },
    )
    .min(1, 'Ajoutez au moins une personne.')
    .max(mostInGroup, tooMany)
    // Named twice, they are convoked once.
    .transform((persons) => [...new Map(persons.map((person) => [person.probationerId, person])).values()]),
  requestKey,
})

/** "Enregistrer et convoquer": one page, one act. */
export const registerAndBookInput = z.object({
  probationer: registerProbationerInput,
  appointment: bookingChoices,
})

export const appointmentIdInput = z.object({ appointmentId: id })

/** Recording what happened; `inform` answers "prévenir la personne par SMS ?" of a missed appointment. */
export const recordOutcomeInput = z.object({
  appointmentId: id,
  outcome: choice(['attended', 'missed', 'excused'], 'Choisissez l’issue.'),
  inform: checkbox,
})

/** As many lines as a list shows; the same one twice is one. */
const appointmentIds = z
  .array(id)
  .min(1, 'Choisissez au moins une convocation.')
  .max(100, '100 convocations au plus à la fois.')
  .transform((ids) => [...new Set(ids)])

export const recordOutcomesInput = z.object({
  appointmentIds,
  outcome: recordOutcomeInput.shape.outcome,
  inform: checkbox,
})

export const appointmentIdsInput = z.object({ appointmentIds })

/** The expected of a day, on paper. */
export const daySheetInput = z.object({
  /** Today without it. */
  date: emptyAsNull(civilDate).catch(null),
  /** Every place of the service without it. */
  placeId: optionalId.catch(null),
})

/** The seat an appointment is given instead: of a published slot, or a day and an hour of its place. */
export const newSeat = z.object({
  slotId: optionalChoiceOfRow,
  /** Its own agenda without it. */
  agendaId: optionalId,
  date: emptyAsNull(civilDate),
  time: emptyAsNull(civilTime),
})
export type NewSeat = z.output<typeof newSeat>

export const rescheduleAppointmentInput = newSeat.extend({
  appointmentId: id,
  inform: checkbox.prefault(true),
  /** The agent saw that the person is expected elsewhere at that time, and keeps the hour. */
  keepOverlap: checkbox,
})

/** Whoever does not say is taken to want the person told. */
export const cancelAppointmentInput = z.object({
  appointmentId: id,
  inform: checkbox.prefault(true),
})

/** The SMS that an act would send, to be read before choosing it. */
export const noticePreviewInput = z.object({
  appointmentId: id,
  kind: z.enum(['cancellation', 'missed', 'rescheduling']),
  /** When it would be instead. */
  date: emptyAsNull(civilDate),
  time: emptyAsNull(civilTime),
})
