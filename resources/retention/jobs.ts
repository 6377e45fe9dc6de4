import * as z from 'zod'
import { mailTries } from '../mail/jobs'
import { id } from '../shared/fields'

/** Writes to a central admin what the night of this instant would archive and erase. */
export const sendRetentionReport = {
  name: 'send-retention-report',
  maxAttempts: mailTries,
  payload: z.object({ agentId: id, night: z.iso.datetime() }),
} as const
