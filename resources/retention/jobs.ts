import * as z from 'zod'
import { id } from '../shared/fields'

/** Writes to a central admin what the night of this instant would archive and erase. */
export const sendRetentionReport = {
  name: 'send-retention-report',
  payload: z.object({ agentId: id, night: z.iso.datetime() }),
} as const
