import { Prisma } from '@prisma/client'
import { appointmentTypes } from '../../../appointment-type/catalogue'
import type { AgentActor } from '../../../shared/actor'
import { civilOf, instantOf, type CivilDate } from '../../../shared/civil-time'
import { noInput, query } from '../../../shared/command'
import type { Context } from '../../../shared/context'
import { assertAllowed, orNotFound } from '../../../shared/errors'
import { agentName } from '../../../shared/french'
import { rowsOf } from '../../../shared/prepared.server'
import { mayManageTemplates, mayOpenTexts, mayProposeTemplate } from '../policy'
import { dataOf } from '../rules'
import { editorInput, messageKinds } from '../schema'
import { stopLink } from './preview.server'
import { textStatesOf, type VersionRead } from './text.server'

/** Of a text, as many as one compares. */
const versionsShown = 30

/**
 * What the editor shows: whose texts, which types, the five texts of one, and the one that is being written with
 * its versions and what its service proposes. A local admin reads the texts of their own service.
 */
export const textEditor = query(editorInput, async (ctx: Context<AgentActor>, { service, type, kind }) => {
  const { actor } = ctx
  assertAllowed(mayOpenTexts(actor), 'open the texts of SMS')
  const writes = mayManageTemplates(actor, 'edit')
  const organizationId = writes ? service : actor.organization.id
  const organization =
    organizationId === null
      ? null
      : orNotFound(
          await ctx.tx.organization.findUnique({
            where: { id: organizationId },
            select: { id: true, name: true, timeZone: true },
          }),
          'organization',
        )
  const [states, proposals, offered, services, parts] = await Promise.all([
    textStatesOf(
      ctx,
      organizationId,
      appointmentTypes.flatMap(({ code }) => messageKinds.map((one) => ({ typeCode: code, kind: one }))),
    ),
    organizationId === null ? [] : proposalsOf(ctx, organizationId),
    organizationId === null ? null : typesAt(ctx, organizationId),
    writes ? servicesWithTexts(ctx) : [],
    organization === null ? null : partsThisMonth(ctx, organization),
  ])
  const of = (typeCode: string) => states.filter((state) => state.typeCode === typeCode)
  const waiting = proposals.filter(({ state }) => state === 'pending')
  const types = appointmentTypes.flatMap(({ code, label }) => {
    const own = of(code).filter(({ isOwn }) => isOwn).length
    const pending = waiting.filter(({ typeCode }) => typeCode === code).length
    return offered && !offered.has(code) && own + pending === 0 ? [] : [{ code, label, own, pending }]
  })
  const chosen = orNotFound(types.find(({ code }) => code === type) ?? types[0], 'type of appointment')
  const state = orNotFound(
    of(chosen.code).find((one) => one.kind === kind),
    'message template',
  )
  const momentOf = (instant: Date) => civilOf(instant, actor.organization.timeZone)
  const dayOf = (instant: Date): CivilDate => momentOf(instant).date
  const described = ({ id, text, createdAt, createdBy }: VersionRead) => ({
    ...{ id, text },
    on: dayOf(createdAt),
    by: createdBy && agentName(createdBy),
  })
  const versions =
    state.templateId === null
      ? []
      : await ctx.tx.messageTemplateVersion.findMany({
          where: { templateId: state.templateId },
          select: {
            ...{ id: true, text: true, createdAt: true },
            createdBy: { select: { firstName: true, lastName: true } },
          },
          orderBy: { id: 'desc' },
          take: versionsShown,
        })
  const here = proposals.filter(({ typeCode, kind: of }) => typeCode === chosen.code && of === kind)
  return {
    service: organization && { id: organization.id, name: organization.name },
    services,
    may: {
      write: writes,
      propose: organizationId !== null && mayProposeTemplate(actor, { organizationId }),
    },
    types,
    type: { code: chosen.code, label: chosen.label },
    kind,
    texts: messageKinds.map((one) => {
      const found = of(chosen.code).find((text) => text.kind === one)
      return {
        kind: one,
        own: found?.isOwn ?? false,
        on: found ? dayOf(found.inForce.createdAt) : null,
        // A text that came with the product was changed by nobody.
        changed: found?.inForce.createdBy !== null,
        pending: waiting.some(({ typeCode, kind: of }) => typeCode === chosen.code && of === one),
      }
    }),
    data: dataOf(chosen.code),
    inForce: { ...described(state.inForce), own: state.isOwn },
    common: described(state.common),
    reminder: {
      hours: state.reminderHours,
      common: state.commonReminderHours,
    },
    // Several of one day are told apart.
    versions: versions.map((version) => ({ ...described(version), at: momentOf(version.createdAt).time })),
    proposal: here[0] ? shownProposal(here[0], dayOf) : null,
    stopCharacters: ` STOP ${stopLink()}`.length,
    parts,
  }
})

