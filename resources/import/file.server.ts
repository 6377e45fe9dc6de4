import { isUtf8 } from 'node:buffer'

/** Read in some milliseconds, whatever it holds. */
const sliceBytes = 8 * 1024

/**
 * The text of a file, a slice at a time, its lines ended alike: UTF-8 or UTF-16 with its mark, UTF-8 without,
 * else ISO-8859-1 (read as Windows does, which writes "’" and "œ" where that alphabet has nothing).
 */
export function* slicesOf(bytes: Uint8Array): Generator<string, undefined> {
  const decoder = new TextDecoder(encodingOf(bytes))
  let held = ''
  for (let from = 0; from < bytes.length; from += sliceBytes) {
    const text = held + decoder.decode(bytes.subarray(from, from + sliceBytes), { stream: true })
    // It may be half of an end of line.
    held = text.endsWith('\r') ? '\r' : ''
    yield text.slice(0, text.length - held.length).replace(/\r\n?/g, '\n')
  }
  yield held + decoder.decode()
}

function encodingOf(bytes: Uint8Array): string {
  // "Texte Unicode" of a spreadsheet, the other way round on some machines.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252'
}

/** A workbook, which is a ZIP archive, or one of Excel 97: not a text. */
export const isWorkbook = (text: string): boolean =>
  ['PK\u0003\u0004', 'ÐÏ\u0011à'].some((mark) => text.startsWith(mark))

/** What separates the columns: of the signs that do, the one the header has most of. */
export function separatorOf(text: string): string {
  const header = text.split('\n', 1)[0] ?? ''
  const [best = ','] = [',', ';', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)
  return best
}
