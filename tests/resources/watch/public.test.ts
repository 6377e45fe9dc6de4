import { expect, it } from 'vitest'
import { prisma } from '../../../resources/shared/db.server'
import { read } from '../../../resources/shared/transact.server'
import { publicStatus } from '../../../resources/watch/queries/public.server'

const status = () => read({ kind: 'system', task: 'public-site' }, (ctx) => publicStatus(ctx, {}))

it('everybody reads whether SMS are late, and whether somebody looks', async () => {
  expect(await status()).toEqual({ lookedAt: null, lateSince: null })
  const run = (minutesAgo: number) => ({
    task: 'check-alerts',
    startedAt: new Date(Date.now() - minutesAgo * 60_000),
    ...{ durationMs: 5, handled: 0 },
  })
  await prisma.jobRun.create({ data: run(120) })
  expect((await status()).lookedAt).toBeNull()
  await prisma.jobRun.create({ data: run(1) })
  expect((await status()).lookedAt).not.toBeNull()
  const alert = (kind: string) =>
    prisma.watchAlert.create({
      data: { kind, facts: {}, raisedAt: new Date(), toldAt: new Date() },
      select: { id: true },
    })
  await alert('credit_low')
  expect((await status()).lateSince).toBeNull()
  const { id } = await alert('messages_late')
  expect((await status()).lateSince).not.toBeNull()
  await prisma.watchAlert.update({ where: { id }, data: { endedAt: new Date() } })
  expect((await status()).lateSince).toBeNull()
})
