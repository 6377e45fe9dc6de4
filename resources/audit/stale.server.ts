import type { Context } from '../shared/context'
import { civilOf } from '../shared/civil-time'
import { agentName } from '../shared/french'
import { Stale, type Change } from '../shared/errors'
import type { AuditSubject } from './commands.server'

/**
 * A change written over another one would undo it without a word. Refuses when the record is no longer
 * the one the form was drawn from, and says of each field who changed it and when.
 *
 * @param now what the fields hold now, in words; only those this actor may read.
 */
export async function refuseStale(
  ctx: Context,
  record: {
    subject: AuditSubject
    subjectId: number
    updatedAt: Date
    /** The version the form carries: `updatedAt` as it was drawn. */
    version: string
    zone: string
    now?: Readonly<Record<string, string | null>>
  },
): Promise<void> {
  const { subject, subjectId, updatedAt, zone, now = {} } = record
  const seen = new Date(record.version)
  if (updatedAt.getTime() === seen.getTime()) return
  const entries = await ctx.tx.auditEntry.findMany({
    where: { subject, subjectId, at: { gt: seen }, fields: { isEmpty: false } },
    select: { at: true, fields: true, agent: { select: { firstName: true, lastName: true } } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    take: 200,
  })
  const changes = new Map<string, Change>()
  let author: string | null = null
  for (const { at, fields, agent } of entries) {
    author = agent && agentName(agent)
    for (const field of fields) {
      const value = now[field]
      changes.set(field, { author, ...civilOf(at, zone), ...(value !== undefined && { now: value }) })
    }
  }
  throw new Stale(author, updatedAt.toISOString(), Object.fromEntries(changes))
}
