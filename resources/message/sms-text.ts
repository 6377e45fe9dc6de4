/**
 * The alphabet of SMS. A text in GSM-7 holds 160 characters, one sign outside it makes that 70. Texts
 * are folded before they are stored, so that what is stored is what is sent and paid for.
 */
import { fold } from '../shared/fold'

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

/** The other alphabets of Europe, as French writes their names: "Chevtchenko". Small letters; capitals follow. */
const transliterated = new Map(
  (
    'а:a б:b в:v г:g д:d е:e ё:io ж:j з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:ou ф:f х:kh ц:ts ' +
    'ч:tch ш:ch щ:chtch ъ: ы:y ь: э:e ю:iou я:ia і:i ї:i є:ie ґ:g ј:i љ:li њ:ni ђ:dj ћ:tch џ:dj ѕ:dz ' +
    'α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:y φ:f χ:kh ψ:ps ω:o ' +
    'ա:a բ:b գ:g դ:d ե:e զ:z է:e ը:e թ:t ժ:j ի:i լ:l խ:kh ծ:ts կ:k հ:h ձ:dz ղ:gh ճ:tch մ:m յ:y ն:n շ:ch ո:o ' +
    'չ:tch պ:p ջ:dj ռ:r ս:s վ:v տ:t ր:r ց:ts ւ:v փ:p ք:k օ:o ֆ:f և:ev ' +
    'ა:a ბ:b გ:g დ:d ე:e ვ:v ზ:z თ:t ი:i კ:k ლ:l მ:m ნ:n ო:o პ:p ჟ:j რ:r ს:s ტ:t უ:ou ფ:p ქ:k ღ:gh ყ:q ' +
    'შ:ch ჩ:tch ც:ts ძ:dz წ:ts ჭ:tch ხ:kh ჯ:dj ჰ:h'
  )
    .split(' ')
    .map((pair): [string, string] => [pair.slice(0, 1), pair.slice(2)]),
)

/** Two letters for one sound: Greek "ου", Armenian "ու". */
const ou = /(?<=[οόՈո])(?:[υύւ]|([ΥΎՒ]))|(?<=[ΟΌ])(?:[υύ]|([ΥΎ]))/gu

/** `next`: the sign that follows, which tells "Oe" in a word from "OE" in capitals. */
function foldSign(sign: string, next = ''): string {
  // Nearly all of a text, five of which are read for each booking.
  if (sign < '\u0080' && isGsm7(sign)) return sign
  // First, because GSM-7 has some Greek capitals: a name is not half Greek.
  const spelled = transliterated.get(sign.toLowerCase())
  if (spelled !== undefined) return inCaseOf(sign, spelled, next)
  if (isGsm7(sign)) return sign
  const small = replacements[sign] ?? replacements[sign.toLowerCase()]
  if (small !== undefined) return replacements[sign] === undefined ? inCaseOf(sign, small, next) : small
  if (/\p{Zs}/u.test(sign)) return ' '
  // Direction marks, joiners, control characters: nothing is drawn, nothing is sent.
  if (/[\p{Cf}\p{Cc}\p{Mn}\ufe00-\ufe0f]/u.test(sign)) return ''
  const bare = sign.normalize('NFKD').replace(/\p{Mn}/gu, '')
  if (bare !== sign && bare !== '') return [...bare].map((letter) => foldSign(letter, next)).join('')
  // Letters of the languages of Africa: as names are searched.
  const like = fold(sign)
  return /^[a-z]+$/.test(like) ? inCaseOf(sign, like, next) : '?'
}

function inCaseOf(sign: string, small: string, next: string): string {
  if (sign === sign.toLowerCase()) return small
  return /\p{Ll}/u.test(next) ? small.slice(0, 1).toUpperCase() + small.slice(1) : small.toUpperCase()
}

/** The same text in GSM-7: ê becomes e, ’ becomes ', « becomes ", œ becomes oe; what has no like, "?". */
export function foldToGsm7(text: string): string {
  const closed = text.normalize('NFC').replace(/«\s+/gu, '«').replace(/\s+»/gu, '»')
  const signs = [
    ...closed.replace(ou, (_, ...capital: unknown[]) => ((capital[0] ?? capital[1]) ? 'U' : 'u')),
  ]
  return signs.map((sign, index) => foldSign(sign, signs[index + 1])).join('')
}

/** What each part of a text of several holds, in the alphabet of SMS. */
export const charactersInPart = 153

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
  const [alone, inPart] = alphabet === 'gsm7' ? [160, charactersInPart] : [70, 67]
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

/** A text as its person reads it again: what it says, without its addresses, nor STOP before the last. */
export function withoutLinks(text: string): string {
  return text
    .replace(/\s*\bSTOP\s*:?\s*\S+\s*$/, '')
    .replace(/\s*(?:https?:\/\/\S+|\S+\/(?:s|i|mdp)\/\S+)/g, '')
    .replace(/\s*:$/, '.')
}
