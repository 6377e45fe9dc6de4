import * as z from 'zod'
import { lookForDuplicatesInput } from '../probationer/schema'
import { id, optionalText, reference } from '../shared/fields'
import { commentMax } from './fr'

const said = optionalText(commentMax)

/**
 * Whom the notice of a resemblance showed, and what was typed that resembles them: knowing an id asks for nobody.
 */
export const requestDivestmentInput = lookForDuplicatesInput
  .omit({ except: true })
  .extend({ probationerId: id, reason: said })

export const divestmentIdInput = z.object({ divestmentId: id })

export const answerDivestmentInput = z.object({ divestmentId: id, comment: said })

/** `version`: the instant of the last change the form was drawn from. */
export const transferPersonInput = z.object({
  probationerId: id,
  version: z.iso.datetime(),
  organizationId: reference('organizations', 'Choisissez le service dans la liste.'),
  reason: said,
})
