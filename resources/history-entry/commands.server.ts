import { agentName } from '../shared/french'
import type { HistoryCategory, Prisma } from '@prisma/client'
import type { HistoryEvent } from '../history'
import type { Context } from '../shared/context'

export interface NewHistoryEntry {
  probationerId: number
  appointmentId?: number
  category: HistoryCategory
  /** `subject.what-happened`, worded by the subject's fr.ts when it is read. */
  event: HistoryEvent
  data?: Prisma.InputJsonObject
}

/** Adds a line to the history of a person, signed by the actor. Lines are never changed nor removed alone. */
export async function recordHistory(ctx: Context, entry: NewHistoryEntry): Promise<void> {
  const { actor } = ctx
  await ctx.tx.historyEntry.create({
    data: {
      ...entry,
      data: entry.data ?? {},
      at: ctx.now,
      ...(actor.kind === 'agent' && {
        agentId: actor.id,
        actorName: agentName(actor),
        actorRole: actor.role,
      }),
    },
    select: { id: true },
  })
}