type ProposalRead = Awaited<ReturnType<typeof proposalsOf>>[number]

const shownProposal = (
  { id, text, state, proposedAt, proposedBy, endedAt, endedBy, answer }: ProposalRead,
  dayOf: (instant: Date) => CivilDate,
) => ({
  ...{ id, text, state, answer },
  on: dayOf(proposedAt),
  by: proposedBy && agentName(proposedBy),
  endedOn: endedAt && dayOf(endedAt),
  endedBy: endedBy && agentName(endedBy),
})

/** What a service proposed, the latest first: what waits, and what was answered. */
const proposalsOf = (ctx: Context, organizationId: number) =>
  ctx.tx.messageTemplateProposal.findMany({
    where: { organizationId, state: { in: ['pending', 'accepted', 'refused'] } },
    select: {
      ...{ id: true, typeCode: true, kind: true, text: true, state: true, answer: true },
      ...{ proposedAt: true, endedAt: true },
      proposedBy: { select: { firstName: true, lastName: true } },
      endedBy: { select: { firstName: true, lastName: true } },
    },
    orderBy: { id: 'desc' },
    take: 200,
  })

/** The types that a service receives somewhere. None yet: all of those its agents may book. */
async function typesAt(ctx: Context, organizationId: number): Promise<ReadonlySet<string> | null> {
  const offered = await ctx.tx.placeAppointmentType.findMany({
    where: { place: { organizationId, archivedAt: null } },
    select: { typeCode: true },
    distinct: ['typeCode'],
  })
  return offered.length > 0 ? new Set(offered.map(({ typeCode }) => typeCode)) : null
}

/** Every service, with how many texts of its own it has, and how many proposals wait. */
const servicesWithTexts = (
  ctx: Context,
): Promise<{ id: number; name: string; own: number; pending: number }[]> =>
  rowsOf(
    ctx,
    Prisma.sql`
      SELECT o.id, o.name, coalesce(t.own, 0)::int AS own, coalesce(p.pending, 0)::int AS pending
        FROM organization o
        LEFT JOIN (SELECT organization_id, count(*) AS own FROM message_template
                    WHERE NOT follows_default AND organization_id IS NOT NULL GROUP BY 1) t ON t.organization_id = o.id
        LEFT JOIN (SELECT organization_id, count(*) AS pending FROM message_template_proposal
                    WHERE state = 'pending' GROUP BY 1) p ON p.organization_id = o.id
       ORDER BY o.name, o.id`,
  )

/** How many parts the SMS of a service have on average, of those that left this month on its clock; null without any. */
async function partsThisMonth(
  ctx: Context,
  { id, timeZone }: { id: number; timeZone: string },
): Promise<number | null> {
  const { date } = civilOf(ctx.now, timeZone)
  const from = instantOf(`${date.slice(0, 7)}-01`, '00:00', timeZone)
  // What leaves now is about appointments of yesterday at the earliest, but for an absence.
  const [row] = await rowsOf<{ parts: number | null }>(
    ctx,
    Prisma.sql`
      SELECT avg(m.parts)::float8 AS parts
        FROM appointment a JOIN message m ON m.appointment_id = a.id
       WHERE a.organization_id = ${id} AND a.starts_at >= ${from}::timestamptz - interval '7 days'
         AND m.sent_at >= ${from}::timestamptz AND m.parts IS NOT NULL`,
  )
  return row?.parts ?? null
}

/** How many proposals wait for the team; none for those who do not answer. */
export const proposalsToDecide = query(
  noInput,
  async (ctx: Context<AgentActor>): Promise<{ total: number }> => ({
    total: mayManageTemplates(ctx.actor, 'decide')
      ? await ctx.tx.messageTemplateProposal.count({ where: { state: 'pending' } })
      : 0,
  }),
)
