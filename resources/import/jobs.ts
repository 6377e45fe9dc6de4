import * as z from 'zod'
import { mailTries } from '../mail/jobs'
import { id } from '../shared/fields'

/** Works the lines of a file that are waiting. */
export const workImport = { name: 'work-import', payload: z.object({ importId: id }) } as const

/** Writes to who sent a file of persons what became of it. */
export const sendImportReport = {
  name: 'send-import-report',
  maxAttempts: mailTries,
  payload: z.object({ importId: id }),
} as const
