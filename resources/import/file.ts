/** Signs that PostgreSQL has no character for. */
const unwritable = /\0|\p{Cs}/gu

/**
 * The text of a file, as spreadsheets of the ministry write it: UTF-8, with or without its mark, else
 * ISO-8859-1 (read as Windows does, which writes "’" and "œ" where that alphabet has nothing).
 */
export function textOfFile(bytes: Uint8Array): string {
  return decoded(bytes).replace(unwritable, '')
}

function decoded(bytes: Uint8Array): string {
  // "Texte Unicode" of Excel.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** A workbook, which is a ZIP archive, or one of Excel 97: not a text. */
export const isWorkbook = (text: string): boolean =>
  ['PK\u0003\u0004', 'ÐÏ\u0011à'].some((mark) => text.startsWith(mark))

/** What separates the columns: of the signs that do, the one the header has most of. */
export function separatorOf(text: string): string {
  const header = text.slice(0, 10_000).split(/\r?\n|\r/, 1)[0] ?? ''
  const [best = ','] = [',', ';', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)
  return best
}
