import * as z from 'zod'
import { id, requiredLine } from '../shared/fields'

const name = requiredLine(100, 'Indiquez le nom du siège.')

export const createHeadquartersInput = z.object({ name })
/** `version`: the instant of the last change the form was drawn from. */
export const renameHeadquartersInput = z.object({ headquartersId: id, version: z.iso.datetime(), name })
export const headquartersIdInput = z.object({ headquartersId: id })
