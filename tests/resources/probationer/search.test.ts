import { Prisma } from '@prisma/client'
import { beforeAll, describe, expect, test } from 'vitest'
import { duplicatesOf } from '../../../resources/probationer/queries/duplicates.server'
import { listProbationers, searchProbationers } from '../../../resources/probationer/queries/list.server'
import { findProbationers } from '../../../resources/probationer/queries/search.server'
import { registerProbationerInput } from '../../../resources/probationer/schema'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma, readers } from '../../../resources/shared/db.server'
import { trigramText } from '../../../resources/shared/fold'
import { aCountry, actAt, anAgent, aPerson, aService, monday, type AService } from '../../support/world'

let agent: AgentActor
let spip: AService
beforeAll(async () => {
  ;({ spip } = await aCountry())
  agent = await anAgent(spip, 'probation_counsellor')
  await aPerson([spip], { lastName: 'BENSALEM', dateOfBirth: '1991-04-12', phone: '+33639984127' })
  await aPerson([spip], { lastName: 'DOSSIER', dateOfBirth: '1980-01-01', appiNumber: '20041991' })
})

test.each([
  ['12/04/1991', ['BENSALEM']],
  ['12 04 1991', ['BENSALEM']],
  ['12041991', ['BENSALEM']],
  ['120491', ['BENSALEM']],
  ['bensalem 12041991', ['BENSALEM']],
  ['13041991', []],
  ['20041991', ['DOSSIER']],
  ['0639984127', ['BENSALEM']],
  ['4127', ['BENSALEM']],
])('« %s » finds %j', async (text, names) => {
  const found = await actAt(agent, monday, (ctx) => searchProbationers(ctx, { text }))
  expect(found.map((person) => person.lastName)).toEqual(names)
})

const search = (text: string) => actAt(agent, monday, (ctx) => searchProbationers(ctx, { text }))
const filter = (text: string) => actAt(agent, monday, (ctx) => listProbationers(ctx, { text }))

describe('a phone in any spelling finds its person, in the box and in the list', () => {
  test.each([
    '06.39.98.41.27',
    '06-39-98-41-27',
    '06/39/98/41/27',
    '06 39 98 41 27',
    '06·39·98·41·27',
    '06‐39‐98‐41‐27',
    '06‑39‑98‑41‑27',
    '06 – 39 – 98 – 41 – 27',
    '06−39−98−41−27',
    '+33 (0)6.39.98.41.27',
    '0033639984127',
    '٠٦٣٩٩٨٤١٢٧',
    '०६ ३९ ९८ ४१ २७',
    '０６３９９８４１２７',
    '\u202a06 39 98 41 27\u202c',
    'bensalem 06.39.98.41.27',
    '12/04/1991 06 39 98 41 27',
  ])('« %s »', async (text) => {
    expect((await search(text)).map((person) => person.lastName)).toEqual(['BENSALEM'])
    expect((await filter(text)).rows.map((person) => person.lastName)).toEqual(['BENSALEM'])
  })

  test('a number that could be a birth is first a number', async () => {
    await aPerson([spip], { lastName: 'POINTS', dateOfBirth: '1985-05-05', phone: '+33601020304' })
    await aPerson([spip], { lastName: 'NÉ LE SIX', dateOfBirth: '2002-01-06' })
    for (const text of ['06.01.02.03.04', '06-01-02-03-04', '06/01/02/03/04'])
      expect((await search(text)).map((person) => person.lastName)).toEqual(['POINTS'])
    expect((await search('06.01.02')).map((person) => person.lastName)).toEqual(['NÉ LE SIX'])
  })
})

