import type { Prisma } from '@prisma/client'
import { recordAuditLines } from '../../audit/commands.server'
import { smsLink } from '../../message/rules'
import { infoPath, placeInText } from '../../message/queries/text.server'
import { weekLines } from '../../public-page/rules'
import { openingHours } from '../../public-page/schema'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb, civilOf } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { env } from '../../shared/env.server'
import { orNotFound } from '../../shared/errors'
import { squaresOf } from '../../shared/qr.server'
import { appointmentsVisibleTo, knowsWhoIsExpected, whoIsExpected } from '../policy'
import { appointmentIdInput, appointmentIdsInput } from '../schema'

const pageOnPaper = { openingHours: true, transport: true, accessibility: true, reception: true } as const
const named = { firstName: true, lastName: true, role: true } as const

const printed = {
  ...whoIsExpected,
  id: true,
  state: true,
  startsAt: true,
  type: { select: { code: true, publicLabel: true, heldAtPlace: true } },
  place: {
    select: {
      ...placeInText,
      address: true,
      publicPage: { select: { ...placeInText.publicPage.select, ...pageOnPaper } },
    },
  },
  organization: { select: { id: true, name: true, kind: true, timeZone: true } },
  agent: { select: named },
  probationer: {
    select: {
      ...whoIsExpected.probationer.select,
      id: true,
      lastName: true,
      firstName: true,
      dateOfBirth: true,
      phone: true,
      appiNumber: true,
      assignedAgent: { select: { ...named, organizationId: true } },
    },
  },
} satisfies Prisma.AppointmentSelect
type PaperRow = Prisma.AppointmentGetPayload<{ select: typeof printed }>

/** All that the paper says: the only document of an appointment that has legal value. */
export const summonsPage = query(appointmentIdInput, async (ctx: Context<AgentActor>, { appointmentId }) => {
  const [paper] = await papersOf(ctx, [appointmentId])
  return orNotFound(paper, 'appointment')
})

/** The papers of several, in the order in which they are asked. One that is not seen is not there. */
export const summonsPages = query(
  appointmentIdsInput,
  async (ctx: Context<AgentActor>, { appointmentIds }) => {
    const papers = new Map((await papersOf(ctx, appointmentIds)).map((paper) => [paper.id, paper]))
    return appointmentIds.map((id) => orNotFound(papers.get(id), 'appointment'))
  },
)
export type SummonsPaper = Awaited<ReturnType<typeof papersOf>>[number]

async function papersOf(ctx: Context<AgentActor>, ids: readonly number[]) {
  const rows = await ctx.tx.appointment.findMany({
    where: { AND: [{ id: { in: [...ids] } }, appointmentsVisibleTo(ctx.actor)] },
    select: printed,
  })
  await recordAuditLines(
    ctx,
    { action: 'view', subject: 'appointment' },
    rows.map(({ id, probationer }) => ({ subjectId: id, probationerId: probationer.id })),
  )
  return rows.map((row) => paperOf(ctx, row))
}

function paperOf(ctx: Context<AgentActor>, row: PaperRow) {
  const { probationer, place, organization, type } = row
  const path = infoPath(place)
  const page = place.publicPage?.state === 'published' ? place.publicPage : null
  const hours = page && openingHours.safeParse(page.openingHours).data
  const { firstName, lastName, role } = ctx.actor
  const { assignedAgent } = probationer
  const known = knowsWhoIsExpected(ctx.actor, row)
  return {
    id: row.id,
    state: row.state,
    ...civilOf(row.startsAt, organization.timeZone),
    today: civilOf(ctx.now, organization.timeZone).date,
    past: row.startsAt <= ctx.now,
    type: type.code,
    publicLabel: type.publicLabel,
    heldAtPlace: type.heldAtPlace,
    service: { name: organization.name, kind: organization.kind },
    place: {
      name: place.name,
      address: place.address,
      phone: place.phone,
      email: place.email,
      transport: page?.transport ?? null,
      accessibility: page?.accessibility ?? null,
      reception: page?.reception ?? null,
      week: hours ? weekLines(hours) : [],
    },
    /** Who receives; nobody by name where the service does, at its reception. */
    agent: row.agent,
    /** Who is in charge of the person in the service that summons. */
    referent: known && assignedAgent?.organizationId === organization.id ? assignedAgent : null,
    handedBy: { firstName, lastName, role },
    /** Null for who may read the minimum only (decision P2): whoever hands the paper over writes the name on it. */
    probationer: known
      ? {
          lastName: probationer.lastName,
          firstName: probationer.firstName,
          dateOfBirth: probationer.dateOfBirth && civilDateFromDb(probationer.dateOfBirth),
          phone: probationer.phone,
          appiNumber: probationer.appiNumber,
        }
      : null,
    link: { text: smsLink(env.PUBLIC_URL, path), code: squaresOf(new URL(path, env.PUBLIC_URL).href) },
  }
}
