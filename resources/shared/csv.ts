/**
 * Rows as a file that a French spreadsheet opens: semicolons, the mark of UTF-8, and no cell that it would
 * run as a formula.
 */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => row.map(cellOf).join(';')).join('\r\n')}\r\n`

function cellOf(text: string): string {
  const inert = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
