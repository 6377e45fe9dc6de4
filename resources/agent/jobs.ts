import { z } from 'zod'
import { id } from '../shared/fields'

export const agentMailTemplates = ['invitation', 'password_reset'] as const
export type AgentMailTemplate = (typeof agentMailTemplates)[number]

/** Writes to an agent. Neither address nor link in the payload: the link is made again from its row. */
export const sendAgentMail = {
  name: 'send-agent-mail',
  payload: z.object({ template: z.enum(agentMailTemplates), tokenId: id }),
} as const
