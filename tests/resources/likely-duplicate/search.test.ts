import { beforeAll, describe, expect, test } from 'vitest'
import {
  askForDuplicates,
  dismissDuplicate,
  proposeDuplicateAgain,
} from '../../../resources/likely-duplicate/commands/dismiss.server'
import { listDuplicates } from '../../../resources/likely-duplicate/queries/list.server'
import { mergeProbationers } from '../../../resources/probationer/commands/merge.server'
import { mergePreview } from '../../../resources/probationer/queries/merge.server'
import type { AgentActor } from '../../../resources/shared/actor'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound, Refused } from '../../../resources/shared/errors'
import { duplicateTasks } from '../../../worker/duplicates'
import { drainQueue } from '../../support/queue'
import { aCountry, actAt, anAgent, aPerson, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let central: AgentActor
beforeAll(async () => {
  country = await aCountry()
  central = await anAgent(country.court, 'central_admin')
})

const by = <Result>(actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<Result>) =>
  actAt(actor, monday, work)
async function search() {
  await by(central, (ctx) => askForDuplicates(ctx, {}))
  await drainQueue(duplicateTasks)
}
const proposed = async (dismissed = false) => {
  const { rows } = await by(central, (ctx) => listDuplicates(ctx, { dismissed, perPage: 50 }))
  return rows
}
const pairOf = async (one: { id: number }, other: { id: number }) =>
  prisma.likelyDuplicate.findUnique({
    where: {
      firstId_secondId: { firstId: Math.min(one.id, other.id), secondId: Math.max(one.id, other.id) },
    },
  })

type Given = NonNullable<Parameters<typeof aPerson>[1]>
const couple = async (one: Given, other: Given, follows = [country.spip]) =>
  [await aPerson(follows, one), await aPerson(follows, other)] as const

describe('The search for likely duplicates', () => {
  const alike: [string, Given, Given, string[]][] = [
    [
      'names that sound alike, born on one day',
      { lastName: 'LEFÈVRE', firstName: 'Mathieu', dateOfBirth: '1980-03-04' },
      { lastName: 'LEFEBVRE', firstName: 'Matthieu', dateOfBirth: '1980-03-04' },
      ['names_spelt_alike', 'same_birth', 'same_service'],
    ],
    [
      'one sound, written otherwise',
      { lastName: 'PHILIPPEAU', firstName: 'Catherine', dateOfBirth: '1981-03-04' },
      { lastName: 'FILIPO', firstName: 'Katerine', dateOfBirth: '1981-03-04' },
      ['names_sound_alike', 'same_birth', 'same_service'],
    ],
    [
      'a letter mistyped in the name',
      { lastName: 'BENSALEM', firstName: 'Karim', dateOfBirth: '1982-03-04' },
      { lastName: 'BENSELAM', firstName: 'Karim', dateOfBirth: '1982-03-04' },
      ['names_spelt_alike', 'same_birth', 'same_service'],
    ],
    [
      'name and first name that changed places',
      { lastName: 'THOMAS', firstName: 'Olivier', dateOfBirth: '1983-03-04' },
      { lastName: 'OLIVIER', firstName: 'Thomas', dateOfBirth: '1983-03-04' },
      ['swapped_names', 'same_birth', 'same_service'],
    ],
    [
      'day and month that changed places',
      { lastName: 'OUEDRAOGO', firstName: 'Awa', dateOfBirth: '1984-03-04' },
      { lastName: 'OUEDRAOGO', firstName: 'Awa', dateOfBirth: '1984-04-03' },
      ['same_names', 'birth_nearly_same', 'same_service'],
    ],
    [
      'one number, written with two codes of the Republic',
      { lastName: 'HOARAU', firstName: 'Jean', dateOfBirth: '1985-03-04', phone: '+262639981234' },
      { lastName: 'HOAREAU', firstName: 'Jean', dateOfBirth: '1985-03-04', phone: '+33639981234' },
      ['same_number', 'names_sound_alike', 'same_birth', 'same_service'],
    ],
    [
      'one APPI number, with and without its letter',
      { lastName: 'INCONNU', firstName: 'Paul', dateOfBirth: '1970-01-01', appiNumber: '202311112222' },
      { lastName: 'VERNIER', firstName: 'Luc', dateOfBirth: '1986-03-04', appiNumber: '202311112222A' },
      ['same_appi_number', 'same_service'],
    ],
  ]
  test.each(alike)('finds %s', async (_, one, other, likenesses) => {
    const pair = await couple(one, other)
    await search()
    expect((await pairOf(...pair))?.likenesses.toSorted()).toEqual(likenesses.toSorted())
  })

  test('finds names alike of which one has no birth, in one service', async () => {
    const pair = await couple(
      { lastName: 'SANSDATE', firstName: 'Léo' },
      { lastName: 'SANSDATE', firstName: 'Léo', dateOfBirth: '1986-07-08' },
    )
    await prisma.probationer.update({ where: { id: pair[0].id }, data: { dateOfBirth: null } })
    await search()
    expect((await pairOf(...pair))?.likenesses).toEqual(['same_names', 'birth_missing', 'same_service'])
  })

  test('leaves strangers alone: born on one day, or under one name', async () => {
    const sameDay = await couple(
      { lastName: 'GARNIER', firstName: 'Louis', dateOfBirth: '1990-05-06' },
      { lastName: 'KOWALSKI', firstName: 'Piotr', dateOfBirth: '1990-05-06' },
    )
    const sameName = await couple(
      { lastName: 'MARTIN', firstName: 'Jean', dateOfBirth: '1971-02-03' },
      { lastName: 'MARTIN', firstName: 'Jean', dateOfBirth: '1988-11-12' },
    )
    const siblings = await couple(
      { lastName: 'DIALLO', firstName: 'Aminata', dateOfBirth: '1995-05-06' },
      { lastName: 'DIALLO', firstName: 'Boubacar', dateOfBirth: '1995-05-06' },
    )
    await search()
    for (const pair of [sameDay, sameName, siblings]) expect(await pairOf(...pair)).toBeNull()
  })

  test('proposes no more those who were said to be of two persons, until that is taken back', async () => {
    const pair = await couple(
      { lastName: 'JUMEAU', firstName: 'Alix', dateOfBirth: '1992-05-06', appiNumber: '202300000011' },
      { lastName: 'JUMEAUX', firstName: 'Alix', dateOfBirth: '1992-05-06', appiNumber: '202300000022' },
    )
    await search()
    const { id } = (await pairOf(...pair)) ?? { id: 0 }
    await by(central, (ctx) => dismissDuplicate(ctx, { likelyDuplicateId: id }))
    await search()
    expect((await proposed()).some((row) => row.id === id)).toBe(false)
    expect((await proposed(true)).some((row) => row.id === id)).toBe(true)
    await expect(
      by(central, (ctx) => dismissDuplicate(ctx, { likelyDuplicateId: id })),
    ).rejects.toBeInstanceOf(Refused)
    await by(central, (ctx) => proposeDuplicateAgain(ctx, { likelyDuplicateId: id }))
    expect((await proposed()).some((row) => row.id === id)).toBe(true)
  })

  test('forgets what was corrected, purged or merged', async () => {
    const corrected = await couple(
      { lastName: 'ROUSSEL', firstName: 'Nadia', dateOfBirth: '1993-05-06' },
      { lastName: 'ROUSSELLE', firstName: 'Nadia', dateOfBirth: '1993-05-06' },
    )
    const purged = await couple(
      { lastName: 'CHEVALLIER', firstName: 'Ines', dateOfBirth: '1994-05-06' },
      { lastName: 'CHEVALIER', firstName: 'Inès', dateOfBirth: '1994-05-06' },
    )
    await search()
    expect(await pairOf(...corrected)).not.toBeNull()
    expect(await pairOf(...purged)).not.toBeNull()
    await prisma.probationer.update({
      where: { id: corrected[1].id },
      data: { dateOfBirth: new Date('1960-01-01') },
    })
    await prisma.probationer.delete({ where: { id: purged[1].id } })
    await search()
    expect(await pairOf(...corrected)).toBeNull()
    expect(await pairOf(...purged)).toBeNull()
  })

  test('two persons stay two when one of them is merged with a third record', async () => {
    const [one, other] = await couple(
      { lastName: 'VASSEUR', firstName: 'Elise', dateOfBirth: '1996-05-06', appiNumber: '202300000033' },
      { lastName: 'LEVASSEUR', firstName: 'Elise', dateOfBirth: '1996-05-06', appiNumber: '202300000044' },
    )
    await prisma.likelyDuplicate.create({
      data: {
        ...{ firstId: one.id, secondId: other.id, score: 60, likenesses: ['same_birth'], foundAt: monday },
        dismissedAt: monday,
      },
    })
    const third = await aPerson([country.spip])
    const { kept, other: gone } = await by(central, (ctx) =>
      mergePreview(ctx, { probationerId: third.id, otherId: one.id }),
    )
    await by(central, (ctx) =>
      mergeProbationers(ctx, {
        ...{ probationerId: third.id, otherId: one.id, version: kept.version },
        otherVersion: gone?.version ?? '',
      }),
    )
    expect((await pairOf(third, other))?.dismissedAt).toEqual(monday)
  })

  test('is asked for, read and decided of by central admins only', async () => {
    const [one, other] = await couple({}, {})
    const { id } = await prisma.likelyDuplicate.create({
      data: { firstId: one.id, secondId: other.id, score: 60, likenesses: ['same_birth'], foundAt: monday },
    })
    for (const role of ['local_admin', 'probation_director', 'probation_counsellor'] as const) {
      const actor = await anAgent(country.spip, role)
      await expect(by(actor, (ctx) => listDuplicates(ctx, {}))).rejects.toBeInstanceOf(Forbidden)
      await expect(by(actor, (ctx) => askForDuplicates(ctx, {}))).rejects.toBeInstanceOf(Forbidden)
      await expect(
        by(actor, (ctx) => dismissDuplicate(ctx, { likelyDuplicateId: id })),
      ).rejects.toBeInstanceOf(NotFound)
    }
  })
})
