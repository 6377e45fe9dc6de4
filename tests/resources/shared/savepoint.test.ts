import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../../resources/shared/db.server'
import { apart } from '../../../resources/shared/savepoint.sql.server'
import { aService, actAt, anAgent, monday, type AService } from '../../support/world'

let service: AService
beforeAll(async () => {
  service = await aService('SPIP de Nanterre', 'probation_service')
})

describe('work done apart in a transaction', () => {
  it('is undone alone when the database refuses it: what was written before and after stays', async () => {
    const actor = await anAgent(service, 'local_admin')
    await actAt(actor, monday, async (ctx) => {
      const named = (name: string) => ctx.tx.headquarters.create({ data: { name } })
      await named('Siège un')
      await expect(
        apart(ctx, async () => {
          await named('Siège deux')
          await named('Siège un')
        }),
      ).rejects.toThrow()
      expect(await apart(ctx, async () => (await named('Siège trois')).name)).toBe('Siège trois')
    })
    const made = await prisma.headquarters.findMany({ select: { name: true }, orderBy: { id: 'asc' } })
    expect(made.map(({ name }) => name)).toEqual(['Siège un', 'Siège trois'])
  })
})
