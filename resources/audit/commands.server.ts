import type { Context } from '../shared/context'

export interface AuditEntry {
  /** `view`, `create`, `update`, `archive`… */
  action: string
  subject: string
  subjectId?: number
  probationerId?: number
  /** Names of what changed, never the values. */
  fields?: string[]
}

/**
 * Traces who read or changed what (decision R8): the real person under impersonation. Kept one
 * year, then erased by the nightly task.
 */
export async function recordAudit(ctx: Context, entry: AuditEntry): Promise<void> {
  const { actor } = ctx
  await ctx.tx.auditEntry.create({
    data: {
      ...entry,
      at: ctx.now,
      ...(actor.kind === 'agent' && { agentId: actor.id, impersonatorId: actor.impersonatorId }),
    },
    select: { id: true },
  })
}
