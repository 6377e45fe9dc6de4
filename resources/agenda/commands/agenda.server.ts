import { recordAudit } from '../../audit/commands.server'
import { refuseStale } from '../../audit/stale.server'
import { placesVisibleTo } from '../../place/policy'
import { whyNotPlaceChange } from '../../place/rules'
import type { AgentActor } from '../../shared/actor'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed, orNotFound, refuseIf } from '../../shared/errors'
import { lock } from '../../shared/lock.server'
import { agendasVisibleTo, mayOnAgenda } from '../policy'
import { whyNotRenamable } from '../rules'
import { createAgendaInput, renameAgendaInput } from '../schema'

/** Adds an agenda to a place: one a judge's chamber, say. */
export const createAgenda = command(
  createAgendaInput,
  async (ctx: Context<AgentActor>, { placeId, name }): Promise<{ id: number }> => {
    await lock(ctx, { place: placeId })
    const place = orNotFound(
      await ctx.tx.place.findFirst({
        where: { AND: [{ id: placeId }, placesVisibleTo(ctx.actor)] },
        select: { organizationId: true, archivedAt: true },
      }),
      'place',
    )
    assertAllowed(mayOnAgenda(ctx.actor, 'create', { place }), 'create an agenda')
    refuseIf(whyNotPlaceChange(place))
    await refuseTakenName(ctx, { placeId, name })
    const { id } = await ctx.tx.agenda.create({
      data: { placeId, name, updatedAt: ctx.now },
      select: { id: true },
    })
    await recordAudit(ctx, { action: 'create', subject: 'agenda', subjectId: id })
    return { id }
  },
)

/**
 * Gives an agenda another name.
 *
 * @throws Stale when somebody renamed it since the form was drawn.
 */
export const renameAgenda = command(
  renameAgendaInput,
  async (ctx: Context<AgentActor>, { agendaId, version, name }): Promise<void> => {
    const where = { AND: [{ id: agendaId }, agendasVisibleTo(ctx.actor)] }
    const { placeId } = orNotFound(
      await ctx.tx.agenda.findFirst({ where, select: { placeId: true } }),
      'agenda',
    )
    // The names of a place are compared one after the other.
    await lock(ctx, { place: placeId })
    const agenda = orNotFound(
      await ctx.tx.agenda.findFirst({ where, include: { place: { select: { organizationId: true } } } }),
      'agenda',
    )
    assertAllowed(mayOnAgenda(ctx.actor, 'rename', agenda), 'rename an agenda')
    refuseIf(whyNotRenamable(agenda))
    const { updatedAt } = agenda
    const zone = ctx.actor.organization.timeZone
    const now = { name: agenda.name }
    await refuseStale(ctx, { subject: 'agenda', subjectId: agendaId, updatedAt, version, zone, now })
    if (name === agenda.name) return
    await refuseTakenName(ctx, { placeId, name })
    await ctx.tx.agenda.update({
      where: { id: agendaId },
      data: { name, updatedAt: ctx.now },
      select: { id: true },
    })
    await recordAudit(ctx, { action: 'update', subject: 'agenda', subjectId: agendaId, fields: ['name'] })
  },
)

async function refuseTakenName(ctx: Context, { placeId, name }: { placeId: number; name: string }) {
  const taken = await ctx.tx.agenda.count({ where: { placeId, name, archivedAt: null } })
  refuseIf(taken > 0 ? 'agenda.name_taken' : null, 'name')
}
