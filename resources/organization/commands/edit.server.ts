import { recordAudit } from '../../audit/commands.server'
import { refuseStale } from '../../audit/stale.server'
import { openPageOf } from '../../public-page/opened.server'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb, dbDateOf } from '../../shared/civil-time'
import { command, readableFields, type Fault } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../../shared/errors'
import { count, formatShortDate } from '../../shared/french'
import { lock } from '../../shared/lock.server'
import { formatPhone, normalizePhone } from '../../shared/phone'
import { violatesUnique } from '../../shared/unique.server'
import { organizationRefusals, timeZoneWords } from '../fr'
import { mayCreateOrganizations, mayOnOrganization, organizationsOpenTo } from '../policy'
import { whyNotClock, whyNotOfCourt } from '../rules'
import {
  createOrganizationInput,
  updateContactInput,
  updateFlagsInput,
  updateGuidanceInput,
  updateOrganizationInput,
} from '../schema'

/** Opens a service of the product, with its page. Its texts are the default ones until it has its own. */
export const createOrganization = command(
  createOrganizationInput,
  async (ctx: Context<AgentActor>, input): Promise<{ id: number }> => {
    assertAllowed(mayCreateOrganizations(ctx.actor), 'create an organization')
    refuseIf(whyNotClock(input), 'timeZone')
    const { id } = await named(
      ctx.tx.organization.create({ data: { ...input, updatedAt: ctx.now }, select: { id: true } }),
    )
    await openPageOf(ctx, { id, ...input, switchboardPhone: null })
    await recordAudit(ctx, { action: 'create', subject: 'organization', subjectId: id })
    return { id }
  },
)

/**
 * Corrects the name, the territory or the headquarters of a service. Once its places have slots, their instants and
 * the messages planned for them follow from its clock, and its days off from its département: they change no more.
 *
 * @throws Stale when it changed since the form was drawn.
 */
export const updateOrganization = command(
  updateOrganizationInput,
  async (ctx: Context<AgentActor>, { organizationId, version, ...data }): Promise<void> => {
    const service = await lockedOrganization(ctx, organizationId)
    assertAllowed(mayOnOrganization(ctx.actor, 'editRecord', service), 'edit an organization')
    await refuseChanged(ctx, service, version, {
      name: service.name,
      timeZone: timeZoneWords[service.timeZone] ?? service.timeZone,
    })
    refuseIf(whyNotClock(data), 'timeZone')
    const moves = data.timeZone !== service.timeZone || data.departmentCode !== service.departmentCode
    if (moves) await refuseHoursGiven(ctx, service, data)
    await write(ctx, service, data)
    if (moves) {
      const { departmentCode, timeZone } = data
      await ctx.tx.place.updateMany({
        where: { organizationId },
        data: { departmentCode, updatedAt: ctx.now },
      })
      await ctx.tx.publicPage.updateMany({
        where: { organizationId },
        data: { departmentCode, timeZone, updatedAt: ctx.now },
      })
    }
  },
)

/** Corrects where a service is reached: by people, and by other services. */
export const updateContact = command(
  updateContactInput,
  async (ctx: Context<AgentActor>, { organizationId, version, sharedMailbox, ...typed }): Promise<void> => {
    const service = await lockedOrganization(ctx, organizationId)
    assertAllowed(mayOnOrganization(ctx.actor, 'editContact', service), 'edit the contact of an organization')
    const held = service.switchboardPhone
    await refuseChanged(ctx, service, version, {
      switchboardPhone: held && formatPhone(held),
      sharedMailbox: service.sharedMailbox,
    })
    const switchboardPhone =
      typed.switchboardPhone && normalizePhone(typed.switchboardPhone, service.departmentCode)
    if (typed.switchboardPhone && !switchboardPhone)
      throw new Refused('organization.phone_unreadable', {}, 'switchboardPhone')
    await write(ctx, service, { sharedMailbox, switchboardPhone })
  },
  { faultsOf: contactFaults },
)

/** The phone is read with the territory of the service: of one's own, it is told with whatever else is wrong. */
function contactFaults({ actor }: Context<AgentActor>, raw: unknown): Fault[] {
  const { organizationId, switchboardPhone } = readableFields(updateContactInput, raw)
  const { id, departmentCode } = actor.organization
  return organizationId === id && switchboardPhone && !normalizePhone(switchboardPhone, departmentCode)
    ? [{ path: ['switchboardPhone'], message: organizationRefusals['organization.phone_unreadable'] }]
    : []
}

