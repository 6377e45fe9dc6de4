import { beforeAll, describe, expect, test } from 'vitest'
import { registerProbationer } from '../../../resources/probationer/commands/register.server'
import {
  checkTypedPerson,
  listProbationers,
  searchProbationers,
} from '../../../resources/probationer/queries/list.server'
import { isAppiNumber } from '../../../resources/probationer/schema'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { Refused } from '../../../resources/shared/errors'
import { aCountry, actAt, anAgent, aPerson, aService, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let agent: AgentActor
let stranger: AgentActor

beforeAll(async () => {
  country = await aCountry()
  agent = await anAgent(country.spip, 'probation_secretary')
  stranger = await anAgent(country.foreign, 'probation_counsellor')
})

const register = (more: object = {}, actor = agent) =>
  actAt(actor, monday, (ctx) =>
    registerProbationer(ctx, {
      lastName: 'Bensalem',
      firstName: 'karim',
      dateOfBirth: '1991-04-12',
      hasNoMobilePhone: true,
      ...more,
    }),
  )

const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refused ? `${error.code} on ${error.field ?? 'the page'}` : error),
  )

describe('registering a person', () => {
  test.each([
    ['fifteen years old', { dateOfBirth: '2010-10-06' }, 'probationer.too_young on dateOfBirth'],
    ['no date of birth', { dateOfBirth: '' }, 'probationer.date_of_birth_missing on dateOfBirth'],
    ['neither phone nor box', { hasNoMobilePhone: false }, 'probationer.phone_missing on phone'],
    ['a landline', { phone: '01 42 34 56 78' }, 'probationer.phone_not_mobile on phone'],
    ['a number nobody can have', { phone: '12' }, 'probationer.phone_unreadable on phone'],
  ])('%s is refused', async (_, change, reason) => {
    expect(await reasonOf(register({ lastName: 'Refus', ...change }))).toBe(reason)
  })

  test('where a person lives has one answer, for an office that is asked it', async () => {
    const court = await aService('TJ de Versailles', 'court', {
      departmentCode: '78',
      interJurisdiction: true,
    })
    const office = await anAgent(court, 'execution_office_agent')
    const asked = (more: object) => reasonOf(register({ lastName: 'Demeure', ...more }, office))
    expect(await asked({})).toBe('probationer.residence_missing on cityId')
    expect(await asked({ isHomeless: true, livesAbroad: true })).toBe('probationer.residence_twice on cityId')
    expect(await asked({ isHomeless: true })).toBe('accepted')
  })

  test('the day of their sixteenth birthday, a person may be registered', async () => {
    expect(await reasonOf(register({ lastName: 'Seize', dateOfBirth: '2010-10-05' }))).toBe('accepted')
  })

  test('a phone, an APPI number, an identity belong to one record, archived ones included', async () => {
    await aPerson([country.foreign], {
      lastName: 'PRIS',
      phone: '+33639981111',
      appiNumber: '202300000001',
      archivedAt: monday,
    })
    await register({ lastName: 'Éloïse-Marie' })
    expect(await reasonOf(register({ lastName: 'Autre', phone: '0639981111' }))).toBe(
      'probationer.phone_taken on phone',
    )
    expect(await reasonOf(register({ lastName: 'Autre', appiNumber: '202300000001' }))).toBe(
      'probationer.appi_number_taken on appiNumber',
    )
    expect(await reasonOf(register({ lastName: 'ELOISE MARIE', isAnotherPerson: true }))).toBe(
      'probationer.identity_taken on lastName',
    )
  })

  test('same identity with one APPI number warns, and may be another person', async () => {
    await register({ lastName: 'Homonyme', appiNumber: '202300000002' })
    expect(await reasonOf(register({ lastName: 'Homonyme' }))).toBe(
      'probationer.identity_alike on isAnotherPerson',
    )
    expect(await reasonOf(register({ lastName: 'Homonyme', isAnotherPerson: true }))).toBe('accepted')
  })

  test('two registrations of one phone at the same instant: one is refused with words', async () => {
    const phone = '06 39 98 22 22'
    const answers = await Promise.all(
      ['Un', 'Deux'].map((lastName) => reasonOf(register({ lastName, phone }))),
    )
    expect(answers.sort()).toEqual(['accepted', 'probationer.phone_taken on phone'])
  })

  test('one person typed by two at the same instant, with and without an APPI number: the second is told', async () => {
    const lastName = 'Simultané'
    const answers = await Promise.all([
      reasonOf(register({ lastName, appiNumber: '202300000077' })),
      reasonOf(register({ lastName })),
    ])
    expect(answers.sort()).toEqual(['accepted', 'probationer.identity_alike on isAnotherPerson'])
  })

  test('an overseas mobile typed as at home takes its own prefix', async () => {
    const { id } = await register({ lastName: 'Guyane', phone: '0694 20 12 34' })
    expect((await prisma.probationer.findUniqueOrThrow({ where: { id } })).phone).toBe('+594694201234')
  })

  test.each([
    ['202312345678', true],
    ['202312345678B', true],
    ['19912345', true],
    ['20112345', false],
    ['199123456789', false],
    ['180012345678', false],
    ['2023123B45678', false],
  ])('%s as an APPI number: %s', (number, expected) => {
    expect(isAppiNumber(number)).toBe(expected)
  })
})

