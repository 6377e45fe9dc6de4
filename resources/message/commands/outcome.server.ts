import type { Context } from '../../shared/context'
import type { Facts, UnderWay } from '../becoming'
import { afterAbsence, isOverdue, retryDelay, type MessageEvent, type MessageState } from '../rules'
import type { LookupOutcome, SendOutcome } from '../schema'
import { pauseUntil } from './pace.server'

/** What is handed to a provider waits for its answer in the same way, whatever it is and wherever it is kept. */
export interface Kept {
  hold(ctx: Context, id: number): Promise<Held | null>
  apply(ctx: Context, id: number, event: MessageEvent, facts?: Facts): Promise<MessageState | null>
  markAbsent(ctx: Context, id: number, since: Date): Promise<unknown>
  deliverAt(ctx: Context, id: number, runAt: Date): Promise<void>
}

type Held = Pick<UnderWay, 'state' | 'claimedAt'> & {
  deadline: Date
  attempts: number
  absentSince: Date | null
}

/**
 * Writes down what handing over gave, and asks for what comes next. That it left is true whoever says it; the rest is of
 * one claim, and nothing to say once another has it.
 */
export async function recordOutcome(
  ctx: Context,
  kept: Kept,
  id: number,
  { outcome, claimedAt }: { outcome: SendOutcome; claimedAt: Date | undefined },
): Promise<void> {
  const { code } = outcome
  if (outcome.kind === 'accepted') {
    await kept.apply(ctx, id, 'accepted', { externalId: outcome.externalId, code })
    return
  }
  if (claimedAt && (await kept.hold(ctx, id))?.claimedAt?.getTime() !== claimedAt.getTime()) return
  switch (outcome.kind) {
    case 'refused_for_good':
      await kept.apply(ctx, id, 'refused_for_good', { reason: outcome.reason, code })
      return
    case 'unknown':
      await kept.apply(ctx, id, 'outcome_unknown', { code })
      return
    case 'refused_for_now':
      if (outcome.pauseUntil) await pauseUntil(ctx, outcome.pauseUntil)
      if ((await kept.apply(ctx, id, 'refused_for_now', { code })) === 'planned')
        await tryAgain(ctx, kept, id, outcome.pauseUntil)
  }
}

/**
 * Writes down what the provider's list said of a claim. Absent twice once the list should know of it, it never left: it
 * is planned again. A list that nobody reaches is asked as long as the answer may still be of use.
 */
export async function recordListed(
  ctx: Context,
  kept: Kept,
  id: number,
  { claimedAt, askedAt, outcome }: { claimedAt: Date; askedAt: Date; outcome: LookupOutcome },
): Promise<void> {
  if (outcome.kind === 'found') {
    await kept.apply(ctx, id, 'accepted', { externalId: outcome.externalId, at: outcome.at })
    return
  }
  const held = await kept.hold(ctx, id)
  if (held?.state !== 'unknown' || held.claimedAt?.getTime() !== claimedAt.getTime()) return
  const { absentSince, deadline } = held
  const absence = outcome.kind === 'absent' ? afterAbsence({ claimedAt, absentSince }, askedAt) : 'nothing'
  if (absence === 'never_left') {
    if ((await kept.apply(ctx, id, 'absent')) === 'planned') await tryAgain(ctx, kept, id)
  } else if (isOverdue({ deadline, claimedAt }, ctx.now))
    await kept.apply(ctx, id, 'deadline_passed', { reason: 'unconfirmed' })
  else if (absence === 'absent_once') await kept.markAbsent(ctx, id, askedAt)
}

/** The next try, unless the deadline comes first. */
async function tryAgain(ctx: Context, kept: Kept, id: number, notBefore = ctx.now): Promise<void> {
  const held = await kept.hold(ctx, id)
  if (!held) return
  const runAt = new Date(Math.max(ctx.now.getTime() + retryDelay(held.attempts), notBefore.getTime()))
  if (runAt < held.deadline) await kept.deliverAt(ctx, id, runAt)
  else await kept.apply(ctx, id, 'deadline_passed', { reason: 'deadline' })
}
