import { canReceiveSms, reachFacts } from '../../probationer/rules'
import { textForAgents } from '../../message/queries/text.server'
import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { appointmentsVisibleTo } from '../policy'
import { appointmentIdsInput } from '../schema'

/** Of several who did not come, who they are and how many an SMS can tell so. */
export const whomAbsenceTells = query(
  appointmentIdsInput,
  async (ctx: Context<AgentActor>, { appointmentIds }) => {
    const rows = await ctx.tx.appointment.findMany({
      where: { AND: [{ id: { in: appointmentIds } }, appointmentsVisibleTo(ctx.actor)] },
      select: {
        id: true,
        startsAt: true,
        organization: { select: { timeZone: true } },
        probationer: { select: { ...reachFacts, lastName: true, firstName: true } },
      },
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    })
    const told = rows.filter(({ probationer }) => canReceiveSms(probationer))
    const reachable = told.length
    const sms = told[0] && (await textForAgents(ctx, { appointmentId: told[0].id, kind: 'missed' }))
    return {
      /** What the first of them would read. */
      text: sms?.ok ? sms.text : null,
      values: { inform: reachable > 0 },
      reachable,
      unreachable: rows.length - reachable,
      absent: rows.map(({ startsAt, organization, probationer: { lastName, firstName } }) => ({
        lastName,
        firstName,
        ...civilOf(startsAt, organization.timeZone),
      })),
    }
  },
)
