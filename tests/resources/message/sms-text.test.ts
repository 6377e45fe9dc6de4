import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldToGsm7, measure } from '../../../resources/message/sms-text'
import { anyText } from '../../support/any-text'

describe('a text folded for SMS', () => {
  test.each([
    ['Rendez-vous à l’hôtel de ville', "Rendez-vous à l'hotel de ville"],
    ['Être là, cœur, façade, Noël', 'Etre là, coeur, facade, Noel'],
    ['é è à ù ì ò Ç ä ö ñ ü É restent', 'é è à ù ì ò Ç ä ö ñ ü É restent'],
    ['ê ë î ï ô û â ç', 'e e i i o u a c'],
    ['« Bonjour » “oui” …', '"Bonjour" "oui" ...'],
    ['14\u00a0h\u202f30 – n° 3', '14 h 30 - no 3'],
    ['ŒUVRE DE L’ÈRE', "OEUVRE DE L'ERE"],
    ['Łukasz Đorđević Žižek Øre', 'Lukasz Dordevic Zizek Øre'],
    ['Œuvre, ŒUVRE, Þór, ÞÓR', 'Oeuvre, OEUVRE, Thor, THOR'],
    ['A ‒ B ― 2×3, STRAẞE', 'A - B - 2x3, STRASSE'],
    ['Ħamrun, Ŋala, Əliyev, Ŧ', 'Hamrun, Ngala, Eliyev, T'],
    ['e\u0301te\u0301', 'été'],
    ['a\u200bb\u202ac', 'abc'],
    ['Иван Шевченко, ЯРОСЛАВА Щукина 😀', 'Ivan Chevtchenko, IAROSLAVA Chtchoukina ?'],
    ['Наталія Їжак, Љубица Ђорђевић', 'Nataliia Ijak, Lioubitsa Djordjevitch'],
    ['Γιώργος Παπαδόπουλος, ΟΥΡΑΝΙΑ Θεοδώρου', 'Giorgos Papadopoulos, OURANIA Theodorou'],
    ['Նարեկ Հարությունյան', 'Narek Haroutyounyan'],
    ['ნინო ქავთარაძე', 'nino kavtaradze'],
    ['Ɓalde Ɛsi, Ƴero, ŊƆRI', 'Balde Esi, Yero, NGORI'],
    ['王', '?'],
    ['ﬁn ½', 'fin 1/2'],
    ['100 % {x} [y] 5 €', '100 % {x} [y] 5 €'],
    ['deux\nlignes', 'deux\nlignes'],
  ])('« %s » becomes « %s »', (text, folded) => expect(foldToGsm7(text)).toBe(folded))

  test('is in GSM-7 whatever it was, and folding it again changes nothing', () => {
    fc.assert(
      fc.property(anyText(60), (text) => {
        const folded = foldToGsm7(text)
        expect(measure(folded).alphabet).toBe('gsm7')
        expect(foldToGsm7(folded)).toBe(folded)
      }),
    )
  })
})

describe('the parts of a text', () => {
  const a = (n: number) => 'a'.repeat(n)
  const e = (n: number) => 'ê'.repeat(n)

  test.each([
    ['one short text', 'Bonjour', 7, 'gsm7', 1],
    ['160 characters', a(160), 160, 'gsm7', 1],
    ['161 characters', a(161), 161, 'gsm7', 2],
    ['306 characters', a(306), 306, 'gsm7', 2],
    ['307 characters', a(307), 307, 'gsm7', 3],
    ['80 euros', '€'.repeat(80), 160, 'gsm7', 1],
    ['81 euros', '€'.repeat(81), 162, 'gsm7', 2],
    ['a euro that falls on the cut', a(152) + '€' + a(152), 306, 'gsm7', 3],
    ['a euro just before the cut', a(151) + '€' + a(153), 306, 'gsm7', 2],
    ['70 signs of another alphabet', e(70), 70, 'ucs2', 1],
    ['71 signs of another alphabet', e(71), 71, 'ucs2', 2],
    ['134 signs of another alphabet', e(134), 134, 'ucs2', 2],
    ['135 signs of another alphabet', e(135), 135, 'ucs2', 3],
    ['an emoji, two units', '😀', 2, 'ucs2', 1],
    ['an emoji that falls on the cut', e(66) + '😀' + e(66), 134, 'ucs2', 3],
  ])('%s', (_title, text, characters, alphabet, parts) => {
    expect(measure(text)).toEqual({ characters, alphabet, parts })
  })

  test('never hold more than they can', () => {
    fc.assert(
      fc.property(anyText(700), (text) => {
        const { characters, alphabet, parts } = measure(text)
        const [alone, inPart] = alphabet === 'gsm7' ? [160, 153] : [70, 67]
        expect(characters).toBeLessThanOrEqual(parts === 1 ? alone : parts * inPart)
        if (parts > 1) expect(characters).toBeGreaterThan(alone)
      }),
    )
  })
})