describe('what an agent learns while typing', () => {
  test('in the jurisdiction, the record; outside, an initial, a first name, a year, the services', async () => {
    await aPerson([country.spip], {
      lastName: 'ZERROUKI',
      firstName: 'Nassim',
      dateOfBirth: '1999-11-17',
      phone: '+33639983333',
      appiNumber: '202300000003',
    })
    const typed = { lastName: 'zerrouki', firstName: 'NASSIM', dateOfBirth: '1999-11-17' }
    const [near] = (await actAt(agent, monday, (ctx) => checkTypedPerson(ctx, typed))).duplicates
    expect(near?.record).toMatchObject({ lastName: 'ZERROUKI', dateOfBirth: '1999-11-17' })

    const far = (await actAt(stranger, monday, (ctx) => checkTypedPerson(ctx, typed))).duplicates
    expect(far[0]?.minimum).toEqual({ initial: 'Z', firstName: 'Nassim', yearOfBirth: 1999 })
    expect(JSON.stringify(far)).not.toMatch(/ZERROUKI|33639983333|202300000003|11-17/)
  })

  test('outside, neither who expects the person, nor a code 12, and each time it is traced', async () => {
    const person = await aPerson([country.spip], { lastName: 'LOINTAIN', phone: '+33639983334' })
    await prisma.probationer.update({
      where: { id: person.id },
      data: { followedByAntiTerrorismJudge: true },
    })
    const look = (actor: typeof agent) =>
      actAt(actor, monday, (ctx) => checkTypedPerson(ctx, { phone: '06 39 98 33 34' }))
    const [far] = (await look(stranger)).duplicates
    expect(Object.keys(far ?? {}).sort()).toEqual([
      'blocking',
      'claim',
      'minimum',
      'record',
      'resemblance',
      'services',
    ])
    // One sentence, whatever the obstacle.
    expect(far?.claim).toEqual({
      ...{ whyNot: 'divestment.not_possible_here', probationerId: null, convokes: false, ownRequestId: null },
    })
    expect(far?.record).toBeNull()
    expect((await look(agent)).duplicates[0]?.record).toMatchObject({ followedByAntiTerrorismJudge: true })
    const traces = await prisma.auditEntry.findMany({ where: { probationerId: person.id } })
    expect(traces.map(({ action, agentId }) => [action, agentId])).toEqual([['look_up', stranger.id]])
  })

  test('is asked with the right of the form: to register, or to edit that record', async () => {
    const typed = { phone: '06 39 98 33 33' }
    const unread = await anAgent(country.spip, 'probation_counsellor', { charter: null })
    await expect(actAt(unread, monday, (ctx) => checkTypedPerson(ctx, typed))).rejects.toThrow(
      'not permitted',
    )
    const { id: except } = await aPerson([country.spip])
    const ask = (actor: typeof agent) =>
      actAt(actor, monday, (ctx) => checkTypedPerson(ctx, { ...typed, except }))
    await expect(ask(stranger)).rejects.toThrow('not found')
    await expect(ask(await anAgent(country.court, 'sentence_judge'))).rejects.toThrow('not permitted')
    expect((await ask(agent)).duplicates).toHaveLength(1)
  })

  test('is asked no faster than anybody types', async () => {
    const hurried = await anAgent(country.spip, 'probation_counsellor')
    const ask = (n: number) =>
      actAt(hurried, monday, (ctx) => checkTypedPerson(ctx, { phone: `06 39 98 40 ${n}` }))
    for (let n = 10; n < 40; n++) await ask(n)
    await expect(ask(40)).rejects.toMatchObject({ name: 'TooMany' })
    // Nor by the form itself, whose refusals say as much, and are traced.
    const stranger = await anAgent(country.foreign, 'probation_counsellor')
    const known = await aPerson([country.spip], { phone: '+33639984155' })
    const register = () =>
      actAt(stranger, monday, (ctx) =>
        registerProbationer(ctx, {
          ...{ lastName: 'AUTREMENT', firstName: 'Nom', dateOfBirth: '1990-01-01', phone: '0639984155' },
        }),
      )
    for (let n = 0; n < 30; n++) await expect(register()).rejects.toThrow(Refused)
    await expect(register()).rejects.toMatchObject({ name: 'TooMany' })
    expect(
      await prisma.auditEntry.count({
        where: { agentId: stranger.id, probationerId: known.id, action: 'look_up' },
      }),
    ).toBe(31)
    // What says nobody is not counted.
    await actAt(hurried, monday, (ctx) => checkTypedPerson(ctx, { lastName: 'martin' }))
  })
})

