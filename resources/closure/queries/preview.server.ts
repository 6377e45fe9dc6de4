import { mayOnAppointment } from '../../appointment/policy'
import { whyUnreachable } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb, civilOf } from '../../shared/civil-time'
import { noInput, query, readableFields } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, Refused } from '../../shared/errors'
import { agentName } from '../../shared/french'
import { mayOpenClosures } from '../policy'
import { periodFaults, proposalsFor, type Period } from '../rules'
import { periodInput, scopeValue, type ScopeKind } from '../schema'
import {
  agendaWithPlace,
  asTouched,
  closingOf,
  mayMove,
  slotsToClose,
  surroundingsOf,
  touchedBy,
  type Closing,
} from './touched.server'

/** What a period would close and whom it touches, each with the seats they could be given. Writes nothing. */
export const previewClosure = query(periodInput, async (ctx: Context<AgentActor>, { scope, ...period }) => {
  const closing = await closingOf(ctx, scope)
  const asked = { ...period, lastDate: period.lastDate ?? period.firstDate }
  const [fault] = periodFaults(asked, civilOf(ctx.now, closing.timeZone).date)
  if (fault) throw new Refused(fault.reason, {}, fault.field)
  const slots = await slotsToClose(ctx, closing, asked)
  return { slots: slots.length, lines: await linesOf(ctx, closing, asked) }
})

/** Who is touched and not decided of yet, as a page shows them. */
export async function linesOf(
  ctx: Context<AgentActor>,
  closing: Closing,
  period: Period,
  closureId: number | null = null,
) {
  const rows = await touchedBy(ctx, closing, period, closureId)
  const movable = rows.filter((row) => mayMove(ctx.actor, row)).map(asTouched)
  const proposals = proposalsFor(movable, period, await surroundingsOf(ctx, closing, period, movable))
  const names = await agendaNames(
    ctx,
    [...proposals.values()].flat().map(({ agendaId }) => agendaId),
  )
  return rows.map((row) => ({
    appointmentId: row.id,
    probationerId: row.probationerId,
    lastName: row.probationer.lastName,
    firstName: row.probationer.firstName,
    date: civilDateFromDb(row.slot.date),
    time: row.slot.startTime,
    typeLabel: row.type.label,
    place: row.place.name,
    agenda: row.slot.agenda.name,
    unreachable: whyUnreachable(row.probationer),
    phone: row.probationer.phone,
    mayMove: mayMove(ctx.actor, row),
    mayCancel: mayOnAppointment(ctx.actor, 'cancel', row),
    proposals: (proposals.get(row.id) ?? []).map((proposal) => ({
      ...proposal,
      /** Of another agenda than its own. */
      elsewhere: proposal.agendaId === row.slot.agendaId ? null : (names.get(proposal.agendaId) ?? null),
    })),
  }))
}

async function agendaNames(ctx: Context, ids: readonly number[]): Promise<Map<number, string>> {
  const agendas = await ctx.tx.agenda.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  })
  return new Map(agendas.map(({ id, name }) => [id, name]))
}

/** What the page that closes a period starts from: the agendas, places and agents of the service. */
export const newClosure = query(noInput, async (ctx: Context<AgentActor>) => {
  assertAllowed(mayOpenClosures(ctx.actor), 'close a period')
  const organizationId = ctx.actor.organization.id
  const [places, agents] = await Promise.all([
    ctx.tx.place.findMany({
      where: { organizationId, archivedAt: null },
      select: {
        id: true,
        name: true,
        agendas: { where: { archivedAt: null }, select: { id: true, name: true }, orderBy: { name: 'asc' } },
      },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
    ctx.tx.agent.findMany({
      where: { organizationId, role: { not: 'central_admin' }, deletedAt: null },
      select: { id: true, firstName: true, lastName: true },
      orderBy: [{ lastName: 'asc' }, { firstName: 'asc' }, { id: 'asc' }],
    }),
  ])
  const group = (label: string, kind: ScopeKind, rows: readonly { id: number; label: string }[]) => ({
    label,
    options: rows.map(({ id, label: text }) => ({ value: scopeValue({ kind, id }), label: text })),
  })
  return {
    scopes: [
      group(
        'Un agenda',
        'agenda',
        places.flatMap(({ name, agendas }) =>
          agendas.map((agenda) => ({
            id: agenda.id,
            label: agendaWithPlace({ name: agenda.name, place: { name } }),
          })),
        ),
      ),
      group(
        'Un lieu, tous ses agendas',
        'place',
        places.map(({ id, name }) => ({ id, label: name })),
      ),
      group(
        'Un agent absent',
        'agent',
        agents.map((agent) => ({ id: agent.id, label: agentName(agent) })),
      ),
    ],
  }
})

/** What a form says wrong of its period, read field by field. */
export async function typedPeriodFaults(ctx: Context<AgentActor>, raw: unknown) {
  const { firstDate, lastDate, fromTime, toTime } = readableFields(periodInput, raw)
  if (firstDate === undefined) return []
  const period = {
    firstDate,
    lastDate: lastDate ?? firstDate,
    fromTime: fromTime ?? null,
    toTime: toTime ?? null,
  }
  return periodFaults(period, civilOf(ctx.now, ctx.actor.organization.timeZone).date)
}
