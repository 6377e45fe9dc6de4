import * as z from 'zod'
import { choice, drawn, id, optionalReference } from '../shared/fields'
import { customColumnTypes } from './rules'

const details = {
  name: z
    .string({ error: 'Indiquez le nom de la colonne.' })
    .trim()
    .min(1, 'Indiquez le nom de la colonne.')
    .max(50, '50 caractères au plus.')
    .register(drawn, { kind: 'text', max: 50 }),
  dataType: choice(['text', 'date'], 'Choisissez du texte ou une date.'),
  moment: choice(['at_booking', 'in_table'], 'Choisissez quand elle est remplie.'),
  typeCodes: z
    .array(z.enum(customColumnTypes), 'Cochez au moins un type.')
    .min(1, 'Cochez au moins un type.')
    .transform((codes) => [...new Set(codes)])
    .register(drawn, { kind: 'several' }),
}

export const createCustomColumnInput = z.object({
  /** One's own court, unless a central admin says another. */
  organizationId: optionalReference('organizations'),
  ...details,
})
/** `version`: the instant of the last change the form was drawn from. */
export const updateCustomColumnInput = z.object({
  customColumnId: id,
  version: z.iso.datetime(),
  ...details,
})
export const customColumnIdInput = z.object({ customColumnId: id })
