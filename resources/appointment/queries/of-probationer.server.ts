import { deliveryOf } from '../../message/queries/of-appointment.server'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { appointmentFacts, mayOnAppointment } from '../policy'
import { whyNotCancellable, whyNotOutcome } from '../rules'
import { promptsSince } from './find.server'

/**
 * The appointments of a person the agent may see, of every service and type: to come, asking for
 * their outcome, and how the past ones ended.
 */
export async function listAppointmentsOf(ctx: Context<AgentActor>, probationerId: number) {
  const select = {
    ...appointmentFacts,
    id: true,
    startsAt: true,
    state: true,
    type: { select: { ...appointmentFacts.type.select, label: true } },
    place: { select: { name: true } },
    slot: { select: { agenda: { select: { name: true } } } },
    organization: { select: { timeZone: true } },
  } as const
  const [toCome, unsettled, outcomes] = await Promise.all([
    ctx.tx.appointment.findMany({
      where: { probationerId, startsAt: { gt: ctx.now }, state: { in: ['booked', 'excused'] } },
      select,
      orderBy: { startsAt: 'asc' },
      take: 50,
    }),
    ctx.tx.appointment.findMany({
      where: { probationerId, startsAt: { lte: ctx.now, gte: promptsSince(ctx.now) }, state: 'booked' },
      select,
      orderBy: { startsAt: 'desc' },
      take: 20,
    }),
    ctx.tx.appointment.groupBy({ by: ['state'], where: { probationerId }, _count: true }),
  ])
  const deliveries = await deliveryOf(ctx, toCome)
  const howMany = (state: string) => outcomes.find((outcome) => outcome.state === state)?._count ?? 0
  const line = (row: (typeof toCome)[number]) => ({
    id: row.id,
    ...civilOf(row.startsAt, row.organization.timeZone),
    state: row.state,
    type: row.type.label,
    place: row.place.name,
    agenda: row.slot.agenda.name,
    delivery: deliveries.get(row.id) ?? null,
    mayCancel: mayOnAppointment(ctx.actor, 'cancel', row) && whyNotCancellable(row, ctx.now) === null,
    mayRecordOutcome:
      mayOnAppointment(ctx.actor, 'recordOutcome', row) && whyNotOutcome(row, 'attended', ctx.now) === null,
  })
  return {
    toCome: toCome.map(line),
    outcomesToRecord: unsettled.map(line).filter((row) => row.mayRecordOutcome),
    attendance: { attended: howMany('attended'), missed: howMany('missed'), excused: howMany('excused') },
  }
}
