import { beforeAll, describe, expect, test } from 'vitest'
import { enableSms } from '../../../resources/probationer/commands/follow-up.server'
import { updateProbationer } from '../../../resources/probationer/commands/update.server'
import { checkTypedPerson } from '../../../resources/probationer/queries/list.server'
import { probationerToEdit } from '../../../resources/probationer/queries/record.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { Forbidden, NotFound, Refused } from '../../../resources/shared/errors'
import { read, transact } from '../../../resources/shared/transact.server'
import { aCountry, anAgent, aPerson, aService } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let agent: AgentActor

beforeAll(async () => {
  country = await aCountry()
  agent = await anAgent(country.spip, 'probation_secretary')
})

const row = (id: number) =>
  prisma.probationer.findUniqueOrThrow({ where: { id }, include: { followings: true } })

/** Opens the form, changes some fields, saves. */
async function edit(id: number, changes: object, actor = agent) {
  const form = await read(actor, (ctx) => probationerToEdit(ctx, { probationerId: id }))
  const { version, person } = form
  await transact(actor, (ctx) =>
    updateProbationer(ctx, { probationerId: id, version, ...person, ...changes }),
  )
  return row(id)
}

const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refused ? `${error.code} on ${error.field ?? 'the page'}` : error),
  )

const historyOf = (probationerId: number) =>
  prisma.historyEntry.findMany({
    where: { probationerId },
    select: { event: true, data: true, actorName: true },
    orderBy: { id: 'asc' },
  })

describe('correcting the record of a person', () => {
  test('writes what changed, normalised, and traces the names of the fields, never the values', async () => {
    const { id } = await aPerson([country.spip])
    const after = await edit(id, {
      lastName: ' d’artagnan ',
      firstName: 'jean-marie',
      appiNumber: '2023 12345678',
    })
    expect(after).toMatchObject({
      lastName: 'D’ARTAGNAN',
      firstName: 'Jean-Marie',
      appiNumber: '202312345678',
    })
    const traces = await prisma.auditEntry.findMany({ where: { probationerId: id, action: 'update' } })
    expect(traces.map(({ fields, agentId }) => ({ fields: fields.sort(), agentId }))).toEqual([
      { fields: ['appiNumber', 'firstName', 'lastName'], agentId: agent.id },
    ])
    expect(await historyOf(id)).toEqual([
      {
        event: 'probationer.corrected',
        data: { fields: ['lastName', 'firstName', 'appiNumber'] },
        actorName: 'Claire Vasseur',
      },
    ])
  })

  test('a number corrected while what became of an SMS is written: one waits for the other', async () => {
    const { id } = await aPerson([country.spip])
    let correction: ReturnType<typeof edit> | undefined
    await prisma.$transaction(
      async (receipt) => {
        await receipt.historyEntry.create({
          data: { probationerId: id, category: 'message', event: 'message.failed' },
        })
        correction = edit(id, { phone: '06 39 98 45 45' })
        await expect
          .poll(() => prisma.$queryRaw`SELECT 1 FROM pg_locks WHERE NOT granted`, { interval: 20 })
          .toHaveLength(1)
        await receipt.$executeRaw`UPDATE probationer SET phone_state = 'to_check' WHERE id = ${id}`
      },
      { timeout: 20_000 },
    )
    expect(await correction).toMatchObject({ phone: '+33639984545', phoneState: 'fine' })
  })

  test('saving without a change writes nothing', async () => {
    const { id, updatedAt } = await aPerson([country.spip])
    expect((await edit(id, {})).updatedAt).toEqual(updatedAt)
    expect(await prisma.auditEntry.count({ where: { probationerId: id, action: 'update' } })).toBe(0)
  })

  test.each([
    ['fifteen years old', { dateOfBirth: '2020-10-06' }, 'probationer.too_young on dateOfBirth'],
    ['no date of birth', { dateOfBirth: '' }, 'probationer.date_of_birth_missing on dateOfBirth'],
    ['neither phone nor box', { phone: '' }, 'probationer.phone_missing on phone'],
    ['a landline', { phone: '01 42 34 56 78' }, 'probationer.phone_not_mobile on phone'],
  ])('obeys the rules of registering: %s is refused', async (_, changes, reason) => {
    const { id } = await aPerson([country.spip])
    expect(await reasonOf(edit(id, changes))).toBe(reason)
  })

  test('what belongs to another record is refused; one’s own never is', async () => {
    await aPerson([country.foreign], {
      lastName: 'PRIS',
      firstName: 'Lou',
      dateOfBirth: '1990-01-01',
      phone: '+33639980001',
      appiNumber: '202300000001',
      archivedAt: new Date(),
    })
    const { id } = await aPerson([country.spip], { phone: '+33639980002', appiNumber: '202300000009' })
    const identity = { lastName: 'Pris', firstName: 'lou', dateOfBirth: '1990-01-01' }
    expect(await reasonOf(edit(id, { phone: '06 39 98 00 01' }))).toBe('probationer.phone_taken on phone')
    expect(await reasonOf(edit(id, { appiNumber: '202300000001' }))).toBe(
      'probationer.appi_number_taken on appiNumber',
    )
    expect(await reasonOf(edit(id, { ...identity, appiNumber: '' }))).toBe(
      'probationer.identity_alike on isAnotherPerson',
    )
    expect(await reasonOf(edit(id, { ...identity, appiNumber: '', isAnotherPerson: true }))).toBe('accepted')
    // Said once: a change of phone does not ask again.
    expect(await reasonOf(edit(id, { phone: '06 39 98 00 03' }))).toBe('accepted')
    const check = { phone: '+33639980003', except: id }
    expect((await read(agent, (ctx) => checkTypedPerson(ctx, check))).duplicates).toEqual([])
  })
})

