import * as z from 'zod'
import { id } from '../shared/fields'

/** Whose: persons and appointments of the agent, what their service receives, all that their jurisdiction sees. */
const unreachedScopes = ['mine', 'service', 'jurisdiction'] as const
export type UnreachedScope = (typeof unreachedScopes)[number]

const scope = z.enum(unreachedScopes).nullish().catch(null)

export const listUnreachedInput = z.object({
  scope,
  page: z.coerce.number().int().min(1).max(50).default(1).catch(1),
})

export const countUnreachedInput = z.object({ scope })

/** As many as one page shows. */
export const unreachedRows = 25

const persons = z.array(id).min(1).max(100)

export const unreachedStampInput = z.object({ probationerIds: persons })
export const phoneCallsInput = z.object({ probationerIds: persons })
