import { createHash, createHmac } from 'node:crypto'
import { env } from './env.server'

/**
 * A value only this product can compute again from the same text: a link of a mail, a key that must
 * not say whose it is. `use` keeps apart what serves different ends.
 */
export function keyedDigest(use: string, text: string): string {
  return createHmac('sha256', env.SESSION_SECRET).update(`${use}\n${text}`).digest('base64url')
}

/** What is kept of a secret that is random by itself. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
