/** The beginning of a text, `most` units of UTF-16 at most, never ended by half a character: neither PostgreSQL nor an address takes one. */
export const cut = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, '')
