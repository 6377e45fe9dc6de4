import { expect, it } from 'vitest'
import { prisma } from '../../../resources/shared/db.server'
import { lock } from '../../../resources/shared/lock.server'
import { aPerson, aService, at } from '../../support/booked'
import { anAccount } from '../../support/world'

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

it('a command that keeps a place and holds a person lets others keep the place, and nobody hold the person', async () => {
  const { id: probationer } = await aPerson()
  const place = (await aService()).place.id
  await at(new Date(), async (ctx) => {
    await lock(ctx, { probationer, place }, { place: 'SHARE' })
    const asks = (table: 'place' | 'probationer', id: number, strength: string) =>
      prisma.$queryRawUnsafe(`SELECT 1 FROM ${table} WHERE id = ${id} FOR ${strength} NOWAIT`)
    await expect(asks('place', place, 'SHARE')).resolves.toHaveLength(1)
    await expect(asks('place', place, 'NO KEY UPDATE')).rejects.toThrow('could not obtain lock')
    await expect(asks('probationer', probationer, 'SHARE')).rejects.toThrow('could not obtain lock')
  })
})

it('what is absent is passed over, what comes before and after it is locked', async () => {
  const service = await aService()
  const place = service.place.id
  const { id: agent } = await anAccount(service.organization, 'probation_counsellor')
  await at(new Date(), async (ctx) => {
    await lock(ctx, { place, probationer: 2_000_000_000, agent })
    for (const [table, id] of [
      ['place', place],
      ['agent', agent],
    ] as const) {
      const second = prisma.$queryRawUnsafe(`SELECT 1 FROM ${table} WHERE id = ${id} FOR SHARE NOWAIT`)
      await expect(second).rejects.toThrow('could not obtain lock')
    }
  })
})
