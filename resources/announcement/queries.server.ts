import { Prisma, type AnnouncementKind } from '@prisma/client'
import type { AgentActor } from '../shared/actor'
import { noInput, query } from '../shared/command'
import type { Context } from '../shared/context'
import { rowsOf } from '../shared/prepared.server'

export interface UnreadAnnouncement {
  id: number
  body: string
  kind: AnnouncementKind
}

const shown = 3

/** What the central team tells the agent, until they have understood it: at the top of every page, latest first. */
export const unreadAnnouncements = query(noInput, (ctx: Context<AgentActor>): Promise<UnreadAnnouncement[]> =>
  rowsOf<UnreadAnnouncement>(
    ctx,
    Prisma.sql`
        SELECT announcement.id, announcement.body, announcement.kind::text AS kind
          FROM announcement_receipt receipt JOIN announcement ON announcement.id = receipt.announcement_id
         WHERE receipt.agent_id = ${ctx.actor.id} AND receipt.read_at IS NULL
         ORDER BY receipt.id DESC LIMIT ${shown}`,
  ),
)
