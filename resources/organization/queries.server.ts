import { Prisma } from '@prisma/client'
import * as z from 'zod'
import type { AgentActor } from '../shared/actor'
import type { Context } from '../shared/context'
import { assertAllowed, orNotFound } from '../shared/errors'
import { id } from '../shared/fields'
import { formatPhone } from '../shared/phone'
import { civilDateFromDb } from '../shared/civil-time'
import { noInput, query } from '../shared/command'
import { departments } from '../city/departments'
import { mayCreateOrganizations, mayOnOrganization, organizationsOpenTo } from './policy'
import { rowsOf } from '../shared/prepared.server'

/** Own organization and those linked to it, own first. */
export async function servicesOfJurisdiction(ctx: Context<AgentActor>) {
  const { id } = ctx.actor.organization
  const services = await ctx.tx.organization.findMany({
    where: { id: { in: [...ctx.actor.jurisdiction] } },
    select: { id: true, name: true, kind: true },
    orderBy: { name: 'asc' },
  })
  return services.sort((a, b) => Number(b.id === id) - Number(a.id === id))
}

/** An organization and those linked to it ("ressort"), whoever asks. */
export function jurisdictionOf(ctx: Context, organizationId: number) {
  return ctx.tx.organization.findMany({
    where: {
      OR: [
        { id: organizationId },
        { probationServiceLinks: { some: { probationServiceId: organizationId } } },
        { courtLinks: { some: { courtId: organizationId } } },
      ],
    },
    select: { id: true, name: true, kind: true, interJurisdiction: true },
    orderBy: { id: 'asc' },
  })
}

/** The organization of this name, capitals and accents aside; null where none has it, or several. */
export async function organizationNamed(ctx: Context, name: string): Promise<{ id: number } | null> {
  const [found, ...others] = await rowsOf<{ id: number }>(
    ctx,
    Prisma.sql`SELECT id FROM organization WHERE fold_text(name) = fold_text(${name}) LIMIT 2`,
  )
  return found && others.length === 0 ? found : null
}

/** The court that sits for anti-terrorism matters: the one of Paris. Null where it is not deployed. */
export function parisCourt(ctx: Context) {
  return ctx.tx.organization.findFirst({
    where: { kind: 'court', departmentCode: '75' },
    select: { id: true, name: true, kind: true },
    orderBy: { id: 'asc' },
  })
}

/** The local admins of an organization, then those of its headquarters, with the service where they are. */
export function localAdminsOf(ctx: Context, organizationId: number) {
  // Somebody invited who has not come yet answers nobody.
  return rowsOf<{ id: number; firstName: string; lastName: string; elsewhere: string | null }>(
    ctx,
    Prisma.sql`
      SELECT agent.id, agent.first_name AS "firstName", agent.last_name AS "lastName",
             CASE WHEN o.id <> ${organizationId} THEN o.name END AS elsewhere
        FROM agent JOIN organization o ON o.id = agent.organization_id
       WHERE agent.role = 'local_admin' AND agent.password_hash IS NOT NULL
         AND (agent.organization_id = ${organizationId}
              OR agent.headquarters_id = (SELECT headquarters_id FROM organization WHERE id = ${organizationId}))
       ORDER BY o.id <> ${organizationId}, agent.last_name, agent.first_name, agent.id`,
  )
}

const organizationIdInput = z.object({ organizationId: id })

/** The page of a service: where it is reached, who administers it, whom it works with. */
export const organizationRecord = query(
  organizationIdInput,
  async (ctx: Context<AgentActor>, { organizationId }) => {
    const service = await openOrganization(ctx, organizationId)
    const named = { select: { id: true, name: true } } as const
    const found = await ctx.tx.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: {
        headquarters: { select: { name: true } },
        probationServiceLinks: { select: { probationService: named } },
        courtLinks: { select: { court: named } },
        customColumns: {
          select: { id: true, name: true, dataType: true, moment: true, typeCodes: true },
          orderBy: { id: 'asc' },
        },
      },
    })
    const linked = [
      ...found.probationServiceLinks.map((link) => link.probationService),
      ...found.courtLinks.map((link) => link.court),
    ]
    const { switchboardPhone, sharedMailbox, agendaGuidance } = service
    const { interJurisdiction, probationerSpaceEnabled, spaceOnPaper } = service
    return {
      id: organizationId,
      isOwn: organizationId === ctx.actor.organization.id,
      ...{ name: service.name, kind: service.kind, timeZone: service.timeZone },
      ...{ departmentCode: service.departmentCode, switchboardPhone, sharedMailbox, agendaGuidance },
      openedAt: service.openedAt && civilDateFromDb(service.openedAt),
      ...{ interJurisdiction, probationerSpaceEnabled, spaceOnPaper },
      headquarters: found.headquarters?.name ?? null,
      linked: linked.sort((a, b) => a.name.localeCompare(b.name, 'fr')),
      customColumns: found.customColumns,
      localAdmins: await localAdminsOf(ctx, organizationId),
    }
  },
)

