import * as z from 'zod'
import { civilDate, civilTime } from '../shared/civil-time'
import { choice, drawn, id, wholeNumber } from '../shared/fields'
import { slotOwner, slotShape } from '../slot/schema'

export const createRecurringSlotsInput = z.object({
  ...slotOwner,
  /** ISO: 1 is Monday. */
  weekdays: z
    .array(wholeNumber({ from: 1, to: 5 }, 'Du lundi au vendredi.'), 'Cochez au moins un jour.')
    .min(1, 'Cochez au moins un jour.')
    .max(7)
    .transform((days) => [...new Set(days)].sort())
    .register(drawn, { kind: 'several' }),
  first: civilTime,
  last: civilTime,
  everyMinutes: wholeNumber({ from: 5, to: 480 }, 'Indiquez un intervalle, de 5 à 480 minutes.'),
  ...slotShape,
})

export const changeRecurringSlotInput = z.object({
  recurringSlotId: id,
  /** The instant of the last change the form was drawn from. */
  version: z.iso.datetime(),
  /** The first day that follows the new rule. */
  from: civilDate,
  startTime: civilTime,
  ...slotShape,
})
/** What a change would do: whoever changed the rule meanwhile is told when it is done. */
export const previewRecurringSlotInput = changeRecurringSlotInput.omit({ version: true })

/** Of one rule: itself, those of its weekday, all those of its agenda and type. */
export const deletedScopes = ['one', 'weekday', 'agenda'] as const
export const deleteRecurringSlotsInput = z.object({
  recurringSlotId: id,
  scope: choice(deletedScopes, 'Choisissez ce qui est supprimé.'),
})
