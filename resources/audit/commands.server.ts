import { Prisma } from '@prisma/client'
import type { Context } from '../shared/context'
import { rowsOf } from '../shared/prepared.server'

export type AuditAction =
  | 'view'
  | 'export'
  | 'create'
  | 'update'
  | 'delete'
  | 'archive'
  | 'unarchive'
  | 'merge'
  /** Said to be of two persons, or proposed again as one. */
  | 'compare'
  | 'prepare'
  | 'publish'
  | 'check'
  | 'cancel'
  | 'accept'
  | 'refuse'
  | 'withdraw'
  | 'invite'
  | 'resend_invitation'
  | 'accept_invitation'
  | 'accept_charter'
  | 'reset_password'
  | 'reset_access'
  | 'ask_reset'
  | 'change_role'
  | 'transfer'
  | 'switch_organization'
  | 'reactivate'
  | 'unlock'
  | 'change_password'
  | 'close_sessions'
  /** Shown from beyond the jurisdiction. */
  | 'look_up'
  | 'refused'
  | 'sign_in_opened'
  | 'sign_in_wrong'
  | 'sign_in_locked'
export type AuditSubject =
  | 'agenda'
  | 'agent'
  | 'appointment'
  | 'closure'
  | 'content_page'
  | 'custom_column'
  | 'divestment'
  | 'figures'
  | 'headquarters'
  | 'organization'
  | 'partner'
  | 'competent_service'
  | 'import'
  | 'message_template'
  | 'message_template_proposal'
  | 'place'
  | 'place_relocation'
  | 'probationer'
  | 'public_page'
  | 'recurring_slot'
  | 'right'
  | 'rights_request'
  | 'site_request'
  | 'slot'
  | 'space'
  | 'test_sms'

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
export const recordAudit = (ctx: Context, { subjectId, ...entry }: AuditEntry): Promise<void> =>
  recordAudits(ctx, entry, [subjectId ?? null])

/** The same act on several rows of one subject, a line each; of persons, the line is theirs. */
export const recordAudits = (
  ctx: Context,
  { probationerId, ...entry }: Omit<AuditEntry, 'subjectId'>,
  subjectIds: readonly (number | null)[],
): Promise<void> =>
  recordAuditLines(
    ctx,
    entry,
    subjectIds.map((subjectId) => ({ subjectId, probationerId: probationerId ?? null })),
  )

/** The same act on several rows, each about a person of its own. */
export async function recordAuditLines(
  ctx: Context,
  { action, subject, fields = [] }: Pick<AuditEntry, 'action' | 'subject' | 'fields'>,
  lines: readonly { subjectId: number | null; probationerId: number | null }[],
): Promise<void> {
  const { actor } = ctx
  const by =
    actor.kind === 'agent'
      ? { ...actor, organizationId: actor.organization.id }
      : { id: null, impersonatorId: null, role: null, organizationId: null }
  // In SQL: every act and every record that is read pays for it.
  await rowsOf(
    ctx,
    Prisma.sql`
    INSERT INTO audit_entry (at, agent_id, impersonator_id, role, organization_id, action, subject, subject_id,
                             probationer_id, fields)
    SELECT ${ctx.now}::timestamptz, ${by.id}::int, ${by.impersonatorId}::int,
           ${by.role}::role, ${by.organizationId}::int, ${action}::text, ${subject}::text, id,
           coalesce(probationer_id, CASE WHEN ${subject}::text = 'probationer' THEN id END), ${fields}::text[]
      FROM unnest(${lines.map(({ subjectId }) => subjectId)}::int[], ${lines.map((line) => line.probationerId)}::int[])
           AS subject (id, probationer_id)`,
  )
}
