import * as z from 'zod'
import { drawn, id } from '../shared/fields'

const name = z
  .string({ error: 'Indiquez le nom du siège.' })
  .trim()
  .min(1, 'Indiquez le nom du siège.')
  .max(100, '100 caractères au plus.')
  .register(drawn, { kind: 'text', max: 100 })

export const createHeadquartersInput = z.object({ name })
/** `version`: the instant of the last change the form was drawn from. */
export const renameHeadquartersInput = z.object({ headquartersId: id, version: z.iso.datetime(), name })
export const headquartersIdInput = z.object({ headquartersId: id })
