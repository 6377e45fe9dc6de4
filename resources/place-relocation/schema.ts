import * as z from 'zod'
import { placeContact } from '../place/schema'
import { civilDate } from '../shared/civil-time'
import { drawn, id, reference } from '../shared/fields'

const nameToCopy = 'Recopiez le nom du lieu qui déménage.'

export const registerRelocationInput = z.object({
  oldPlaceId: reference('places', 'Choisissez le lieu qui déménage.'),
  /** The first day at the new place. */
  date: civilDate,
  ...placeContact,
  /** The name of the old place, once what changes has been read. */
  confirmation: z
    .string({ error: nameToCopy })
    .trim()
    .min(1, nameToCopy)
    .max(100, '100 caractères au plus.')
    .register(drawn, { kind: 'text', max: 100 }),
})
export const previewRelocationInput = registerRelocationInput.pick({ oldPlaceId: true, date: true })
export const relocationIdInput = z.object({ relocationId: id })
