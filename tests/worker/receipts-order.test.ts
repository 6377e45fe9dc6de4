import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { claimMessage, recordSendResult } from '../../resources/message/commands/deliver.server'
import { recordReceipt, storeReceipt } from '../../resources/message/commands/receipts.server'
import type { ReceiptNews } from '../../resources/message/schema'
import { prisma } from '../../resources/shared/db.server'
import { aService, at, inHours, type Service } from '../support/booked'
import { accepted, convokedBy } from './story'

let service: Service
beforeAll(async () => {
  service = await aService()
})

/** Of the claim, later than whatever is planned meanwhile. */
const now = inHours(10 / 60)
const told = (event: ReceiptNews['event'], minutes: number): Omit<ReceiptNews, 'of'> => ({
  ...{ event, at: inHours(minutes / 60, now), partsBilled: 2, creditsUsed: 2 },
  code: event === 'waiting' ? 'phone_off' : event,
  ...(event === 'failed' && { reason: 'unallocated_number' as const }),
})
const later = inHours(5 / 60, now)
const receipts = [told('accepted', 1), told('waiting', 2), told('failed', 3), told('delivered', 4)]

/** A message that left, or whose answer was lost, once these receipts have come one after the other. */
async function after(news: readonly (typeof receipts)[number][], answer: 'accepted' | 'unknown') {
  const story = await convokedBy(service)
  const { id: messageId, createdAt } = await story.summons()
  await at(now, (ctx) => claimMessage(ctx, { messageId }))
  const outcome = answer === 'accepted' ? accepted : ({ kind: 'unknown', code: 'cut' } as const)
  await at(now, (ctx) => recordSendResult(ctx, { messageId, outcome }))
  for (const one of news)
    await at(later, async (ctx) => {
      const { id: receiptId } = await storeReceipt(ctx, { raw: { event: one.event } })
      await recordReceipt(ctx, {
        receiptId,
        news: { ...one, of: { kind: 'message', id: messageId, createdAt } },
      })
    })
  const row = await story.summons()
  // Its own, in each story.
  for (const own of [
    'id',
    'probationerId',
    'appointmentId',
    'phone',
    'textSent',
    'createdAt',
    'dueAt',
    'deadline',
  ] as const)
    expect(Reflect.deleteProperty(row, own)).toBe(true)
  const { phoneState } = await prisma.probationer.findUniqueOrThrow({ where: { id: story.probationerId } })
  return { ...row, phoneState }
}

it('A message, its number and what is said of them end alike, in whatever order receipts come and however often', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .subarray(receipts, { minLength: 2 })
        .chain((some) =>
          fc.tuple(
            fc.constant(some),
            fc.shuffledSubarray([...some, ...some], { minLength: some.length * 2 }),
          ),
        ),
      fc.constantFrom('accepted' as const, 'unknown' as const),
      async ([once, shuffledTwice], answer) => {
        expect(await after(shuffledTwice, answer)).toEqual(await after(once, answer))
      },
    ),
    { numRuns: 8 },
  )
})
