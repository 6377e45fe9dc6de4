import { describe, expect, test } from 'vitest'
import { prisma } from '../../../resources/shared/db.server'
import { fold, plainDigits, trigramText } from '../../../resources/shared/fold'

/** Names of Europe, Africa and Asia as they are written, and as they are compared. */
const names: [string, string][] = [
  ['Lefèvre-Bénard', 'lefevre benard'],
  ['Œuvrard', 'oeuvrard'],
  ['Lætitia', 'laetitia'],
  ['d’Artagnan', 'd artagnan'],
  ["N'Golo", 'n golo'],
  ['Jean\u2011Philippe', 'jean philippe'],
  ['Straße', 'strasse'],
  ['GROẞ', 'gross'],
  ['Müller', 'muller'],
  ['Søren Ærø', 'soren aero'],
  ['Åse', 'ase'],
  ['Þórdís Guðmundsdóttir', 'thordis gudmundsdottir'],
  ['Đorđević', 'dordevic'],
  ['Łukasz Wiśniewski', 'lukasz wisniewski'],
  ['Žižková', 'zizkova'],
  ['Ğökçe Şahin', 'gokce sahin'],
  ['kılıç', 'kilic'],
  ['KILIÇ', 'kilic'],
  ['İBRAHİM', 'ibrahim'],
  ['Əliyev', 'eliyev'],
  ['Ħal Għaxaq', 'hal ghaxaq'],
  ['Ţepeş', 'tepes'],
  ['Țepeș', 'tepes'],
  ['Văn Đức', 'van duc'],
  ['Nguyễn Thị Hường', 'nguyen thi huong'],
  ['Ŋɔnɔ Ɛkpɛ', 'nono ekpe'],
  ['Ɓala Ɗanladi Ƙafi Ƴar', 'bala danladi kafi yar'],
  ['Kofi Ɖɔtɛ', 'kofi dote'],
  ['e\u0301lodie', 'elodie'],
  ['Mar\u200btin', 'martin'],
  ['Mar\u00adtin', 'martin'],
  ['Ｔａｎａｋａ', 'tanaka'],
  ['Иванов', 'иванов'],
  ['Семён Йовович', 'семен иовович'],
  ['ПЕТРОВ', 'петров'],
  ['Παπαδόπουλος', 'παπαδοπουλοσ'],
  ['ΠΑΠΑΔΟΠΟΥΛΟΣ', 'παπαδοπουλοσ'],
  ['Հակոբյան', 'հակոբյան'],
  ['გიორგი', 'გიორგი'],
  ['כהן־לוי', 'כהן לוי'],
  ['דָּוִד', 'דוד'],
  ['محمد', 'محمد'],
  ['مُحَمَّد', 'محمد'],
  ['أحمد', 'احمد'],
  ['فـاطـمة', 'فاطمه'],
  ['علی', 'علي'],
  ['ኃይሌ', 'ኃይሌ'],
  ['ⵎⵓⵃⴰⵏⴷ', 'ⵎⵓⵃⴰⵏⴷ'],
  ['राम', 'राम'],
  ['रमा', 'रमा'],
  ['দাস', 'দাস'],
  ['முருகன்', 'முருகன்'],
  ['สมชาย', 'สมชาย'],
  ['王', '王'],
  ['田中　ガク', '田中 ガク'],
  ['김철수', '김철수'],
  ['!!!', ''],
  ['\u200b', ''],
  ['....', ''],
  ['', ''],
]

const inSql = async (texts: string[]) =>
  prisma.$queryRaw<{ folded: string; indexed: string }[]>`
    SELECT fold_text(t) AS folded, trigram_text(fold_text(t)) AS indexed
      FROM unnest(${texts}::text[]) WITH ORDINALITY AS given (t, n) ORDER BY n`

describe('a name is compared the same way by the browser and by the database', () => {
  test.each(names)('« %s » is « %s »', (name, folded) => {
    expect(fold(name)).toBe(folded)
  })

  test('in SQL, the same list', async () => {
    const read = await inSql(names.map(([name]) => name))
    expect(read.map((row) => row.folded)).toEqual(names.map(([, folded]) => folded))
    expect(read.map((row) => row.indexed)).toEqual(names.map(([, folded]) => trigramText(folded)))
  })

  test('every letter and sign of the basic plane, inside a name', async () => {
    // Cherokee, old alphabets, phonetics: no civil register holds their capitals.
    const unheardOf = /[\u13a0-\u13ff\u1c89\u1efa-\u1eff\u2132\u2183\u2c00-\u2cff\ua640-\ua7ff]/
    const signs = Array.from({ length: 0xfffd }, (_, index) => String.fromCodePoint(index + 1)).filter(
      (sign) => !/[\p{Cn}\p{Cs}\p{Co}]/u.test(sign) && !unheardOf.test(sign),
    )
    const texts = signs.map((sign) => `A${sign}B`)
    const read = await inSql(texts)
    const different = texts.filter((text, index) => fold(text) !== read[index]?.folded)
    expect(different.map((text) => `U+${text.codePointAt(1)?.toString(16)}`)).toEqual([])
  })

  test('folding twice changes nothing', () => {
    for (const [, folded] of names) expect(fold(folded)).toBe(folded)
  })
})

test.each([
  ['०६ ३९', '06 39'],
  ['٠٦٣٩', '0639'],
  ['۰۶۳۹', '0639'],
  ['06‐39‑98‒41–27—1―2−3', '06-39-98-41-27-1-2-3'],
  ['06·39', '06.39'],
  ['０６', '06'],
])('the number « %s » is read « %s »', (typed, read) => expect(plainDigits(typed)).toBe(read))
