import * as z from 'zod'

/** What the codes of links are made of: nothing that reads like another, no capitals. */
export const linkLetters = 'abcdefghjkmnpqrstuvwxyz23456789'

/**
 * The code at the end of a link, as it was sent: phones write it in capitals, and phones and mail readers
 * take for a part of it the sign that follows.
 */
export function readLinkCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]+$/, '')
}

export const linkCode = z.string().max(100).transform(readLinkCode)