describe('a name of any alphabet is found as it is written, and as the screen shows it', () => {
  test.each([
    ['Иванов', 'Пётр', ['иванов', 'ИВАНОВ', 'Иван', 'петр', 'пётр Иванов']],
    ['Петров', 'Иван', ['Петров']],
    ['محمد', 'علي', ['محمد', 'مُحَمَّد', 'علی']],
    ['王', '芳', ['王', '芳']],
    ['კვარაცხელია', 'ხვიჩა', ['კვარაცხელია', 'ხვიჩა']],
    ['kılıç', 'Işıl', ['kılıç', 'KILIÇ', 'kilic', 'ışıl']],
    ['đorđević', 'Đuro', ['đorđević', 'ĐORĐEVIĆ', 'dordevic', 'đuro']],
    ['straße', 'Jörg', ['straße', 'STRASSE', 'jorg']],
    ['Văn', 'Đức', ['Văn Đức', 'van duc', 'VĂN']],
    ['Ɗanladi', 'Ŋɔnɔ', ['Ɗanladi', 'danladi', 'ŋɔnɔ']],
  ])('%s %s', async (lastName, firstName, texts) => {
    const service = await aService(`SPIP ${lastName}`, 'probation_service')
    const colleague = await anAgent(service, 'probation_counsellor')
    await aPerson([service], { firstName: 'Xzx' })
    const typed = registerProbationerInput.parse({ lastName, firstName })
    const person = await aPerson([service], { lastName: typed.lastName, firstName: typed.firstName })
    for (const text of [...texts, person.lastName, person.firstName]) {
      const ids = await actAt(colleague, monday, async (ctx) => [
        (await searchProbationers(ctx, { text })).map(({ id }) => id),
        (await listProbationers(ctx, { text })).rows.map(({ id }) => id),
      ])
      expect([text, ...ids]).toEqual([text, [person.id], [person.id]])
    }
  })

  test('two persons whose names hold no Latin letter, born the same day, are two', async () => {
    const born = '1985-05-05'
    const ivanov = await aPerson([spip], { lastName: 'ИВАНОВ', firstName: 'Иван', dateOfBirth: born })
    const typed = { lastName: 'Петров', firstName: 'Пётр', dateOfBirth: born, phone: null, appiNumber: null }
    const alike = (person: typeof typed) => actAt(agent, monday, (ctx) => duplicatesOf(ctx, person))
    expect(await alike(typed)).toEqual([])
    const same = await alike({ ...typed, lastName: 'иванов', firstName: 'иван' })
    expect(same.map(({ record }) => record?.id)).toEqual([ivanov.id])
  })

  test('letters are looked for by the index, in every alphabet', async () => {
    const plan = async (pattern: string) => {
      const lines = await prisma.$transaction(async (tx) => {
        await tx.$executeRaw`SET LOCAL enable_seqscan = off`
        return tx.$queryRaw<{ 'QUERY PLAN': string }[]>(
          Prisma.raw(`EXPLAIN ANALYZE SELECT id FROM probationer WHERE search_text LIKE '%${pattern}%'`),
        )
      })
      return lines.map((line) => line['QUERY PLAN']).join('\n')
    }
    for (const name of ['иванов', '王', 'martin']) {
      const text = await plan(trigramText(name))
      expect(text).toContain('probationer_scope_and_search')
      expect(text).not.toMatch(/Rows Removed by Index Recheck: [1-9]/)
    }
  })
})

test.each(['!!!', '....', '\u200b', '’', '…', '()'])('« %s » names nobody', async (text) => {
  expect(await search(text)).toEqual([])
  expect((await filter(text)).total).toBe(0)
})

test('a birth typed beside a name holds, whether the name is a piece or misspelt', async () => {
  const service = await aService('SPIP des pièces', 'probation_service')
  const colleague = await anAgent(service, 'probation_counsellor')
  await aPerson([service], { lastName: 'LEFEVRE', firstName: 'Marianne', dateOfBirth: '1990-02-01' })
  await aPerson([service], { lastName: 'LEFEVRE', firstName: 'Mariannick', dateOfBirth: '1990-02-02' })
  const named = (text: string) =>
    actAt(colleague, monday, async (ctx) => {
      const found = await findProbationers(ctx, text, 8)
      return found.map((person) => person.firstName)
    })
  expect(await named('lefevre anne 01/02/1990')).toEqual(['Marianne'])
  expect(await named('lefevvre mariane 02/02/1990')).toEqual(['Mariannick'])
  expect(await named('lefevre anne')).toContain('Marianne')
})

test('nothing typed is no filter', async () => {
  expect((await filter('  ')).total).toBeGreaterThan(0)
})

test('a last name before a first, a whole word before a beginning; a piece when nothing begins so', async () => {
  const service = await aService('SPIP des homonymes', 'probation_service')
  const colleague = await anAgent(service, 'probation_counsellor')
  for (let n = 0; n < 9; n++)
    await aPerson([service], { lastName: `ABADIE ${'ABCDEFGHI'[n]}`, firstName: 'Martin' })
  await aPerson([service], { lastName: 'BERTHIER', firstName: 'Martine' })
  await aPerson([service], { lastName: 'AMARTINI', firstName: 'Luc' })
  await aPerson([service], { lastName: 'CARON', firstName: 'Amartina' })
  await aPerson([service], { lastName: 'MARTINEZ', firstName: 'Ana' })
  await aPerson([service], { lastName: 'DUPONT-MARTIN', firstName: 'Zoé' })
  await aPerson([service], { lastName: 'MARTIN', firstName: 'Zoé' })
  await aPerson([service], { lastName: 'MARTIN', firstName: 'Abel', archivedAt: monday })
  const named = (text: string, limit: number) =>
    actAt(colleague, monday, async (ctx) => {
      const found = await findProbationers(ctx, text, limit)
      return found.map((person) => `${person.lastName} ${person.firstName}`)
    })
  expect((await named('martin', 8)).slice(0, 4)).toEqual([
    'MARTIN Zoé',
    'MARTINEZ Ana',
    'DUPONT-MARTIN Zoé',
    'ABADIE A Martin',
  ])
  expect((await named('martin', 20)).slice(-2)).toEqual(['BERTHIER Martine', 'MARTIN Abel'])
  expect((await named('artin', 20)).slice(-3)).toEqual(['BERTHIER Martine', 'CARON Amartina', 'MARTIN Abel'])
  expect(await named('artina', 20)).toEqual(['CARON Amartina'])
  expect(await named('amart', 20)).toEqual(['AMARTINI Luc', 'CARON Amartina'])
  expect(await named('zoé martin', 8)).toEqual(['MARTIN Zoé', 'DUPONT-MARTIN Zoé'])
})