describe('finding people', () => {
  beforeAll(async () => {
    await aPerson([country.spip], {
      lastName: 'PETIT-JEAN',
      firstName: 'Élodie',
      dateOfBirth: '1983-06-05',
      phone: '+33639984444',
      appiNumber: '202300000004',
    })
  })
  const namesFound = async (text: string, actor = agent) =>
    (await actAt(actor, monday, (ctx) => searchProbationers(ctx, { text }))).map((line) => line.lastName)

  test.each([
    'petit jean',
    'elodie PETIT',
    'Petit-Jean Élodie',
    'petit jeam elodi',
    '06 39 98 44 44',
    '+33 6 39 98 44 44',
    '05/06/1983',
    '202300000004',
    'jean 05/06/1983',
  ])('« %s » finds the person', async (text) => {
    expect(await namesFound(text)).toContain('PETIT-JEAN')
  })

  test.each(['petit jean', '0639984444', '05/06/1983', '202300000004', ''])(
    'an agent of another jurisdiction gets nothing with « %s »',
    async (text) => {
      expect(await namesFound(text, stranger)).not.toContain('PETIT-JEAN')
    },
  )

  test.each(["%' OR 1=1 --", '%', '_', '\\', '🦊', 'a'.repeat(100)])(
    '« %s » breaks nothing',
    async (text) => {
      await expect(namesFound(text)).resolves.toBeInstanceOf(Array)
    },
  )

  test('the list counts and pages without naming anyone else’s people', async () => {
    const page = await actAt(stranger, monday, (ctx) => listProbationers(ctx, { perPage: 10 }))
    const theirs = await prisma.probationer.count({
      where: { followingOrganizationIds: { has: country.foreign.id } },
    })
    expect(page.total).toBe(theirs)
  })
})
