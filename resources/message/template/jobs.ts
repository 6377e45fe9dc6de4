import * as z from 'zod'
import { mailTries } from '../../mail/jobs'
import { id } from '../../shared/fields'

/** Writes to who proposed a text what it was answered. */
export const sendProposalAnswer = {
  name: 'send-proposal-answer',
  maxAttempts: mailTries,
  payload: z.object({ proposalId: id }),
} as const