test('of several words, whoever is named by them all comes first, however many begin by one', async () => {
  const service = await aService('SPIP des Ben', 'probation_service')
  const colleague = await anAgent(service, 'probation_counsellor')
  for (const letter of 'BCDEFGHI') await aPerson([service], { lastName: `BEN A${letter}A`, firstName: 'Ali' })
  await aPerson([service], { lastName: 'BEN ALI', firstName: 'Sonia' })
  const named = (text: string) =>
    actAt(colleague, monday, async (ctx) => {
      const found = await findProbationers(ctx, text, 8)
      return found.map((person) => `${person.lastName} ${person.firstName}`)
    })
  expect((await named('ben ali'))[0]).toBe('BEN ALI Sonia')
  expect((await named('ali ben'))[0]).toBe('BEN ALI Sonia')
})

test('however many words are typed, few statements are kept, and no length is an error', async () => {
  const kept = async () => {
    const { rows } = await readers.query<{ statement: string }>(
      'SELECT statement FROM pg_prepared_statements',
    )
    return rows.filter(({ statement }) => statement.includes('probationer')).length
  }
  const before = await kept()
  for (let words = 1; words <= 25; words++)
    await search(Array.from({ length: words }, (_, n) => `zz${String.fromCharCode(97 + (n % 26))}`).join(' '))
  expect((await kept()) - before).toBeLessThan(20)
  for (const text of ['㌖'.repeat(57), '㌖'.repeat(100), 'a'.repeat(100)])
    expect(await search(text)).toEqual([])
})

test('as many last names as are asked for begin so: the order stays the same, the archived last', async () => {
  const service = await aService('SPIP des Durand', 'probation_service')
  const other = await aService('SPIP voisin des Durand', 'probation_service')
  const colleague = await anAgent(service, 'probation_counsellor')
  for (const firstName of ['Zélie', 'Ève', 'Ali']) await aPerson([service], { lastName: 'DURAND', firstName })
  await aPerson([service], { lastName: 'DURANDEAU', firstName: 'Ali' })
  await aPerson([service], { lastName: 'LE DURAND', firstName: 'Ali' })
  await aPerson([other], { lastName: 'DURAND', firstName: 'Aaron' })
  const gone = await aPerson([service], { lastName: 'DURAND', firstName: 'Abel', archivedAt: monday })
  const named = (text: string, limit: number) =>
    actAt(colleague, monday, async (ctx) => {
      const found = await findProbationers(ctx, text, limit)
      return found.map((person) => `${person.lastName} ${person.firstName}`)
    })
  const all = ['DURAND Ali', 'DURAND Ève', 'DURAND Zélie', 'DURANDEAU Ali', 'LE DURAND Ali', 'DURAND Abel']
  for (const limit of [1, 2, 3, 4, 5, 6]) expect(await named('durand', limit)).toEqual(all.slice(0, limit))
  expect(await named('al dur', 2)).toEqual(['DURAND Ali', 'DURANDEAU Ali'])

  await prisma.probationer.update({
    where: { id: gone.id },
    data: { archivedAt: null, lastName: 'DURANDAL' },
  })
  expect(await named('durand', 4)).toEqual([...all.slice(0, 3), 'DURANDAL Abel'])
  await prisma.probationer.update({ where: { id: gone.id }, data: { archivedAt: monday } })
  expect(await named('durand', 4)).toEqual(all.slice(0, 4))
})

test('a service that goes from one record to another is followed by neither twice', async () => {
  const service = await aService('SPIP des fiches réunies', 'probation_service')
  const [kept, other] = [await aPerson([]), await aPerson([service])]
  await prisma.following.updateMany({ where: { probationerId: other.id }, data: { probationerId: kept.id } })
  const services = async (id: number) =>
    (await prisma.probationer.findUniqueOrThrow({ where: { id } })).followingOrganizationIds
  expect([await services(kept.id), await services(other.id)]).toEqual([[service.id], []])
  const { searchText } = await prisma.following.findFirstOrThrow({ where: { probationerId: kept.id } })
  expect(searchText).toContain(kept.lastName.toLowerCase())
})
