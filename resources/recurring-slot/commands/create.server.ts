import { recordAudits } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { command, readableFields, type Fault } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, refuseIf, Refused } from '../../shared/errors'
import { agendaToFill } from '../../slot/commands/agenda.server'
import { seriesOf } from '../../slot/rules'
import { isReceivingHour } from '../../appointment/rules'
import { recurringSlotRefusals, type RecurringSlotRefusal } from '../fr'
import { mayOnRecurringSlot } from '../policy'
import { mostRulesAtOnce } from '../rules'
import { createRecurringSlotsInput } from '../schema'
import { generateSlots } from './generate.sql.server'

/**
 * Opens a series: the weekdays ticked times the hours from the first to the last. Those that the agenda already has
 * are left as they are. Their slots are there at once.
 *
 * @throws Refused when all of them exist, or beside the hour that cannot be.
 */
export const createRecurringSlots = command(
  createRecurringSlotsInput,
  async (
    ctx: Context<AgentActor>,
    { agendaId, typeCode, weekdays, ...series },
  ): Promise<{ created: number; existing: number; slots: number }> => {
    const agenda = await agendaToFill(ctx, { agendaId, typeCode })
    refuseIf(agenda.type ? null : 'slot.type_not_yours', 'typeCode')
    assertAllowed(mayOnRecurringSlot(ctx.actor, 'create', { typeCode, agenda }), 'create recurring slots')
    const [fault] = faultsOfSeries(series)
    refuseIf(fault?.reason, fault?.field)
    const times = seriesOf(series)
    const wanted = weekdays.length * times.length
    if (wanted > mostRulesAtOnce)
      throw new Refused('recurring_slot.too_many', { wanted, most: mostRulesAtOnce }, 'everyMinutes')

    const { durationMinutes, capacity } = series
    const made = await ctx.tx.recurringSlot.createManyAndReturn({
      data: weekdays.flatMap((weekday) =>
        times.map((startTime) => ({
          ...{ agendaId, typeCode, weekday, startTime, durationMinutes, capacity },
          updatedAt: ctx.now,
        })),
      ),
      skipDuplicates: true,
      select: { id: true },
    })
    refuseIf(made.length === 0 ? 'recurring_slot.all_exist' : null)
    const ids = made.map(({ id }) => id)
    const { made: slots } = await generateSlots(ctx, ids)
    await recordAudits(ctx, { action: 'create', subject: 'recurring_slot' }, ids)
    return { created: ids.length, existing: wanted - ids.length, slots }
  },
  {
    faultsOf: (_, raw): Fault[] =>
      faultsOfSeries(readableFields(createRecurringSlotsInput, raw)).map(({ field, reason }) => ({
        path: [field],
        message: recurringSlotRefusals[reason],
      })),
  },
)

/** What the hours of a series cannot be. */
function faultsOfSeries({ first, last }: { first?: string; last?: string }) {
  const faults: { field: 'first' | 'last'; reason: RecurringSlotRefusal }[] = []
  if (first && !isReceivingHour(first)) faults.push({ field: 'first', reason: 'recurring_slot.hour_outside' })
  if (last && !isReceivingHour(last)) faults.push({ field: 'last', reason: 'recurring_slot.hour_outside' })
  else if (first && last && last < first)
    faults.push({ field: 'last', reason: 'recurring_slot.last_before_first' })
  return faults
}
