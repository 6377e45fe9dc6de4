import * as z from 'zod'
import { mailTries } from '../mail/jobs'
import { id } from '../shared/fields'

const alerts = z.array(id).max(500)

/** Tells one of the addresses of the team what is to be mended, and what no longer is. */
export const sendAlertMail = {
  name: 'send-alert-mail',
  maxAttempts: mailTries,
  payload: z.object({
    /** Which of the addresses in the settings. */
    recipient: z.number().int().min(0),
    at: z.iso.datetime(),
    raised: alerts,
    lasting: alerts,
    ended: alerts,
  }),
} as const
