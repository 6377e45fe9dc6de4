import { describe, expect, it } from 'vitest'
import { recordHistory } from '../../../resources/history-entry/commands.server'
import { Refused } from '../../../resources/shared/errors'
import { transact } from '../../../resources/shared/transact.server'
import { aPerson } from '../../support/world'

describe('a transaction', () => {
  it('refuses in words what refers to a record that is gone, even in SQL of ours', async () => {
    const entry = {
      probationerId: 2_000_000_000,
      category: 'probationer',
      event: 'probationer.archived',
    } as const
    const told = transact({ kind: 'system', task: 'test' }, (ctx) => recordHistory(ctx, entry))
    await expect(told).rejects.toThrow(Refused)
    await expect(told).rejects.toMatchObject({ code: 'record.reference_gone' })
  })

  it('that another waits for, and that waits for it, begins again: both are done', async () => {
    const { id: one } = await aPerson([])
    const { id: other } = await aPerson([])
    let held = 0
    const rename = (first: number, second: number) =>
      transact({ kind: 'system', task: 'test' }, async ({ tx }) => {
        await tx.probationer.update({ where: { id: first }, data: { firstName: 'Un' } })
        held += 1
        // The third time, the other is done or holds nothing.
        if (held <= 2) await expect.poll(() => held, { timeout: 15_000 }).toBe(2)
        await tx.probationer.update({ where: { id: second }, data: { firstName: 'Deux' } })
      })
    await Promise.all([rename(one, other), rename(other, one)])
    expect(held).toBe(3)
  })
})
