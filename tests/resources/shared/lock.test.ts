import { expect, it } from 'vitest'
import { prisma } from '../../../resources/shared/db.server'
import { lock } from '../../../resources/shared/lock.server'
import { aPerson, at } from '../../support/booked'

it('a line of history about somebody whose record is held is written without waiting', async () => {
  const { id } = await aPerson()
  await at(new Date(), async (ctx) => {
    await lock(ctx, { probationer: id })
    await prisma.$transaction(async (other) => {
      await other.$executeRaw`SET LOCAL lock_timeout = '1s'`
      await other.historyEntry.create({
        data: { probationerId: id, category: 'probationer', event: 'probationer.registered' },
      })
    })
    const second = prisma.$queryRaw`SELECT 1 FROM probationer WHERE id = ${id} FOR NO KEY UPDATE NOWAIT`
    await expect(second).rejects.toThrow('could not obtain lock')
  })
  expect(await prisma.historyEntry.count({ where: { probationerId: id } })).toBe(1)
})
