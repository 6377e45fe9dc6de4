import { recordAudit, type AuditAction } from '../audit/commands.server'
import { refuseStale } from '../audit/stale.server'
import type { AgentActor } from '../shared/actor'
import { dbDateOf } from '../shared/civil-time'
import { command } from '../shared/command'
import type { Context } from '../shared/context'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../shared/errors'
import { lock } from '../shared/lock.server'
import { normalizePhone } from '../shared/phone'
import { mayEditPartner, partnersVisibleTo } from './policy'
import { whyNotPartnerChange, whyNotPartnerReturn } from './rules'
import { createPartnerInput, partnerIdInput, updatePartnerInput } from './schema'

/** Adds somebody who helps near a service: on its page, and on that of its département. */
export const createPartner = command(
  createPartnerInput,
  async (
    ctx: Context<AgentActor>,
    { organizationId: asked, phone, validUntil, ...input },
  ): Promise<{ id: number }> => {
    const organizationId = asked ?? ctx.actor.organization.id
    assertAllowed(mayEditPartner(ctx.actor, { organizationId }), 'add a partner')
    await lock(ctx, { organization: organizationId })
    await refuseNamed(ctx, organizationId, input.name)
    const { id } = await ctx.tx.partner.create({
      data: {
        ...input,
        ...{ organizationId, phone: await readPhone(ctx, organizationId, phone), updatedAt: ctx.now },
        validUntil: validUntil && dbDateOf(validUntil),
      },
      select: { id: true },
    })
    await told(ctx, 'create', id)
    return { id }
  },
)

/** Corrects what is said of a partner. */
export const updatePartner = command(
  updatePartnerInput,
  async (ctx: Context<AgentActor>, { partnerId, version, phone, validUntil, ...input }): Promise<void> => {
    const partner = await lockedPartner(ctx, partnerId)
    const { organizationId, updatedAt } = partner
    refuseIf(whyNotPartnerChange(partner))
    const zone = ctx.actor.organization.timeZone
    await refuseStale(ctx, { subject: 'partner', subjectId: partnerId, updatedAt, version, zone })
    await refuseNamed(ctx, organizationId, input.name, partnerId)
    const data = {
      ...input,
      phone: await readPhone(ctx, organizationId, phone),
      validUntil: validUntil && dbDateOf(validUntil),
    }
    const fields = (Object.keys(data) as (keyof typeof data)[]).filter(
      (name) => String(data[name]) !== String(partner[name]),
    )
    if (fields.length === 0) return
    await ctx.tx.partner.update({
      where: { id: partnerId },
      data: { ...data, updatedAt: ctx.now },
      select: { id: true },
    })
    await told(ctx, 'update', partnerId, fields)
  },
)

/** Shows a partner no more. */
export const archivePartner = command(
  partnerIdInput,
  async (ctx: Context<AgentActor>, { partnerId }): Promise<void> => {
    refuseIf(whyNotPartnerChange(await lockedPartner(ctx, partnerId)))
    await turn(ctx, partnerId, { action: 'archive', archivedAt: ctx.now })
  },
)

/** Shows a partner again. */
export const unarchivePartner = command(
  partnerIdInput,
  async (ctx: Context<AgentActor>, { partnerId }): Promise<void> => {
    const partner = await lockedPartner(ctx, partnerId)
    refuseIf(whyNotPartnerReturn(partner))
    await refuseNamed(ctx, partner.organizationId, partner.name, partnerId)
    await turn(ctx, partnerId, { action: 'unarchive', archivedAt: null })
  },
)

async function turn(
  ctx: Context,
  partnerId: number,
  { action, archivedAt }: { action: AuditAction; archivedAt: Date | null },
): Promise<void> {
  await ctx.tx.partner.update({
    where: { id: partnerId },
    data: { archivedAt, updatedAt: ctx.now },
    select: { id: true },
  })
  await told(ctx, action, partnerId)
}

/** The partners of a service are written one after the other: their names are compared. */
async function lockedPartner(ctx: Context<AgentActor>, partnerId: number) {
  const find = async () =>
    orNotFound(
      await ctx.tx.partner.findFirst({ where: { AND: [{ id: partnerId }, partnersVisibleTo(ctx.actor)] } }),
      'partner',
    )
  const { organizationId } = await find()
  assertAllowed(mayEditPartner(ctx.actor, { organizationId }), 'edit a partner')
  await lock(ctx, { organization: organizationId })
  return find()
}

async function refuseNamed(
  ctx: Context,
  organizationId: number,
  name: string,
  partnerId?: number,
): Promise<void> {
  const other = await ctx.tx.partner.findFirst({
    where: {
      ...{ organizationId, archivedAt: null, name: { equals: name, mode: 'insensitive' } },
      ...(partnerId !== undefined && { id: { not: partnerId } }),
    },
    select: { id: true },
  })
  refuseIf(other ? 'partner.name_taken' : null, 'name')
}

/** A number of the country, or a short one as 115: kept as it is called. */
async function readPhone(ctx: Context, organizationId: number, typed: string | null): Promise<string | null> {
  if (typed === null) return null
  const short = typed.replaceAll(' ', '')
  if (/^[1-9]\d{1,3}$/.test(short)) return short
  const { departmentCode } = orNotFound(
    await ctx.tx.organization.findUnique({
      where: { id: organizationId },
      select: { departmentCode: true },
    }),
    'organization',
  )
  const phone = normalizePhone(typed, departmentCode)
  if (!phone) throw new Refused('partner.phone_unreadable', {}, 'phone')
  return phone
}

const told = (ctx: Context, action: AuditAction, subjectId: number, fields: string[] = []) =>
  recordAudit(ctx, { action, subject: 'partner', subjectId, fields })