describe('the phone', () => {
  test('added, changed, removed: history tells both numbers and who', async () => {
    const { id } = await aPerson([country.spip], { phone: null })
    await prisma.probationer.update({ where: { id }, data: { hasNoMobilePhone: true } })
    expect(await edit(id, { phone: '06 39 98 10 01' })).toMatchObject({
      phone: '+33639981001',
      hasNoMobilePhone: false,
    })
    await edit(id, { phone: '0639981002' })
    expect(await edit(id, { phone: '', hasNoMobilePhone: true })).toMatchObject({
      phone: null,
      hasNoMobilePhone: true,
    })
    const actorName = `${agent.firstName} ${agent.lastName}`
    expect(await historyOf(id)).toEqual([
      { event: 'probationer.phone_added', data: { to: '+33639981001' }, actorName },
      {
        event: 'probationer.phone_changed',
        data: { from: '+33639981001', to: '+33639981002' },
        actorName,
      },
      { event: 'probationer.phone_removed', data: { from: '+33639981002' }, actorName },
    ])
  })

  test('added never clears a refusal of SMS; a form that unticks it does not either; only enabling does', async () => {
    const { id } = await aPerson([country.spip], { phone: null, smsOptOut: true })
    expect((await edit(id, { phone: '06 39 98 10 05', smsOptOut: false })).smsOptOut).toBe(true)
    await transact(agent, (ctx) => enableSms(ctx, { probationerId: id }))
    expect((await row(id)).smsOptOut).toBe(false)
    expect((await edit(id, { smsOptOut: true })).smsOptOut).toBe(true)
    expect((await historyOf(id)).at(-1)?.event).toBe('probationer.sms_refused')
  })

  test('a dead number that is corrected is trusted again; another correction leaves it dead', async () => {
    const { id } = await aPerson([country.spip])
    await prisma.probationer.update({ where: { id }, data: { phoneState: 'dead' } })
    expect((await edit(id, { firstName: 'Karima' })).phoneState).toBe('dead')
    expect((await edit(id, { phone: '06 39 98 10 06' })).phoneState).toBe('fine')
  })
})

