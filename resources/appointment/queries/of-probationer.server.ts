import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import type { Context } from '../../shared/context'
import { mayOnAppointment } from '../policy'
import { whyNotOutcome } from '../rules'
import { actsToCome } from './list.server'
import { appointmentsOfPerson, type ListedAppointment } from './list.sql.server'

/**
 * The appointments of a person the agent may see, of every service and type: to come, asking for
 * their outcome, and how the past ones ended.
 */
export async function listAppointmentsOf(ctx: Context<AgentActor>, probationerId: number) {
  const { toCome, unsettled, attendance } = await appointmentsOfPerson(ctx, probationerId)
  const maySettle = (row: ListedAppointment) =>
    mayOnAppointment(ctx.actor, 'recordOutcome', row) && whyNotOutcome(row, 'attended', ctx.now) === null
  const line = (row: ListedAppointment) => ({
    id: row.id,
    ...civilOf(row.startsAt, row.organization.timeZone),
    state: row.state,
    type: row.type.label,
    place: row.place.name,
    agenda: row.slot.agenda.name,
    delivery: row.delivery,
  })
  return {
    toCome: toCome.map((row) => ({ ...line(row), acts: actsToCome(ctx, row) })),
    outcomesToRecord: unsettled.filter(maySettle).map(line),
    attendance,
  }
}
