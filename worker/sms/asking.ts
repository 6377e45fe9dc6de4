import { setTimeout as wait } from 'node:timers/promises'
import { askingList, pauseUntil, takeTurn } from '../../resources/message/commands/pace.server'
import type { Unreachable } from '../../resources/message/schema'
import { longestWait } from '../../resources/message/rules'
import type { SystemActor } from '../../resources/shared/actor'
import { log } from '../../resources/shared/log.server'
import { read } from '../../resources/shared/transact.server'
import { inTime } from './provider'

const unreachable: Unreachable = { kind: 'unreachable' }

/**
 * Asks the provider's list something. All workers ask in turn, and once it has refused none asks again before the
 * instant that it stated.
 */
export async function askList<Answer extends { kind: string }>(
  actor: SystemActor,
  question: () => Promise<Answer | Unreachable>,
): Promise<Answer | Unreachable> {
  const { wait: patience } = await read(actor, (ctx) => takeTurn(ctx, askingList))
  if (patience > longestWait) return unreachable
  await wait(patience)
  const answer = await inTime<Answer | Unreachable>(question(), unreachable).catch((error: unknown) => {
    log.warn({ err: error }, 'the list of the provider did not answer')
    return unreachable
  })
  const until = isUnreachable(answer) ? answer.notBefore : undefined
  if (until) await read(actor, (ctx) => pauseUntil(ctx, until, askingList))
  return answer
}

export const isUnreachable = (answer: { kind: string }): answer is Unreachable =>
  answer.kind === 'unreachable'
