import * as z from 'zod'
import { mailTries } from '../mail/jobs'
import { id } from '../shared/fields'

/** Asks a local admin to read the page of their service again; `at`, when it was found old. */
export const sendPageReminder = {
  name: 'send-page-reminder',
  maxAttempts: mailTries,
  payload: z.object({ pageId: id, agentId: id, at: z.iso.datetime() }),
} as const
