import * as z from 'zod'
import { civilDate, civilTime } from '../shared/civil-time'
import { drawn, emptyAsNull, id, reference, wholeNumber } from '../shared/fields'

/** More people than anybody receives at once: what is beyond is a mistake of typing. */
export const mostSeats = 200

/** What a slot lasts and how many it takes, published or recurring. */
export const slotShape = {
  durationMinutes: wholeNumber({ from: 5, to: 480 }, 'Indiquez une durée, de 5 à 480 minutes.'),
  capacity: wholeNumber({ from: 1, to: mostSeats }, `Indiquez le nombre de places, de 1 à ${mostSeats}.`),
}

/** Whose slots: an agenda, and the type of those who come. */
export const slotOwner = {
  agendaId: reference('agendas', 'Choisissez l’agenda.'),
  typeCode: z
    .string({ error: 'Choisissez le type de convocation.' })
    .min(1, 'Choisissez le type de convocation.')
    .max(60)
    .register(drawn, { kind: 'choice' }),
}

export const createSlotsInput = z.object({
  ...slotOwner,
  dates: z.array(civilDate, 'Choisissez au moins un jour.').min(1, 'Choisissez au moins un jour.').max(100),
  hours: z
    .array(
      z.object({
        first: civilTime,
        last: emptyAsNull(civilTime),
        everyMinutes: wholeNumber({ from: 1, to: 60 }, 'Indiquez un intervalle, de 1 à 60 minutes.').default(
          15,
        ),
      }),
      'Indiquez au moins une heure.',
    )
    .min(1, 'Indiquez au moins une heure.')
    .max(50),
  ...slotShape,
})
export type SlotsAsked = z.output<typeof createSlotsInput>

export const slotIdsInput = z.object({
  slotIds: z.array(id, 'Choisissez au moins un créneau.').min(1, 'Choisissez au moins un créneau.').max(200),
})
/** `version`: the instant of the last change the form was drawn from. */
export const changeCapacityInput = z.object({
  slotId: id,
  version: z.iso.datetime(),
  capacity: slotShape.capacity,
})
