import * as z from 'zod'
import { id } from '../shared/fields'

/** What is handed to a provider: a message about somebody, or a test of the team. */
export const carried = z.object({
  kind: z.enum(['message', 'test']),
  id,
  /** Ids begin again in another deployment, or a database restored: an instant does not. */
  createdAt: z.date(),
})
export type Carried = z.output<typeof carried>

/** By what the provider knows it, in receipts and in its list. */
export const referenceOf = ({ kind, id, createdAt }: Carried) => `${kind}:${id}:${createdAt.getTime()}`

/** What the first of these references that is ours is of; null when none is. */
export function carriedUnder(references: readonly string[]): Carried | null {
  for (const reference of references) {
    const [, kind, digits, instant] = /^(message|test):(\d{1,9}):(\d{1,14})$/.exec(reference) ?? []
    if (kind && digits && instant)
      return {
        kind: kind === 'test' ? 'test' : 'message',
        id: Number(digits),
        createdAt: new Date(Number(instant)),
      }
  }
  return null
}
