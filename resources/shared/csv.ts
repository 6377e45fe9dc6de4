/**
 * Rows as a file that a French spreadsheet opens: semicolons, the mark of UTF-8, and no cell that it would
 * run as a formula.
 */
export const csvOf = (rows: readonly (readonly string[])[]): string => `\ufeff${csvRowsOf(rows)}`

/** More rows of such a file. */
export const csvRowsOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cellOf).join(';')}\r\n`).join('')

/** As a spreadsheet reads it: behind what nobody sees, in wide signs too. */
const isFormula = (text: string) =>
  /^[\t\r]|^[\s\p{Cc}\p{Cf}]*[=+@-]/u.test(text.slice(0, 100).normalize('NFKC'))

function cellOf(text: string): string {
  const inert = isFormula(text) ? `'${text}` : text
  return /[";\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
