import { Prisma } from '@prisma/client'
import type { Context } from '../shared/context'
import { rowsOf } from '../shared/prepared.server'

export type AuditAction =
  | 'view'
  | 'create'
  | 'update'
  | 'archive'
  | 'unarchive'
  | 'invite'
  | 'resend_invitation'
  | 'accept_invitation'
  | 'accept_charter'
  | 'reset_password'
  | 'change_role'
  | 'unlock'
  | 'change_password'
  | 'close_sessions'
  /** Shown from beyond the jurisdiction. */
  | 'look_up'
  | 'refused'
  | 'sign_in_opened'
  | 'sign_in_wrong'
  | 'sign_in_locked'
export type AuditSubject = 'agenda' | 'agent' | 'appointment' | 'place' | 'probationer' | 'right'

export interface AuditEntry {
  action: AuditAction
  subject: AuditSubject
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
  const { action, subject, subjectId = null, probationerId = null, fields = [] } = entry
  const by = actor.kind === 'agent' ? actor : { id: null, impersonatorId: null }
  // In SQL: every act and every record that is read pays for it.
  await rowsOf(
    ctx,
    Prisma.sql`
    INSERT INTO audit_entry (at, agent_id, impersonator_id, action, subject, subject_id, probationer_id, fields)
    VALUES (${ctx.now}, ${by.id}, ${by.impersonatorId}, ${action}, ${subject}, ${subjectId}, ${probationerId}, ${fields})`,
  )
}
