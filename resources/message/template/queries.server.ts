import { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import { rowsOf } from '../../shared/prepared.server'
import type { MessageKind } from './schema'

export interface TemplateInForce {
  kind: MessageKind
  /** Hours before the appointment; empty except for reminders. */
  reminderHours: number[]
  versionId: number
  text: string
}

/** The texts of one type at one host organization, by kind: its own, else the default. */
export async function templatesFor(
  ctx: Context,
  {
    organizationId,
    typeCode,
    kinds,
  }: { organizationId: number; typeCode: string; kinds: readonly MessageKind[] },
): Promise<Map<MessageKind, TemplateInForce>> {
  const rows = await rowsOf<TemplateInForce>(
    ctx,
    Prisma.sql`
      SELECT DISTINCT ON (t.kind) t.kind::text AS kind, t.reminder_hours AS "reminderHours", v.id AS "versionId", v.text
        FROM message_template t
       CROSS JOIN LATERAL (
         SELECT id, text FROM message_template_version WHERE template_id = t.id ORDER BY id DESC LIMIT 1) AS v
       WHERE t.type_code = ${typeCode} AND t.kind = ANY (${[...kinds]}::message_kind[])
         AND (t.organization_id = ${organizationId} OR t.organization_id IS NULL)
       ORDER BY t.kind, t.organization_id NULLS LAST`,
  )
  return new Map(rows.map((template) => [template.kind, template]))
}

/** The text of one kind for one type at one host organization. */
export async function templateFor(
  ctx: Context,
  where: { organizationId: number; typeCode: string; kind: MessageKind },
): Promise<TemplateInForce | null> {
  const templates = await templatesFor(ctx, { ...where, kinds: [where.kind] })
  return templates.get(where.kind) ?? null
}
