import { Prisma } from '@prisma/client'
import type { Context } from '../../../shared/context'
import { rowsOf } from '../../../shared/prepared.server'
import type { MessageKind } from '../schema'

export interface TemplateInForce {
  kind: MessageKind
  /** Hours before the appointment; empty except for reminders. */
  reminderHours: number[]
  versionId: number
  text: string
}

/**
 * The texts of one type at one host organization, by kind: its own, else the default. Its own reminders count
 * whatever its text is. A piece of a statement, for what asks for a text together with what it speaks of.
 */
export function textsInForce(
  organizationId: Prisma.Sql,
  typeCode: Prisma.Sql,
  kinds: readonly MessageKind[],
): Prisma.Sql {
  const latest = (template: Prisma.Sql) =>
    Prisma.sql`(SELECT id, text FROM message_template_version WHERE template_id = ${template} ORDER BY id DESC LIMIT 1)`
  return Prisma.sql`
    SELECT common.kind::text AS kind, coalesce(own_version.id, version.id) AS "versionId",
           coalesce(own_version.text, version.text) AS text,
           coalesce(nullif(own.reminder_hours, '{}'), common.reminder_hours) AS "reminderHours"
      FROM message_template common
     CROSS JOIN LATERAL ${latest(Prisma.sql`common.id`)} AS version
      LEFT JOIN message_template own
        ON own.organization_id = ${organizationId} AND own.type_code = common.type_code AND own.kind = common.kind
      LEFT JOIN LATERAL ${latest(Prisma.sql`own.id`)} AS own_version ON NOT own.follows_default
     WHERE common.organization_id IS NULL AND common.type_code = ${typeCode}
       AND common.kind = ANY (${[...kinds]}::message_kind[])`
}

/** These texts, by kind. */
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
    textsInForce(Prisma.sql`${organizationId}`, Prisma.sql`${typeCode}`, kinds),
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
