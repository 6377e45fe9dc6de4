import * as z from 'zod'
import { drawn, id, reference } from '../shared/fields'

const name = z
  .string({ error: 'Indiquez le nom de l’agenda.' })
  .trim()
  .min(1, 'Indiquez le nom de l’agenda.')
  .max(100, '100 caractères au plus.')
  .register(drawn, { kind: 'text', max: 100 })

export const createAgendaInput = z.object({
  placeId: reference('places', 'Choisissez le lieu de l’agenda.'),
  name,
})
export const mergeAgendasInput = z.object({
  agendaId: id,
  intoId: reference('agendas', 'Choisissez l’agenda qui reçoit.'),
})
/** `version`: the instant of the last change the form was drawn from. */
export const renameAgendaInput = z.object({ agendaId: id, version: z.iso.datetime(), name })
