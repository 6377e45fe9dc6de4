import { isReceivingHour } from '../../appointment/rules'
import { because, closureAt } from '../../closure/rules'
import { recordAudits } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb } from '../../shared/civil-time'
import { command, query, readableFields, type Fault } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, refuseIf, Refused } from '../../shared/errors'
import { holidayOn } from '../../shared/holidays'
import { slotRefusals, type SlotRefusal } from '../fr'
import { mayOnSlot } from '../policy'
import { momentsOf, mostSlotsAtOnce, overlappingHours, seriesOf, whyNotPublished, type Hours } from '../rules'
import { createSlotsInput, type SlotsAsked } from '../schema'
import { agendaToFill, readAgendaToFill, type AgendaToFill } from './agenda.server'
import { insertSlots, momentsThere } from './slots.sql.server'

/**
 * Opens slots: every date with every hour, all or none.
 *
 * @throws Refused beside the first date or hour that cannot be (decisions C3 and C4).
 */
export const createSlots = command(
  createSlotsInput,
  async (ctx: Context<AgentActor>, asked): Promise<{ created: number }> => {
    const agenda = await agendaToFill(ctx, asked)
    refuseAgenda(ctx, agenda, asked.typeCode)
    const [fault] = faultsOf(ctx, agenda, asked)
    if (fault) throw new Refused(fault.reason, fault.params, fault.path.join('.'))
    const moments = momentsOf(asked.dates, asked.hours)
    const ids = await insertSlots(ctx, agenda, asked, moments)
    await recordAudits(ctx, { action: 'create', subject: 'slot' }, ids)
    return { created: ids.length }
  },
  {
    faultsOf: async (ctx, raw): Promise<Fault[]> => {
      const { agendaId, typeCode, ...typed } = readableFields(createSlotsInput, raw)
      if (agendaId === undefined || typeCode === undefined) return []
      const agenda = await readAgendaToFill(ctx, { agendaId, typeCode })
      return faultsOf(ctx, agenda, { dates: [], hours: [], ...typed }).map(({ path, reason, params }) => ({
        path,
        message: Object.entries(params).reduce<string>(
          (sentence, [name, value]) => sentence.replace(`{${name}}`, String(value)),
          slotRefusals[reason],
        ),
      }))
    },
  },
)

/** What would exist: each slot, and whether the agenda has one at that hour already. Writes nothing. */
export const previewSlots = query(createSlotsInput, async (ctx: Context<AgentActor>, asked) => {
  const agenda = await readAgendaToFill(ctx, asked)
  refuseAgenda(ctx, agenda, asked.typeCode)
  const [fault] = faultsOf(ctx, agenda, asked)
  if (fault) throw new Refused(fault.reason, fault.params, fault.path.join('.'))
  const there = await momentsThere(ctx, asked)
  const taken = new Set(there.map(({ date, time }) => `${date} ${time}`))
  return {
    slots: momentsOf(asked.dates, asked.hours).map(({ date, time }) => ({
      date,
      time,
      already: taken.has(`${date} ${time}`),
    })),
    capacity: asked.capacity,
  }
})

function refuseAgenda(ctx: Context<AgentActor>, agenda: AgendaToFill, typeCode: string): void {
  refuseIf(agenda.type ? null : 'slot.type_not_yours', 'typeCode')
  assertAllowed(mayOnSlot(ctx.actor, 'create', { typeCode, agenda }), 'create slots')
}

interface SlotFault {
  path: string[]
  reason: SlotRefusal
  params: Record<string, string | number>
}

/** All that is wrong of the dates and hours that could be read, line by line. */
function faultsOf(
  ctx: Context<AgentActor>,
  agenda: AgendaToFill,
  { dates, hours }: Pick<SlotsAsked, 'dates' | 'hours'>,
): SlotFault[] {
  const { departmentCode, organization, relocationsFrom, relocationsTo } = agenda.place
  const type = agenda.type ?? { allowedOnDaysOff: false }
  const faults: SlotFault[] = []
  const say = (path: string[], reason: SlotRefusal, params: SlotFault['params'] = {}) =>
    faults.push({ path, reason, params })

  const overlapping = overlappingHours(hours)
  for (const [rank, line] of hours.entries()) {
    if (line.last !== null && line.last < line.first)
      say(['hours', `${rank}`, 'last'], 'slot.last_before_first')
    else if (overlapping.includes(rank)) say(['hours', `${rank}`, 'first'], 'slot.hours_overlap')
    for (const field of ['first', 'last'] as const)
      if (line[field] !== null && !isReceivingHour(line[field]))
        say(['hours', `${rank}`, field], 'slot.hour_outside')
  }
  const wanted = new Set(dates).size * hours.reduce((sum, line) => sum + seriesOf(line).length, 0)
  if (wanted > mostSlotsAtOnce) say(['hours'], 'slot.too_many', { wanted, most: mostSlotsAtOnce })

  const calendar = { departmentCode, timeZone: organization.timeZone }
  const earliest = earliestOf(hours)
  // Without an hour yet, what closes the whole day.
  const times = hours.length > 0 ? [...new Set(hours.flatMap(seriesOf))] : ['00:00', '23:59']
  for (const [rank, date] of dates.entries()) {
    const reason = whyNotPublished({ date, time: earliest }, calendar, type, ctx.now)
    if (reason) say(['dates', `${rank}`], reason, { holiday: holidayOn(departmentCode, date) ?? '' })
    else if (
      relocationsFrom.some((move) => date >= civilDateFromDb(move.date)) ||
      relocationsTo.some((move) => date < civilDateFromDb(move.date))
    )
      say(['dates', `${rank}`], 'slot.place_moves')
    else {
      const shut = times.map((time) => closureAt(agenda.closures, { agendaId: agenda.id, date, time }))
      const closed = hours.length > 0 ? shut.find(Boolean) : shut.every(Boolean) && shut[0]
      if (closed) say(['dates', `${rank}`], 'slot.closed_period', { because: because(closed) })
    }
  }
  return faults
}

/** Of a day of today the first hour must be to come; without an hour yet, the day alone is looked at. */
const earliestOf = (hours: readonly Hours[]) =>
  hours
    .map(({ first }) => first)
    .filter((time) => isReceivingHour(time))
    .sort()[0] ?? '21:00'
