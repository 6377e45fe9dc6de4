import { recordAudit } from '../../audit/commands.server'
import { ownPersonFile, type PersonFile } from '../../probationer/queries/file.server'
import type { ProbationerActor } from '../../shared/actor'
import { preparedCommand } from '../../shared/command'
import type { Context } from '../../shared/context'
import { zoneOf } from '../queries/mine.server'
import { ownFileInput } from '../schema'
import { assertOwnPassword } from './password.server'

/** All that is held about the person, for them alone: the password is asked again, for a screen may be left open. */
export const takeOwnFile = preparedCommand(
  ownFileInput,
  async (ctx: Context<ProbationerActor>, { presentPassword }) => {
    const account = await ctx.tx.spaceAccount.findUnique({
      where: { probationerId: ctx.actor.id },
      select: { passwordHash: true },
    })
    await assertOwnPassword(ctx, account?.passwordHash ?? null, presentPassword)
  },
  async (ctx: Context<ProbationerActor>): Promise<PersonFile> => {
    await recordAudit(ctx, { action: 'export', subject: 'space', probationerId: ctx.actor.id })
    return ownPersonFile(ctx, await zoneOf(ctx))
  },
)
