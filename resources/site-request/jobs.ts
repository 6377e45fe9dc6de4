import * as z from 'zod'
import { mailTries } from '../mail/jobs'
import { id } from '../shared/fields'

/** Tells the team that a visitor wrote, or hands what is for a service to that service. */
export const sendSiteRequestNotice = {
  name: 'send-site-request-notice',
  maxAttempts: mailTries,
  payload: z.object({ requestId: id }),
} as const

/** Tells the sender that it has come. */
export const sendSiteRequestReceipt = {
  name: 'send-site-request-receipt',
  maxAttempts: mailTries,
  payload: z.object({ requestId: id }),
} as const

/** Writes to the sender what the team answered: the step of this rank. */
export const sendSiteRequestAnswer = {
  name: 'send-site-request-answer',
  maxAttempts: mailTries,
  payload: z.object({ requestId: id, step: z.int().min(0) }),
} as const
