import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { formFields } from '../../admin/define/form'
import { eraseExpired } from '../../resources/retention/commands.server'
import type { AgentActor } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { transact } from '../../resources/shared/transact.server'
import { sendTestSms } from '../../resources/test-sms/commands.server'
import { sendTestSmsInput } from '../../resources/test-sms/schema'
import { listTestSms } from '../../resources/test-sms/queries.server'
import { at, inHours } from '../support/booked'
import { bringForward, drainQueue, queuedJobs } from '../support/queue'
import { aCountry, anAgent, aPerson } from '../support/world'
import { accepted, byOutbox, lookForUnsettled, provider } from './story'

let country: Awaited<ReturnType<typeof aCountry>>
let team: AgentActor
beforeAll(async () => {
  country = await aCountry()
})

afterEach(async () => {
  await prisma.$executeRaw`DELETE FROM graphile_worker._private_jobs`
  await prisma.providerPace.deleteMany()
})

const sent = (phone: string, actor = team) => transact(actor, (ctx) => sendTestSms(ctx, { phone }))
const testOf = (id: number) => prisma.testSms.findUniqueOrThrow({ where: { id } })
const handedOverLongAgo = (id: number) =>
  prisma.testSms.update({ where: { id }, data: { claimedAt: inHours(-151 / 3600) } })
const aTeam = async () => (team = await anAgent(country.court, 'central_admin'))

describe('A test SMS', () => {
  it('goes to a number of any territory, says nothing of anybody, and is told as received [P63]', async () => {
    await aTeam()
    const { id } = await sent('0694 20 12 34')
    await drainQueue(byOutbox)
    expect(await testOf(id)).toMatchObject({ state: 'sent', phone: '+594694201234' })
    const item = await prisma.outboxItem.findFirstOrThrow({
      where: { reference: { startsWith: `test:${id}:` } },
    })
    expect(item.body).toMatch(/^Essai de Mon Suivi Justice : SMS parti de \S+, expéditeur RDV Justice\./)
    expect(item.body.length).toBeLessThanOrEqual(160)
    await prisma.$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now()
      WHERE payload->>'reference' LIKE ${`test:${id}:%`}`
    await drainQueue(byOutbox)
    expect(await testOf(id)).toMatchObject({ state: 'delivered', endReason: null })
    const { rows } = await transact(team, (ctx) => listTestSms(ctx, {}))
    expect(rows[0]).toMatchObject({ id, state: 'delivered' })
  })

  it('leaves a trace without the number, in no job', async () => {
    await aTeam()
    const { id } = await sent('0639987001')
    expect(JSON.stringify(await queuedJobs())).not.toContain('639987001')
    const trace = await prisma.auditEntry.findFirstOrThrow({
      where: { subject: 'test_sms', subjectId: id },
    })
    expect(trace).toMatchObject({ action: 'create', agentId: team.id })
    expect(JSON.stringify(trace)).not.toContain('639987001')
  })

  it('is for the team only, five in a day each, to a mobile of nobody who is followed', async () => {
    await aTeam()
    await expect(sent('0639987002', await anAgent(country.spip, 'local_admin'))).rejects.toMatchObject({
      name: 'Forbidden',
    })
    const { phone } = await aPerson([country.spip])
    for (const [typed, code] of [
      ['0612', 'probationer.phone_unreadable'],
      ['01 47 00 00 00', 'probationer.phone_not_mobile'],
      ['+44 7400 123456', 'probationer.phone_not_mobile'],
      [phone ?? '', 'test_sms.phone_of_person'],
    ] as const)
      await expect(sent(typed), typed).rejects.toMatchObject({ code, field: 'phone' })
    const [field] = formFields(sendTestSmsInput, { fields: { phone: 'Portable' } }, [])
    expect(field).toMatchObject({ kind: 'phone', required: true })
    await expect(sent('')).rejects.toThrow('Écrivez un numéro de portable.')
    for (let turn = 0; turn < 5; turn += 1) await sent('0639987003')
    await expect(sent('0639987003')).rejects.toMatchObject({ code: 'test_sms.too_many' })
    await prisma.testSms.updateMany({ where: { agentId: team.id }, data: { createdAt: inHours(-25) } })
    await sent('0639987003')
  })

  it('whose line is cut is looked for, found, and never sent again', async () => {
    await aTeam()
    const { id } = await sent('0639987004')
    const { tasks, handed } = provider([], [{ kind: 'found', externalId: 'ext-9' }])
    await drainQueue(tasks)
    expect(await testOf(id)).toMatchObject({ state: 'unknown' })
    await handedOverLongAgo(id)
    await lookForUnsettled(tasks)
    expect(await testOf(id)).toMatchObject({ state: 'sent', externalId: 'ext-9' })
    expect(handed.filter(({ reference }) => reference.startsWith(`test:${id}:`))).toHaveLength(1)
  })

  it('that their list twice knows nothing of leaves after all', async () => {
    await aTeam()
    const { id } = await sent('0639987005')
    const { tasks, handed } = provider(
      [{ kind: 'unknown' }, accepted],
      Array.from({ length: 2 }, () => ({ kind: 'absent' })),
    )
    await drainQueue(tasks)
    await handedOverLongAgo(id)
    await lookForUnsettled(tasks)
    expect(await testOf(id)).toMatchObject({ state: 'unknown', absentSince: expect.any(Date) as Date })
    await prisma.testSms.update({ where: { id }, data: { absentSince: inHours(-31 / 3600) } })
    await lookForUnsettled(tasks)
    expect(await testOf(id)).toMatchObject({ state: 'planned' })
    await bringForward(`test:${id}`)
    await drainQueue(tasks)
    expect(await testOf(id)).toMatchObject({ state: 'sent' })
    expect(handed.filter(({ reference }) => reference.startsWith(`test:${id}:`))).toHaveLength(2)
  })

  it('that is refused says so, and is forgotten after thirty days', async () => {
    await aTeam()
    const { id } = await sent('0639980001')
    await drainQueue(byOutbox)
    expect(await testOf(id)).toMatchObject({ state: 'failed', endReason: 'invalid_number' })
    await prisma.testSms.update({ where: { id }, data: { createdAt: inHours(-24 * 31) } })
    await at(new Date(), eraseExpired)
    expect(await prisma.testSms.findUnique({ where: { id } })).toBeNull()
  })
})
