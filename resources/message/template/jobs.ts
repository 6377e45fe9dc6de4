import * as z from 'zod'
import { id } from '../../shared/fields'

/** Writes to who proposed a text what it was answered. */
export const sendProposalAnswer = {
  name: 'send-proposal-answer',
  payload: z.object({ proposalId: id }),
} as const
