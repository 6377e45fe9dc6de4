import { describe, expect, it } from 'vitest'
import { recordHistory } from '../../../resources/history-entry/commands.server'
import { Refused } from '../../../resources/shared/errors'
import { transact } from '../../../resources/shared/transact.server'

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
})