/** Says how a court shares out its cases among its agendas, for whoever books there. */
export const updateGuidance = command(
  updateGuidanceInput,
  async (ctx: Context<AgentActor>, { organizationId, version, agendaGuidance }): Promise<void> => {
    const service = await lockedOrganization(ctx, organizationId)
    assertAllowed(mayOnOrganization(ctx.actor, 'editGuidance', service), 'edit the guidance of a court')
    refuseIf(whyNotOfCourt(service))
    await refuseChanged(ctx, service, version)
    await write(ctx, service, { agendaGuidance })
  },
)

/** Opens a service, and what it takes part in. */
export const updateFlags = command(
  updateFlagsInput,
  async (ctx: Context<AgentActor>, { organizationId, version, openedAt, ...flags }): Promise<void> => {
    const service = await lockedOrganization(ctx, organizationId)
    assertAllowed(mayOnOrganization(ctx.actor, 'editFlags', service), 'edit the flags of an organization')
    await refuseChanged(ctx, service, version, {
      openedAt: service.openedAt && formatShortDate(civilDateFromDb(service.openedAt)),
    })
    await write(ctx, service, { ...flags, openedAt: openedAt === null ? null : dbDateOf(openedAt) })
  },
)

async function lockedOrganization(ctx: Context<AgentActor>, id: number) {
  await lock(ctx, { organization: id })
  return orNotFound(
    await ctx.tx.organization.findFirst({ where: { AND: [{ id }, organizationsOpenTo(ctx.actor)] } }),
    'organization',
  )
}
type Organization = Awaited<ReturnType<typeof lockedOrganization>>

const refuseChanged = (
  ctx: Context<AgentActor>,
  { id, updatedAt }: Organization,
  version: string,
  now: Record<string, string | null> = {},
) =>
  refuseStale(ctx, {
    ...{ subject: 'organization', subjectId: id, updatedAt, version },
    zone: ctx.actor.organization.timeZone,
    now,
  })

type Change = Partial<Omit<Organization, 'id' | 'kind' | 'createdAt' | 'updatedAt'>>

async function write(ctx: Context<AgentActor>, service: Organization, data: Change): Promise<void> {
  const said = (value: unknown) => (value instanceof Date ? value.getTime() : value)
  const fields = (Object.keys(data) as (keyof Change)[]).filter(
    (name) => said(data[name]) !== said(service[name]),
  )
  if (fields.length === 0) return
  const where = { id: service.id }
  await named(
    ctx.tx.organization.update({ where, data: { ...data, updatedAt: ctx.now }, select: { id: true } }),
  )
  await recordAudit(ctx, { action: 'update', subject: 'organization', subjectId: service.id, fields })
}

/** Names are unique in the country; the index has the last word. */
async function named<Result>(written: Promise<Result>): Promise<Result> {
  try {
    return await written
  } catch (error) {
    if (violatesUnique(error, 'name')) throw new Refused('organization.name_taken', {}, 'name')
    throw error
  }
}

/** No slot is made meanwhile: who makes one keeps its place, or its rule, as it is. */
async function refuseHoursGiven(ctx: Context, { id, timeZone }: Organization, to: { timeZone: string }) {
  const places = await ctx.tx.place.findMany({ where: { organizationId: id }, select: { id: true } })
  const rules = await ctx.tx.recurringSlot.findMany({
    where: { agenda: { place: { organizationId: id } } },
    select: { id: true },
  })
  const idsOf = (rows: readonly { id: number }[]) => rows.map((row) => row.id)
  await lock(ctx, { place: idsOf(places), recurring_slot: idsOf(rules) })
  const slots = await ctx.tx.slot.count({ where: { agenda: { place: { organizationId: id } } } })
  const field = to.timeZone === timeZone ? 'departmentCode' : 'timeZone'
  refuseIf(slots > 0 ? 'organization.hours_given' : null, field, {
    slots: count(slots, 'créneau ou convocation', 'créneaux ou convocations'),
  })
}
