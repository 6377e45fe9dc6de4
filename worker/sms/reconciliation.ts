import { recordJobRun } from '../../resources/job-run/commands.server'
import { giveUpLostClaims, recordLookup } from '../../resources/message/commands/reconcile.server'
import { unsettledSms, type UnsettledSms } from '../../resources/message/queries/unsettled.server'
import { askedByNumber, listReadBeyond, pagesWorthReading } from '../../resources/message/rules'
import type { LookupOutcome } from '../../resources/message/schema'
import type { SystemActor } from '../../resources/shared/actor'
import { log } from '../../resources/shared/log.server'
import { read, transact } from '../../resources/shared/transact.server'
import { tick } from '../sweeps'
import { task } from '../task'
import { askList, isUnreachable } from './asking'
import type { SmsProvider } from './provider'

/**
 * The task that finds out what became of messages whose answer was lost. Many are looked for in the pages of the
 * provider's list, the newest first; few, or what the pages do not reach, one by one. What is not known by then waits
 * for the next run: none is given up as long as the answer may be of use.
 */
export function reconciliationTasks(provider: SmsProvider | null) {
  const settle = async (actor: SystemActor, { of }: UnsettledSms, outcome: LookupOutcome) => {
    // One that cannot be written down stops no other.
    await transact(actor, (ctx) => recordLookup(ctx, { of, outcome })).catch((error: unknown) =>
      log.error({ err: error, kind: of.kind, id: of.id }, 'what the list says could not be written down'),
    )
    log.info({ kind: of.kind, id: of.id, outcome: outcome.kind }, 'message looked for')
  }

  return {
    'reconcile-messages': task({ name: 'reconcile-messages', payload: tick }, async (_, actor) => {
      const startedAt = await transact(actor, async (ctx) => {
        await giveUpLostClaims(ctx)
        return ctx.now
      })
      const unsettled = await read(actor, unsettledSms)
      const listed = provider ? await readPages(provider, actor, unsettled) : nothingListed
      const left: UnsettledSms[] = []
      for (const sms of unsettled) {
        const externalId = listed.found.get(sms.reference)
        if (externalId !== undefined) await settle(actor, sms, { kind: 'found', externalId })
        else if (listed.since <= sms.claimedAt.getTime() - listReadBeyond)
          await settle(actor, sms, { kind: 'absent' })
        else left.push(sms)
      }
      for (const sms of left.slice(0, askedByNumber)) {
        const outcome = provider
          ? await askList<LookupOutcome>(actor, () => provider.lookup(sms))
          : ({ kind: 'unreachable' } as const)
        await settle(actor, sms, outcome)
      }
      await transact(actor, (ctx) =>
        recordJobRun(ctx, { task: 'reconcile-messages', startedAt, handled: unsettled.length }),
      )
    }),
  }
}

/** What the pages that were read say: the provider's id by our reference, of all that left since an instant. */
interface Listed {
  found: Map<string, string>
  /** Milliseconds of the epoch. */
  since: number
}

const nothingListed: Listed = { found: new Map(), since: Infinity }

async function readPages(
  { latest }: SmsProvider,
  actor: SystemActor,
  unsettled: readonly UnsettledSms[],
): Promise<Listed> {
  if (!latest) return nothingListed
  const oldest = Math.min(...unsettled.map(({ claimedAt }) => claimedAt.getTime())) - listReadBeyond
  const found = new Map<string, string>()
  let [since, from] = [Infinity, 0]
  for (let page = 0; page < pagesWorthReading(unsettled.length) && since > oldest; page += 1) {
    const asked = from
    const answer = await askList(actor, () => latest({ from: asked }))
    if (isUnreachable(answer)) break
    for (const { references, externalId, at } of answer.events) {
      for (const reference of references) found.set(reference, externalId)
      if (at) since = Math.min(since, at.getTime())
    }
    // What comes meanwhile pushes the others on: they are told twice, never passed over.
    from += answer.events.length
    if (answer.whole) since = -Infinity
  }
  return { found, since }
}
