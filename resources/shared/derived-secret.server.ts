import { sha256 } from './digest.server'
import { env } from './env.server'

/**
 * The secret of a link, derived again from its row with the product's own secret: it is stored nowhere, neither in its
 * row (a hash) nor in the job that sends it. One made before LINK_SECRET changed is derived with the secret it had.
 */
export function secretAgain(tokenHash: string, derive: (linkSecret: string) => string): string {
  const secret = env.LINK_SECRET.map(derive).find((one) => sha256(one) === tokenHash)
  if (secret === undefined) throw new Error('The secret of this link is no longer in LINK_SECRET')
  return secret
}
