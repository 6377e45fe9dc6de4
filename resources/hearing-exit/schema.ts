import * as z from 'zod'
import { emptyAsNull, id, optionalId } from '../shared/fields'
import { slotTypes } from '../slot/policy'

/** A month of the calendar of the place: "2026-03". */
const month = z.string().regex(/^2[01]\d{2}-(0[1-9]|1[0-2])$/, 'Choisissez un mois.')
export type Month = z.output<typeof month>

/** One of the three desks: the type of appointment whose seats it shows. */
export const deskType = z.enum(slotTypes)
export type DeskType = z.output<typeof deskType>

/** What is not said, or no more there, is the first that there is. */
export const deskInput = z.object({
  typeCode: deskType,
  placeId: optionalId,
  agendaId: optionalId,
  month: emptyAsNull(month),
})

export const deskStampInput = z.object({ typeCode: deskType, agendaId: id, month })
