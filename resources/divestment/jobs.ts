import * as z from 'zod'
import { mailTries } from '../mail/jobs'
import { id } from '../shared/fields'

/** Ends what is late and held back by nothing, and reminds the services that have not answered. */
export const settleDivestments = { name: 'settle-divestments', payload: z.object({}) } as const

/** One of them, by itself: a record that fails keeps back no other. */
export const settleLateDivestment = {
  name: 'settle-late-divestment',
  payload: z.object({ divestmentId: id }),
} as const

/** Writes that requests wait for an answer: to a local admin, or to the shared mailbox of the service. */
export const sendDivestmentsWaiting = {
  name: 'send-divestments-waiting',
  maxAttempts: mailTries,
  payload: z.object({ organizationId: id, recipientId: id.nullable(), at: z.iso.datetime() }),
} as const

/** One mail to a reader, however many requests came before it left. */
export const waitingMailKey = (organizationId: number, recipientId: number | null) =>
  `divestments-waiting:${organizationId}:${recipientId ?? 'mailbox'}`

/** Writes how a request ended: to who asked, or to a local admin of the claiming service when they are gone. */
export const sendDivestmentEnd = {
  name: 'send-divestment-end',
  maxAttempts: mailTries,
  payload: z.object({ divestmentId: id, recipientId: id }),
} as const

/** How the references of those mails begin: what the outbox keeps of them goes with the person. */
export const endMailPrefix = (divestmentId: number) => `divestment-end-${divestmentId}-`
