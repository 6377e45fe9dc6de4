import type { Prisma } from '@prisma/client'
import type { Context } from '../../shared/context'
import type { MessageKind } from './schema'

const select = {
  organizationId: true,
  kind: true,
  reminderHours: true,
  versions: { select: { id: true, text: true }, orderBy: { id: 'desc' }, take: 1 },
} satisfies Prisma.MessageTemplateSelect

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
  const rows = await ctx.tx.messageTemplate.findMany({
    where: { typeCode, kind: { in: [...kinds] }, OR: [{ organizationId }, { organizationId: null }] },
    select,
    // The default comes first, so that the organization's own row replaces it below.
    orderBy: { organizationId: { sort: 'asc', nulls: 'first' } },
  })
  const inForce = new Map<MessageKind, TemplateInForce>()
  for (const { kind, reminderHours, versions } of rows) {
    const [version] = versions
    if (version) inForce.set(kind, { kind, reminderHours, versionId: version.id, text: version.text })
  }
  return inForce
}

/** The text of one kind for one type at one host organization. */
export async function templateFor(
  ctx: Context,
  where: { organizationId: number; typeCode: string; kind: MessageKind },
): Promise<TemplateInForce | null> {
  const templates = await templatesFor(ctx, { ...where, kinds: [where.kind] })
  return templates.get(where.kind) ?? null
}
