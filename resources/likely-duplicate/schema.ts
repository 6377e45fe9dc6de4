import * as z from 'zod'
import { checkbox, id } from '../shared/fields'

/** Why two records may be of one person, or may not. */
export type Likeness =
  | 'same_appi_number'
  | 'same_number'
  | 'same_names'
  | 'swapped_names'
  | 'names_sound_alike'
  | 'names_spelt_alike'
  | 'same_birth'
  | 'birth_nearly_same'
  | 'birth_missing'
  | 'same_service'
  | 'different_appi_numbers'

export const likelyDuplicateIdInput = z.object({ likelyDuplicateId: id })

export const listDuplicatesInput = z.object({
  dismissed: checkbox.catch(false),
  page: z.coerce.number().int().min(1).max(2_000).default(1).catch(1),
  perPage: z.coerce.number().int().min(1).max(50).default(25).catch(25),
})