/** What the form of a new service starts from. */
export const newOrganization = query(noInput, (ctx: Context<AgentActor>) => {
  assertAllowed(mayCreateOrganizations(ctx.actor), 'create an organization')
  return Promise.resolve({
    values: { kind: 'probation_service', timeZone: 'Europe/Paris' },
    options: { departmentCode: departmentChoices },
  })
})

export const organizationToEdit = query(
  organizationIdInput,
  async (ctx: Context<AgentActor>, { organizationId }) => {
    const service = await openOrganization(ctx, organizationId)
    assertAllowed(mayOnOrganization(ctx.actor, 'editRecord', service), 'edit an organization')
    const { name, departmentCode, timeZone, headquartersId } = service
    const headquarters = await ctx.tx.headquarters.findMany({ orderBy: { name: 'asc' } })
    return {
      ...versionOf(service),
      values: {
        ...{ name, departmentCode, timeZone },
        headquartersId: headquartersId === null ? '' : String(headquartersId),
      },
      options: {
        departmentCode: departmentChoices,
        headquartersId: headquarters.map((one) => ({ value: String(one.id), label: one.name })),
      },
    }
  },
)

export const contactToEdit = query(
  organizationIdInput,
  async (ctx: Context<AgentActor>, { organizationId }) => {
    const service = await openOrganization(ctx, organizationId)
    assertAllowed(mayOnOrganization(ctx.actor, 'editContact', service), 'edit the contact of an organization')
    const { switchboardPhone, sharedMailbox } = service
    const phone = switchboardPhone && formatPhone(switchboardPhone)
    return { ...versionOf(service), values: { switchboardPhone: phone, sharedMailbox } }
  },
)

export const guidanceToEdit = query(
  organizationIdInput,
  async (ctx: Context<AgentActor>, { organizationId }) => {
    const service = await openOrganization(ctx, organizationId)
    assertAllowed(mayOnOrganization(ctx.actor, 'editGuidance', service), 'edit the guidance of a court')
    return { ...versionOf(service), values: { agendaGuidance: service.agendaGuidance } }
  },
)

export const flagsToEdit = query(
  organizationIdInput,
  async (ctx: Context<AgentActor>, { organizationId }) => {
    const service = await openOrganization(ctx, organizationId)
    assertAllowed(mayOnOrganization(ctx.actor, 'editFlags', service), 'edit the flags of an organization')
    const { openedAt, interJurisdiction, probationerSpaceEnabled, spaceOnPaper } = service
    return {
      ...versionOf(service),
      values: {
        openedAt: openedAt && civilDateFromDb(openedAt),
        ...{ interJurisdiction, probationerSpaceEnabled, spaceOnPaper },
      },
    }
  },
)

/** The services that a service is linked to, to choose the one that leaves it. */
export const linksToUndo = query(
  organizationIdInput,
  async (ctx: Context<AgentActor>, { organizationId }) => {
    const service = await openOrganization(ctx, organizationId)
    assertAllowed(mayOnOrganization(ctx.actor, 'editRecord', service), 'link organizations')
    const linked = await ctx.tx.organization.findMany({
      where: {
        OR: [
          { probationServiceLinks: { some: { probationServiceId: organizationId } } },
          { courtLinks: { some: { courtId: organizationId } } },
        ],
      },
      select: { id: true, name: true },
      orderBy: { name: 'asc' },
    })
    return {
      values: { otherId: '' },
      options: { otherId: linked.map((one) => ({ value: String(one.id), label: one.name })) },
    }
  },
)

const departmentChoices = departments.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))

const versionOf = ({ id: organizationId, updatedAt }: { id: number; updatedAt: Date }) => ({
  id: organizationId,
  version: updatedAt.toISOString(),
})

const openOrganization = async (ctx: Context<AgentActor>, organizationId: number) =>
  orNotFound(
    await ctx.tx.organization.findFirst({
      where: { AND: [{ id: organizationId }, organizationsOpenTo(ctx.actor)] },
    }),
    'organization',
  )
