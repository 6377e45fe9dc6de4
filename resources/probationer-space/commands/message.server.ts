import { askForDelivery } from '../../message/commands/deliver.server'
import type { SpaceMessageKind } from '../../message/template/schema'
import type { Context } from '../../shared/context'
import { hour } from '../../shared/duration'
import { causeOfLink } from '../queries/text.server'

interface AboutSpace {
  probationerId: number
  kind: SpaceMessageKind
}

/** Plans the SMS that carries a link: it leaves now, or until the link ends. */
export const tellOfLink = (
  ctx: Context,
  about: AboutSpace,
  { id, expiresAt }: { id: number; expiresAt: Date },
): Promise<void> => tell(ctx, about, causeOfLink(id), expiresAt)

/** Plans the SMS that says what has just happened to the space. */
export const tellOfAct = (ctx: Context, about: AboutSpace): Promise<void> =>
  tell(
    ctx,
    about,
    `${about.kind}:${about.probationerId}:${ctx.now.toISOString()}`,
    new Date(ctx.now.getTime() + 24 * hour),
  )

async function tell(
  ctx: Context,
  { probationerId, kind }: AboutSpace,
  causeKey: string,
  deadline: Date,
): Promise<void> {
  const { id: messageId } = await ctx.tx.message.create({
    data: { probationerId, kind, causeKey, dueAt: ctx.now, deadline, createdAt: ctx.now },
    select: { id: true },
  })
  await askForDelivery(ctx, { messageId, kind, runAt: ctx.now })
}
