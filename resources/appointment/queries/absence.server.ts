import { canReceiveSms, reachFacts } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { appointmentsVisibleTo } from '../policy'
import { undoOutcomesInput } from '../schema'

/** Of several who did not come, how many an SMS can tell so. */
export const whomAbsenceTells = query(
  undoOutcomesInput,
  async (ctx: Context<AgentActor>, { appointmentIds }) => {
    const rows = await ctx.tx.appointment.findMany({
      where: { AND: [{ id: { in: appointmentIds } }, appointmentsVisibleTo(ctx.actor)] },
      select: { probationer: { select: reachFacts } },
    })
    const reachable = rows.filter(({ probationer }) => canReceiveSms(probationer)).length
    return { values: { inform: reachable > 0 }, reachable, unreachable: rows.length - reachable }
  },
)
