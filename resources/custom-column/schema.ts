import * as z from 'zod'
import { choice, drawn, id, optionalReference, optionalText, requiredLine } from '../shared/fields'
import { customColumnTypes } from './rules'

const details = {
  name: requiredLine(50, 'Indiquez le nom de la colonne.'),
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

/** What an agent writes in a cell: a text, or a civil day where the column holds days. */
const cell = optionalText(200)

/** Cells filled in the form of a booking, by id of their column. */
export const cellsInput = z
  .record(z.string().regex(/^\d{1,9}$/), cell, { error: 'Les colonnes du tableau ne sont pas lisibles.' })
  .default({})

/** `seen`: what the cell held when it was opened. */
export const fillCustomColumnInput = z.object({
  appointmentId: id,
  customColumnId: id,
  value: cell,
  seen: cell,
})
