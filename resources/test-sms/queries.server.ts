import { isPhoneOff } from '../message/queries/delivery.server'
import { receiptsStopAfter } from '../message/rules'
import type { AgentActor } from '../shared/actor'
import { civilOf } from '../shared/civil-time'
import { query } from '../shared/command'
import type { Context } from '../shared/context'
import { hour } from '../shared/duration'
import { assertAllowed } from '../shared/errors'
import { maySendTestSms, testSmsVisibleTo } from './policy'
import { listTestSmsInput } from './schema'

/** One page of the tests of the team, the last first, with what became of each. */
export const listTestSms = query(listTestSmsInput, async (ctx: Context<AgentActor>, { page, perPage }) => {
  assertAllowed(maySendTestSms(ctx.actor), 'list the test SMS')
  const where = testSmsVisibleTo(ctx.actor)
  const [total, rows] = await Promise.all([
    ctx.tx.testSms.count({ where }),
    ctx.tx.testSms.findMany({
      where,
      select: {
        ...{ id: true, phone: true, state: true, endReason: true, providerCode: true, textSent: true },
        ...{ createdAt: true, sentAt: true },
        agent: { select: { firstName: true, lastName: true } },
      },
      orderBy: { id: 'desc' },
      skip: (page - 1) * perPage,
      take: perPage,
    }),
  ])
  const since = (at: Date) => ctx.now.getTime() - at.getTime()
  return {
    total,
    /** Something may become of one of them. */
    awaited: rows.some(
      ({ state, createdAt }) =>
        ['planned', 'sending', 'unknown', 'sent'].includes(state) && since(createdAt) < 2 * hour,
    ),
    rows: rows.map(({ createdAt, sentAt, ...test }) => ({
      ...test,
      ...civilOf(createdAt, ctx.actor.organization.timeZone),
      phoneOff: isPhoneOff(test),
      /** Nothing came back for three days: it is not told as received. */
      endReason:
        test.state === 'sent' && sentAt && since(sentAt) > receiptsStopAfter ? 'no_receipt' : test.endReason,
    })),
  }
})
