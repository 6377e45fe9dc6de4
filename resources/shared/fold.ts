/**
 * Signs that a name keeps or loses from one keyboard to the next: accents of Latin, Greek and Cyrillic,
 * vowel points of Hebrew, Arabic and Syriac, the Arabic stroke, all that is invisible. Not the vowels of
 * India, the tones of Thailand nor the voiced kana, which make another name.
 */
const lost =
  // eslint-disable-next-line no-misleading-character-class -- each combining sign is meant for itself
  /[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08ca-\u08e1\u08e3-\u08ff\u115f\u1160\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u2de0-\u2dff\ua66f-\ua67d\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\u{e0000}-\u{e01ef}]/gu

const oneForOne = [
  'ðđɖɗħıɨɩȷłɫøɵɔŧƭŋɲĸɓƃəǝɛƒɠɣǥƙʉʊʋƴʒƶʃςىیےةەہھٱک',
  'ddddhiiijllooottnnqbbeeefgggkuuvyzzsσيييههههاك',
] as const
const standIns: ReadonlyMap<string, string> = new Map([
  ...[...oneForOne[0]].map((letter, index): [string, string] => [letter, [...oneForOne[1]][index] ?? letter]),
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['þ', 'th'],
])

/**
 * A name as it is compared: without capitals, accents, hyphens or apostrophes, letters of the Latin
 * alphabet in ASCII, every other script in its own letters. The same folding as SQL's fold_text.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(lost, '')
    .toLowerCase()
    .replace(/[^\0-\x7f]/gu, (letter) => standIns.get(letter) ?? letter)
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{Nd}]+|[\u02b0-\u02ff]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
}

/**
 * A folded text as the trigram index holds it, the same as SQL's trigram_text: a letter that is not
 * ASCII is written by its number, because PostgreSQL may be set to see no letter in it.
 */
export function trigramText(folded: string): string {
  return folded.replace(
    /[^\0-\x7f]/gu,
    (letter) => `u${(letter.codePointAt(0) ?? 0).toString(16).padStart(5, '0')}`,
  )
}

/**
 * Numbers as a French keyboard writes them: digits of any script as 0 to 9, every dash as "-", every dot as
 * ".", without the direction marks that contact lists add.
 */
export function plainDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[·•∙‧⋅]/g, '.')
    .replace(/(?![0-9])\p{Nd}/gu, (digit) => String(valueOf(digit)))
}

/** In each script the ten digits stand one after the other. */
function valueOf(digit: string): number {
  let value = -1
  for (let code = digit.codePointAt(0) ?? 0; /\p{Nd}/u.test(String.fromCodePoint(code)); code--) value++
  return value % 10
}
