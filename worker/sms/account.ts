import { setTimeout as wait } from 'node:timers/promises'
import { recordJobRun } from '../../resources/job-run/commands.server'
import {
  recordCredits,
  recordCreditsUnread,
  recordListRead,
} from '../../resources/message/commands/account.server'
import { applyListed } from '../../resources/message/commands/receipts.server'
import { whereToReadList } from '../../resources/message/queries/account.server'
import { second } from '../../resources/shared/duration'
import { log } from '../../resources/shared/log.server'
import { read, transact } from '../../resources/shared/transact.server'
import { tick } from '../sweeps'
import { task } from '../task'
import { askList, isUnreachable } from './asking'
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
        if (page > 0) await wait(pace)
        const here = at
        const list = await askList(actor, () => asked({ day: here.day, from: here.position }))
        if (isUnreachable(list)) break
        const { receipts, whole } = list
        const told = receipts.flatMap((raw) => {
          const news = provider.readReceipt(raw)
          return news ? [{ raw, news }] : []
        })
        const turn = await transact(actor, async (ctx) => ({
          kept: await applyListed(ctx, { told }),
          next: await recordListRead(ctx, here, { read: receipts.length, whole }),
        }))
        handled += turn.kept
        at = turn.next
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
