/**
 * The alphabet of SMS. A text in GSM-7 holds 160 characters, one sign outside it makes that 70. Texts
 * are folded before they are stored, so that what is stored is what is sent and paid for.
 */

const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Sent as two signs, the first being an escape. */
const extended = new Set('^{}\\[~]|€')

const isGsm7 = (sign: string) => basic.has(sign) || extended.has(sign)

/** What French typography writes and GSM-7 does not know. Accents are dealt with apart. */
const replacements: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '‚': "'",
  ʼ: "'",
  '′': "'",
  '`': "'",
  '´': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '‒': '-',
  '―': '-',
  '×': 'x',
  '‐': '-',
  '‑': '-',
  '⁄': '/',
  '•': '-',
  '·': '.',
  '…': '...',
  œ: 'oe',
  '°': 'o',
  '\t': ' ',
  '\u2028': '\n',
  '\u2029': '\n',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ẞ: 'SS',
  ħ: 'h',
  ĸ: 'k',
  ŋ: 'ng',
  ŧ: 't',
  ə: 'e',
  ǥ: 'g',
  ʒ: 'z',
}

/** `next`: the sign that follows, which tells "Oe" in a word from "OE" in capitals. */
function foldSign(sign: string, next = ''): string {
  if (isGsm7(sign)) return sign
  const replacement = replacements[sign]
  if (replacement !== undefined) return replacement
  const small = replacements[sign.toLowerCase()]
  if (small !== undefined)
    return /\p{Ll}/u.test(next) ? small.slice(0, 1).toUpperCase() + small.slice(1) : small.toUpperCase()
  if (/\p{Zs}/u.test(sign)) return ' '
  // Direction marks, joiners, control characters: nothing is drawn, nothing is sent.
  if (/[\p{Cf}\p{Cc}\p{Mn}\ufe00-\ufe0f]/u.test(sign)) return ''
  const bare = sign.normalize('NFKD').replace(/\p{Mn}/gu, '')
  return bare !== sign && bare !== '' ? [...bare].map((letter) => foldSign(letter, next)).join('') : '?'
}

/** The same text in GSM-7: ê becomes e, ’ becomes ', « becomes ", œ becomes oe; what has no like, "?". */
export function foldToGsm7(text: string): string {
  const closed = text.normalize('NFC').replace(/«\s+/gu, '«').replace(/\s+»/gu, '»')
  const signs = [...closed]
  return signs.map((sign, index) => foldSign(sign, signs[index + 1])).join('')
}

export interface SmsMeasure {
  /** As the network counts them: an extended sign is two. */
  characters: number
  alphabet: 'gsm7' | 'ucs2'
  parts: number
}

/** How many messages a phone network makes of a text. */
export function measure(text: string): SmsMeasure {
  const signs = [...text]
  const alphabet = signs.every(isGsm7) ? 'gsm7' : 'ucs2'
  const [alone, inPart] = alphabet === 'gsm7' ? [160, 153] : [70, 67]
  const sizes = signs.map((sign) => (alphabet === 'gsm7' ? (extended.has(sign) ? 2 : 1) : sign.length))
  const characters = sizes.reduce((sum, size) => sum + size, 0)
  if (characters <= alone) return { characters, alphabet, parts: 1 }
  let parts = 1
  let filled = 0
  for (const size of sizes) {
    // A sign of two is never cut: it begins the next part.
    if (filled + size > inPart) {
      parts += 1
      filled = 0
    }
    filled += size
  }
  return { characters, alphabet, parts }
}

/**
 * A text as agents see it: whoever reads the address of STOP could use it, and be told as the person. As
 * many signs as before.
 */
export function withoutStopLink(text: string): string {
  return text.replace(/(?<=\/stop\/)[a-z0-9]+/gi, (token) => '•'.repeat(token.length))
}
