import * as z from 'zod'
import { id, reference, requiredLine } from '../shared/fields'

const name = requiredLine(100, 'Indiquez le nom de l’agenda.')

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
