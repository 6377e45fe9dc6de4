import * as z from 'zod'
import type { AgentActor } from '../../shared/actor'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound } from '../../shared/errors'
import { id } from '../../shared/fields'
import { joinsByAgenda } from '../commands/merge.sql.server'
import { agendasVisibleTo, mayOnAgenda } from '../policy'

/** What a merge would move, and the agendas that may receive it with how many slots there are at the same moment. */
export const agendaToMerge = query(
  z.object({ agendaId: id }),
  async (ctx: Context<AgentActor>, { agendaId }) => {
    const agenda = orNotFound(
      await ctx.tx.agenda.findFirst({
        where: { AND: [{ id: agendaId }, agendasVisibleTo(ctx.actor)] },
        select: {
          place: {
            select: {
              organizationId: true,
              agendas: {
                where: { archivedAt: null, id: { not: agendaId } },
                select: { id: true, name: true },
                orderBy: [{ name: 'asc' }, { id: 'asc' }],
              },
            },
          },
        },
      }),
      'agenda',
    )
    assertAllowed(mayOnAgenda(ctx.actor, 'merge', agenda), 'merge agendas')
    const toCome = { agendaId, startsAt: { gt: ctx.now } }
    const others = agenda.place.agendas
    const [slots, rules, people, joins] = await Promise.all([
      ctx.tx.slot.count({ where: toCome }),
      ctx.tx.recurringSlot.count({ where: { agendaId } }),
      ctx.tx.appointment.groupBy({ by: ['probationerId'], where: { state: 'booked', slot: toCome } }),
      joinsByAgenda(
        ctx,
        agendaId,
        others.map((other) => other.id),
      ),
    ])
    const receivers = others.map((other) => ({
      ...other,
      joined: joins.find(({ intoId }) => intoId === other.id)?.slots ?? 0,
    }))
    const [first] = receivers
    return {
      ...{ slots, rules, people: people.length, receivers },
      values: { intoId: receivers.length === 1 && first ? String(first.id) : '' },
      options: {
        intoId: receivers.map(({ id: intoId, name, joined }) => ({
          value: String(intoId),
          label: joined > 0 ? `${name} (${joined} aux mêmes heures)` : name,
        })),
      },
    }
  },
)
