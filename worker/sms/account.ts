import { setTimeout as wait } from 'node:timers/promises'
import { recordJobRun } from '../../resources/job-run/commands.server'
import {
  recordCredits,
  recordCreditsUnread,
  recordListRead,
} from '../../resources/message/commands/account.server'
import { applyListed } from '../../resources/message/commands/receipts.server'
import { askingList, takeTurn } from '../../resources/message/commands/pace.server'
import { whereToReadList } from '../../resources/message/queries/account.server'
import { longestWait } from '../../resources/message/rules'
import { second } from '../../resources/shared/duration'
import { log } from '../../resources/shared/log.server'
import { read, transact } from '../../resources/shared/transact.server'
import { tick } from '../sweeps'
import { task } from '../task'
import { inTime, type SmsProvider } from './provider'

/** What a run reads of the list at most: providers give some hundred such answers an hour. */
const pagesARun = 20

/** The tasks that ask the provider about the account; where it has no answer, they do nothing. */
export function accountTasks(provider: SmsProvider | null, pace = second) {
  return {
    'ask-credits': task({ name: 'ask-credits', payload: tick }, async (_, actor) => {
      const startedAt = await read(actor, (ctx) => Promise.resolve(ctx.now))
      const asked = provider?.credits
      const credits = asked && (await inTime(asked(), null).catch(untold('the credit')))
      await transact(actor, async (ctx) => {
        if (credits === null) await recordCreditsUnread(ctx)
        else if (credits !== undefined) await recordCredits(ctx, { credits, at: ctx.now })
        await recordJobRun(ctx, { task: 'ask-credits', startedAt, handled: credits === undefined ? 0 : 1 })
      })
    }),

    'read-provider-events': task({ name: 'read-provider-events', payload: tick }, async (_, actor) => {
      const startedAt = await read(actor, (ctx) => Promise.resolve(ctx.now))
      const asked = provider?.events
      let handled = 0
      let at = asked ? await read(actor, whereToReadList) : null
      for (let page = 0; provider && asked && at && page < pagesARun; page += 1) {
        // Where a look-up was refused, nobody asks before the instant that the provider stated.
        const patience = await read(actor, (ctx) => takeTurn(ctx, askingList))
        if (patience > longestWait) break
        await wait(page > 0 ? Math.max(pace, patience) : patience)
        const here = at
        const list = await inTime(asked({ day: here.day, from: here.position }), null).catch(
          untold('the list of events'),
        )
        if (!list) break
        const told = list.receipts.flatMap((raw) => {
          const news = provider.readReceipt(raw)
          return news ? [{ raw, news }] : []
        })
        at = await transact(actor, async (ctx) => {
          handled += await applyListed(ctx, { told })
          return recordListRead(ctx, here, { read: list.receipts.length, whole: list.whole })
        })
      }
      await transact(actor, (ctx) => recordJobRun(ctx, { task: 'read-provider-events', startedAt, handled }))
    }),
  }
}

const untold =
  (what: string) =>
  (error: unknown): null => {
    log.warn({ err: error, what }, 'the provider did not say')
    return null
  }
