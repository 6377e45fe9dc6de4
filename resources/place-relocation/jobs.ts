import * as z from 'zod'
import { mailTries } from '../mail/jobs'
import { id } from '../shared/fields'

/** Moves to the new place what comes from the date on. Addressed, so that a cancelled relocation drops it. */
export const prepareRelocation = {
  name: 'prepare-relocation',
  payload: z.object({ relocationId: id }),
} as const
export const preparationKey = (relocationId: number) => `prepare-relocation:${relocationId}`

/** Archives the places that have moved, where people live by this clock. */
export const settleRelocations = {
  name: 'settle-relocations',
  payload: z.object({ timeZone: z.string().max(60) }),
} as const

/** Writes to who asked for a relocation what its preparation has moved. */
export const sendRelocationReport = {
  name: 'send-relocation-report',
  maxAttempts: mailTries,
  payload: z.object({ relocationId: id }),
} as const
