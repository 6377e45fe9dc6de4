import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { AgentActor } from './actor'
import type { Context } from './context'
import { env } from './env.server'

/**
 * A value only this product can compute again from the same text: a link of a mail, a key that must
 * not say whose it is. `use` keeps apart what serves different ends. In small letters and digits: a link
 * may come back in capitals.
 */
export function keyedDigest(use: string, text: string, secret = env.SESSION_SECRET[0]): string {
  return createHmac('sha256', secret).update(`${use}\n${text}`).digest('hex')
}

/** What is kept of a secret that is random by itself. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** Whether a secret is one of ours, in a time that says nothing of how much of it is right. */
export const isOneOf = (given: string, secrets: readonly string[]): boolean =>
  secrets.filter((secret) => timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(secret))))
    .length > 0

/**
 * What a request key stands for: who asks, and for what. A double submit says the same; a form that
 * was changed since, its first answer lost or given in another tab, does not, and is not told "done".
 */
export function requestDigest(ctx: Context<AgentActor>, input: { requestKey: string | null }): string {
  return sha256(JSON.stringify([ctx.actor.id, input]))
}
