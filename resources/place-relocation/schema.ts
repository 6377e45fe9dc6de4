import * as z from 'zod'
import { placeContact } from '../place/schema'
import { civilDate } from '../shared/civil-time'
import { id, optionalText, reference } from '../shared/fields'

export const registerRelocationInput = z.object({
  oldPlaceId: reference('places', 'Choisissez le lieu qui déménage.'),
  /** The first day at the new place. */
  date: civilDate,
  ...placeContact,
  /** The name of the old place, once what changes has been read. */
  confirmation: optionalText(100),
})
export const relocationIdInput = z.object({ relocationId: id })
