/** One line as it is read: one sign a letter, no sign that nobody sees nor that turns the reading, single spaces. */
export function cleanLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Cc}\p{Variation_Selector}\u034f\u115f\u1160\u2800\u3164\uffa0]/gu, (sign) =>
      /\s/.test(sign) ? ' ' : '',
    )
    .replace(/\s+/g, ' ')
    .trim()
}
