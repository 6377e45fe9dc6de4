import * as z from 'zod'
import { mailTries } from '../mail/jobs'
import { id } from '../shared/fields'

/** The mail says what its link is for. */
export type AgentMailTemplate = 'invitation' | 'password_reset'

/** Writes to an agent. Neither address nor link in the payload: the link is made again from its row. */
export const sendAgentMail = {
  name: 'send-agent-mail',
  maxAttempts: mailTries,
  payload: z.object({ tokenId: id }),
} as const

export type AccountMailTemplate = 'account_locked' | 'password_changed' | 'email_changed'

/** Tells an agent what has just happened to their account. */
export const sendAccountMail = {
  name: 'send-account-mail',
  maxAttempts: mailTries,
  payload: z.object({
    agentId: id,
    template: z.enum(['account_locked', 'password_changed', 'email_changed'] satisfies AccountMailTemplate[]),
    at: z.iso.datetime(),
  }),
} as const

/** Tells an agent that they changed service, or a local admin of the service that they left. */
export const sendTransferMail = {
  name: 'send-transfer-mail',
  maxAttempts: mailTries,
  payload: z.object({
    agentId: id,
    recipientId: id,
    fromOrganizationId: id,
    toOrganizationId: id,
    at: z.iso.datetime(),
  }),
} as const