describe('two agents edit one record', () => {
  test('the second is told who came first, and undoes nothing', async () => {
    const { id } = await aPerson([country.spip])
    const form = await read(agent, (ctx) => probationerToEdit(ctx, { probationerId: id }))
    const colleague = await anAgent(country.spip, 'probation_counsellor')
    await edit(id, { firstName: 'Premier' }, colleague)
    const late = transact(agent, (ctx) =>
      updateProbationer(ctx, {
        probationerId: id,
        version: form.version,
        ...form.person,
        firstName: 'Second',
      }),
    )
    await expect(late).rejects.toMatchObject({
      code: 'record.changed_meanwhile_by',
      params: { author: 'Claire Vasseur' },
      changes: { firstName: { author: 'Claire Vasseur', now: 'Premier' } },
    })
    expect((await row(id)).firstName).toBe('Premier')
  })

  test('what somebody did whose account is gone since is nobody else’s', async () => {
    const { id } = await aPerson([country.spip], { firstName: 'Avant' })
    const { version, person } = await read(agent, (ctx) => probationerToEdit(ctx, { probationerId: id }))
    const leaving = await anAgent(country.spip, 'probation_counsellor')
    await edit(id, { firstName: 'Premier' }, await anAgent(country.spip, 'probation_counsellor'))
    await edit(id, { lastName: 'APRÈS' }, leaving)
    await prisma.agent.delete({ where: { id: leaving.id } })
    const late = transact(agent, (ctx) => updateProbationer(ctx, { probationerId: id, version, ...person }))
    await expect(late).rejects.toMatchObject({
      code: 'record.changed_meanwhile',
      changes: {
        firstName: { author: 'Claire Vasseur', now: 'Premier' },
        lastName: { author: null, now: 'APRÈS' },
      },
    })
  })

  test('neither an SMS that failed meanwhile nor somebody elsewhere who types the same person is a change', async () => {
    const { id, phone } = await aPerson([country.spip])
    const form = await read(agent, (ctx) => probationerToEdit(ctx, { probationerId: id }))
    const save = (firstName: string) =>
      transact(agent, (ctx) =>
        updateProbationer(ctx, { probationerId: id, version: form.version, ...form.person, firstName }),
      )
    await prisma.probationer.update({ where: { id }, data: { phoneState: 'to_check' } })
    await save('Premier')
    const stranger = await anAgent(country.foreign, 'probation_counsellor')
    await transact(stranger, (ctx) => checkTypedPerson(ctx, { phone: phone ?? '' }))
    expect(await prisma.auditEntry.count({ where: { probationerId: id, agentId: stranger.id } })).toBe(1)
    await expect(save('Second')).rejects.toMatchObject({
      code: 'record.changed_meanwhile_by',
      params: { author: 'Claire Vasseur' },
    })
  })

  test('at the same instant, one of them is told', async () => {
    const { id } = await aPerson([country.spip])
    const { version, person } = await read(agent, (ctx) => probationerToEdit(ctx, { probationerId: id }))
    const answers = await Promise.all(
      ['Un', 'Deux'].map((firstName) =>
        reasonOf(
          transact(agent, (ctx) =>
            updateProbationer(ctx, { probationerId: id, version, ...person, firstName }),
          ),
        ),
      ),
    )
    expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(1)
  })
})

describe('who may', () => {
  test('the services that follow the person; a linked service reads only; elsewhere there is nothing', async () => {
    const { id } = await aPerson([country.spip])
    await expect(edit(id, {}, await anAgent(country.court, 'sentence_clerk'))).rejects.toThrow(Forbidden)
    await expect(edit(id, {}, await anAgent(country.foreign, 'local_admin'))).rejects.toThrow(NotFound)
  })

  test('an archived record is not edited: its state says so', async () => {
    const { id } = await aPerson([country.spip], { archivedAt: new Date() })
    await expect(edit(id, {})).rejects.toMatchObject({ code: 'probationer.archived' })
  })

  test('anyone ticks the anti-terrorism box, which adds the court of Paris; a central admin alone unticks it', async () => {
    const paris = await aService('TJ de Paris', 'court', { departmentCode: '75' })
    const { id } = await aPerson([country.spip])
    const ticked = await edit(id, { followedByAntiTerrorismJudge: true })
    expect(ticked.followings.map(({ organizationId }) => organizationId).sort()).toEqual(
      [country.spip.id, paris.id].sort(),
    )
    const untick = { followedByAntiTerrorismJudge: false }
    await expect(edit(id, untick)).rejects.toThrow(Forbidden)
    const central = await anAgent(country.spip, 'central_admin')
    const unticked = await edit(id, untick, central)
    expect(unticked.followings.map(({ organizationId }) => organizationId)).toEqual([country.spip.id])
  })
})
