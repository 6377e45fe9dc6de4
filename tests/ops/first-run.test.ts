import { expect, test } from 'vitest'
import { assertDemonstration, fillOnce, forgetFilling } from '../../prisma/first-run'
import { prisma } from '../../resources/shared/db.server'
import { env } from '../../resources/shared/env.server'

const aService = async () => {
  await prisma.organization.create({
    data: { name: 'SPIP', kind: 'probation_service', departmentCode: '92' },
  })
}
const services = () => prisma.organization.findMany({ select: { id: true } })

test('a demonstration whose filling was cut short is emptied and filled again', async () => {
  const cut = async () => {
    await aService()
    await prisma.$executeRaw`SELECT graphile_worker.add_job('nobody-does-this')`
    throw new Error('killed')
  }
  await expect(fillOnce(env.DATABASE_URL, cut)).rejects.toThrow('killed')
  expect(await services()).toHaveLength(1)
  await fillOnce(env.DATABASE_URL, aService)
  expect(await services()).toEqual([{ id: 1 }])
  expect(await prisma.$queryRaw`SELECT 1 FROM graphile_worker.jobs`).toEqual([])
})

test('what somebody else put in a database whose filling was cut short is never emptied', async () => {
  await prisma.organization.deleteMany()
  const cut = async () => {
    await aService()
    throw new Error('killed')
  }
  await expect(fillOnce(env.DATABASE_URL, cut)).rejects.toThrow('killed')
  await forgetFilling(env.DATABASE_URL)
  const before = await services()
  await fillOnce(env.DATABASE_URL, aService)
  expect(await services()).toEqual(before)
})

test('two starts at once fill it once', async () => {
  await prisma.organization.deleteMany()
  await Promise.all([1, 2, 3].map(() => fillOnce(env.DATABASE_URL, aService)))
  expect(await services()).toHaveLength(1)
})

test('a demonstration runs on an empty database or its own, and on no other', async () => {
  await forgetFilling(env.DATABASE_URL)
  await prisma.organization.deleteMany()
  await expect(assertDemonstration(env.DATABASE_URL)).resolves.toBeUndefined()
  await fillOnce(env.DATABASE_URL, aService)
  await expect(assertDemonstration(env.DATABASE_URL)).resolves.toBeUndefined()
  // Kept by somebody else since.
  await forgetFilling(env.DATABASE_URL)
  await expect(assertDemonstration(env.DATABASE_URL)).rejects.toThrow(
    'n’a pas été remplie par une démonstration',
  )
})
