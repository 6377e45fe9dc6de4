import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { formatHour, formatShortDate, weekdays } from '../../shared/french'
import { lock } from '../../shared/lock.server'
import { mostSeats } from '../../slot/schema'
import { agendasVisibleTo, mayOnAgenda } from '../policy'
import { whyNotMergeable, whyNotMergedInto } from '../rules'
import { mergeAgendasInput } from '../schema'
import {
  joinRules,
  joinSlots,
  moveRules,
  moveSlots,
  rulesMet,
  slotsConcerned,
  slotsMet,
} from './merge.sql.server'

export interface MergedAgendas {
  into: { id: number; name: string }
  /** Slots to come that the other agenda has now. */
  slots: number
  /** Among them, those that joined a slot of the same hour: their seats add up, whom they expect are expected there. */
  joined: number
  rules: number
}

/**
 * Moves what an agenda holds from now on, slots and recurring slots, to another agenda of its place, then archives
 * it. What is past stays where it was.
 *
 * A slot that meets one of the same moment, type, length and state joins it; one that differs stands beside it.
 *
 * @throws Refused beside the agenda that receives, when two recurring slots of one hour cannot become one.
 */
export const mergeAgendas = command(
  mergeAgendasInput,
  async (ctx: Context<AgentActor>, { agendaId, intoId }): Promise<MergedAgendas> => {
    const { placeId } = await agendaOf(ctx, agendaId)
    // Nobody is booked there, no slot is opened and no rule changed meanwhile: each keeps the place as it is.
    await lock(ctx, { place: placeId })
    const agenda = await agendaOf(ctx, agendaId)
    assertAllowed(mayOnAgenda(ctx.actor, 'merge', agenda), 'merge agendas')
    refuseIf(whyNotMergeable(agenda))
    const into = await agendaOf(ctx, intoId)
    refuseIf(whyNotMergedInto(agenda, into), 'intoId')

    const pair = { agendaId, intoId }
    const rules = await ctx.tx.recurringSlot.findMany({
      where: { agendaId: { in: [agendaId, intoId] } },
      select: { id: true },
    })
    // Their agenda is part of a key; generation keeps them as they are, and is over once they are held.
    await lock(ctx, { recurring_slot: rules.map(({ id }) => id) }, { recurring_slot: 'UPDATE' })
    await lock(ctx, { slot: await slotsConcerned(ctx, pair) })
    const metRules = await rulesMet(ctx, pair)
    for (const { weekday, startTime, sameLength, seats } of metRules) {
      const when = `le ${weekdays[weekday - 1] ?? ''} à ${formatHour(startTime)}`
      refuseIf(sameLength ? null : 'agenda.lengths_differ', 'intoId', { when })
      refuseIf(seats > mostSeats ? 'agenda.too_many_seats' : null, 'intoId', { when, seats, most: mostSeats })
    }
    const metSlots = await slotsMet(ctx, pair)
    for (const { date, startTime, seats } of metSlots) {
      const when = `le ${formatShortDate(date)} à ${formatHour(startTime)}`
      refuseIf(seats > mostSeats ? 'agenda.too_many_seats' : null, 'intoId', { when, seats, most: mostSeats })
    }

    const joined = await joinSlots(ctx, metSlots)
    const moved = await moveSlots(ctx, pair)
    await joinRules(ctx, metRules)
    const movedRules = await moveRules(ctx, pair)
    await ctx.tx.agenda.update({
      where: { id: agendaId },
      data: { archivedAt: ctx.now, updatedAt: ctx.now },
      select: { id: true },
    })
    await recordAudit(ctx, {
      action: 'merge',
      subject: 'agenda',
      subjectId: agendaId,
      fields: ['archivedAt'],
    })
    await recordAudit(ctx, { action: 'merge', subject: 'agenda', subjectId: intoId })
    return {
      into: { id: intoId, name: into.name },
      slots: moved + joined,
      joined,
      rules: movedRules + metRules.length,
    }
  },
)

async function agendaOf(ctx: Context<AgentActor>, id: number) {
  return orNotFound(
    await ctx.tx.agenda.findFirst({
      where: { AND: [{ id }, agendasVisibleTo(ctx.actor)] },
      select: {
        id: true,
        name: true,
        placeId: true,
        archivedAt: true,
        place: {
          select: {
            organizationId: true,
            agendas: { where: { archivedAt: null }, select: { id: true }, take: 2 },
          },
        },
      },
    }),
    'agenda',
  )
}
