import * as z from 'zod'
import type { AgentActor } from '../../shared/actor'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { id } from '../../shared/fields'
import { agendasVisibleTo, mayOnAgenda } from '../policy'

/** What the form that renames an agenda is drawn from. */
export const agendaToRename = query(
  z.object({ agendaId: id }),
  async (ctx: Context<AgentActor>, { agendaId }) => {
    const agenda = orNotFound(
      await ctx.tx.agenda.findFirst({
        where: { AND: [{ id: agendaId }, agendasVisibleTo(ctx.actor)] },
        select: { name: true, updatedAt: true, place: { select: { organizationId: true } } },
      }),
      'agenda',
    )
    assertAllowed(mayOnAgenda(ctx.actor, 'rename', agenda), 'rename an agenda')
    return { id: agendaId, version: agenda.updatedAt.toISOString(), values: { name: agenda.name } }
  },
)
