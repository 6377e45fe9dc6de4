import { recordJobRun } from '../../resources/job-run/commands.server'
import { recordLookup } from '../../resources/message/commands/reconcile.server'
import { giveUpLostClaims } from '../../resources/message/commands/sweep.server'
import { unsettledSms, type UnsettledSms } from '../../resources/message/queries/unsettled.server'
import {
  askedByNumber,
  clocksDifferBy,
  isAskedByNumber,
  isOverdue,
  listedDays,
  pagesWorthReading,
} from '../../resources/message/rules'
import type { LookupOutcome } from '../../resources/message/schema'
import type { SystemActor } from '../../resources/shared/actor'
import { day } from '../../resources/shared/duration'
import { log } from '../../resources/shared/log.server'
import { presently, read, transact } from '../../resources/shared/transact.server'
import { tick } from '../sweeps'
import { task } from '../task'
import { askList, isUnreachable } from './asking'
import type { SmsProvider } from './provider'

/**
 * The task that finds out what became of messages whose answer was lost. Many are looked for in the pages of the
 * provider's list, the newest first; few, or what the pages do not reach, one by one. What is not known by then waits
 * for the next run: none is given up as long as the answer may be of use, and the list may have it.
 */
export function reconciliationTasks(provider: SmsProvider | null) {
  const settle = async (
    actor: SystemActor,
    { of, claimedAt }: UnsettledSms,
    { askedAt, outcome }: { askedAt: Date; outcome: LookupOutcome },
  ) => {
    const ids = { kind: of.kind, id: of.id, outcome: outcome.kind }
    try {
      await transact(actor, (ctx) => recordLookup(ctx, { of, claimedAt, askedAt, outcome }))
      log.info(ids, 'message looked for')
    } catch (error) {
      // One that cannot be written down stops no other.
      log.error({ err: error, ...ids }, 'what the list says could not be written down')
    }
  }

  return {
    'reconcile-messages': task({ name: 'reconcile-messages', payload: tick }, async (_, actor) => {
      const startedAt = await transact(actor, async (ctx) => {
        await giveUpLostClaims(ctx)
        return ctx.now
      })
      const unsettled = await read(actor, unsettledSms)
      const pages = provider ? await readPages(provider, actor, unsettled) : unread
      const left: UnsettledSms[] = []
      for (const sms of unsettled) {
        const outcome = pages.outcomeOf(sms)
        if (outcome) await settle(actor, sms, { askedAt: startedAt, outcome })
        else left.push(sms)
      }
      let [answers, asked] = [provider !== null && pages.answered, 0]
      for (const sms of left) {
        const askedAt = presently()
        if (provider && answers && asked < askedByNumber && isAskedByNumber(sms, askedAt)) {
          asked += 1
          const outcome = await askList(actor, () => provider.lookup(sms))
          answers = !isUnreachable(outcome)
          await settle(actor, sms, { askedAt, outcome })
        } else if (isOverdue(sms, askedAt) && !answers)
          await settle(actor, sms, { askedAt, outcome: { kind: 'unreachable' } })
      }
      await transact(actor, (ctx) =>
        recordJobRun(ctx, { task: 'reconcile-messages', startedAt, handled: unsettled.length }),
      )
    }),
  }
}

/** What the pages that were read say. */
interface Pages {
  /** Whether the list answered, were it asked. */
  answered: boolean
  outcomeOf: (sms: UnsettledSms) => LookupOutcome | null
}

const unread: Pages = { answered: true, outcomeOf: () => null }

async function readPages(
  { latest }: SmsProvider,
  actor: SystemActor,
  unsettled: readonly UnsettledSms[],
): Promise<Pages> {
  if (!latest) return unread
  const oldest = Math.min(...unsettled.map(({ claimedAt }) => claimedAt.getTime())) - clocksDifferBy
  const found = new Map<string, LookupOutcome>()
  /** Milliseconds of the epoch: the list is known from there, and up to there. */
  let [since, until] = [Infinity, -Infinity]
  let [answered, inOrder, whole, from] = [true, true, false, 0]
  const isDone = () => whole || since <= oldest || unsettled.every(({ reference }) => found.has(reference))
  for (let page = 0; page < pagesWorthReading(unsettled.length) && !isDone(); page += 1) {
    const asked = from
    const answer = await askList(actor, () => latest({ from: asked }))
    if (isUnreachable(answer)) {
      answered = false
      break
    }
    const instants = answer.events.flatMap(({ at }) => at?.getTime() ?? [])
    for (const { references, externalId, at } of answer.events)
      for (const reference of references)
        found.set(reference, { kind: 'found', externalId, at: at ?? undefined })
    inOrder &&= instants.every((instant, n) => instant <= (instants[n - 1] ?? Infinity))
    // By the newest of the page: what is older may be on the next.
    since = Math.min(since, ...instants.slice(0, 1))
    until = Math.max(until, ...instants)
    // What comes meanwhile pushes the others on: they are told twice, never passed over.
    from += answer.events.length
    whole = answer.whole
  }
  if (whole) since = presently().getTime() - listedDays * day
  return {
    answered,
    outcomeOf: ({ reference, claimedAt }) => {
      // A list that is out of order, or that knows of nothing younger, says of none that it is absent.
      const isCovered =
        inOrder && since <= claimedAt.getTime() - clocksDifferBy && claimedAt.getTime() < until
      return found.get(reference) ?? (isCovered ? { kind: 'absent' } : null)
    },
  }
}
