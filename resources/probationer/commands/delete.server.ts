import { erase, holdWhole } from '../../retention/commands/erase.sql.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, refuseIf } from '../../shared/errors'
import { erasureFacts, mayOnProbationer } from '../policy'
import { whyNotDeletable } from '../rules'
import { probationerIdInput } from '../schema'
import { lockedPerson } from './follow-up.server'

/** Erases a person at once, by hand: all that the night would, and nothing brings them back (decision P6). */
export const deleteProbationer = command(
  probationerIdInput,
  async (ctx: Context<AgentActor>, { probationerId }): Promise<void> => {
    await holdWhole(ctx, [probationerId])
    const person = await lockedPerson(ctx, probationerId)
    assertAllowed(mayOnProbationer(ctx.actor, 'delete', person), 'delete a probationer')
    const asked = await ctx.tx.probationer.findUniqueOrThrow({
      where: { id: probationerId },
      select: erasureFacts,
    })
    refuseIf(whyNotDeletable({ ...person, ...asked }))
    await erase(ctx, probationerId)
  },
)
