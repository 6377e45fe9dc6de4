import { recordAudit } from '../../audit/commands.server'
import {
  checkedPlace,
  generateSlotsOf,
  refusalsOf,
  refuseUnsendable,
} from '../../place/commands/place.server'
import { placeRefusals } from '../../place/fr'
import { placesVisibleTo } from '../../place/policy'
import { whyNotPlaceChange } from '../../place/rules'
import type { AgentActor } from '../../shared/actor'
import { civilOf, dbDateOf, type CivilDate } from '../../shared/civil-time'
import { command, readableFields, type Fault } from '../../shared/command'
import type { Context } from '../../shared/context'
import { dropJob, enqueue } from '../../shared/enqueue.server'
import { assertAllowed, orNotFound, refuseIf, Refused } from '../../shared/errors'
import { fold } from '../../shared/fold'
import { count, formatShortDate } from '../../shared/french'
import { lock } from '../../shared/lock.server'
import { preparationKey, prepareRelocation } from '../jobs'
import { mayRelocatePlaces, relocationsVisibleTo } from '../policy'
import { whatMoves } from '../queries/preview.server'
import { preparedAfter, whyNotCancelled, whyNotOn } from '../rules'
import { registerRelocationInput, relocationIdInput } from '../schema'

/**
 * Registers that a place moves: from the date on, nobody is expected at the old one. What is planned follows an hour
 * later, so that it can be cancelled until then.
 *
 * @throws Refused beside the confirmation, with what changes, until the name of the old place is typed.
 */
export const registerRelocation = command(
  registerRelocationInput,
  async (
    ctx: Context<AgentActor>,
    { oldPlaceId, date, confirmation, ...contact },
  ): Promise<{ id: number }> => {
    assertAllowed(mayRelocatePlaces(ctx.actor), 'relocate a place')
    await lock(ctx, { place: oldPlaceId })
    const place = orNotFound(
      await ctx.tx.place.findFirst({
        where: { AND: [{ id: oldPlaceId }, placesVisibleTo(ctx.actor)] },
        include: {
          organization: { select: { timeZone: true } },
          appointmentTypes: { select: { typeCode: true } },
        },
      }),
      'place',
    )
    refuseIf(whyNotPlaceChange(place), 'oldPlaceId')
    const moving = await ctx.tx.placeRelocation.count({
      where: { state: 'pending', OR: [{ oldPlaceId }, { newPlaceId: oldPlaceId }] },
    })
    refuseIf(moving > 0 ? 'place_relocation.moving' : null, 'oldPlaceId')
    refuseIf(whyNotOn(date, civilOf(ctx.now, place.organization.timeZone).date), 'date')
    const data = checkedPlace(contact, place.departmentCode)
    if (fold(confirmation) !== fold(place.name)) await askToConfirm(ctx, place, date)

    const { organizationId, departmentCode, publicPageId } = place
    const { id: newPlaceId } = await ctx.tx.place.create({
      data: { ...data, organizationId, departmentCode, publicPageId, updatedAt: ctx.now },
      select: { id: true },
    })
    await refuseUnsendable(
      ctx,
      newPlaceId,
      place.appointmentTypes.map(({ typeCode }) => typeCode),
    )
    const { id } = await ctx.tx.placeRelocation.create({
      data: {
        ...{ oldPlaceId, newPlaceId, date: dbDateOf(date) },
        ...{ requestedById: ctx.actor.id, createdAt: ctx.now },
      },
      select: { id: true },
    })
    await recordAudit(ctx, { action: 'create', subject: 'place', subjectId: newPlaceId })
    await recordAudit(ctx, { action: 'create', subject: 'place_relocation', subjectId: id })
    const runAt = new Date(ctx.now.getTime() + preparedAfter)
    await enqueue(ctx, prepareRelocation, { relocationId: id }, { runAt, key: preparationKey(id) })
    return { id }
  },
  { faultsOf: contactFaults },
)

/** Takes a relocation back, and the place it was for. Nothing has moved yet. */
export const cancelRelocation = command(
  relocationIdInput,
  async (ctx: Context<AgentActor>, { relocationId }): Promise<void> => {
    const where = { AND: [{ id: relocationId }, relocationsVisibleTo(ctx.actor)] }
    const find = async () => orNotFound(await ctx.tx.placeRelocation.findFirst({ where }), 'place relocation')
    const { oldPlaceId, newPlaceId } = await find()
    await lock(ctx, { place: [oldPlaceId, newPlaceId] })
    assertAllowed(mayRelocatePlaces(ctx.actor), 'cancel a relocation')
    refuseIf(whyNotCancelled(await find()))
    await dropJob(ctx, preparationKey(relocationId))
    await ctx.tx.placeRelocation.delete({ where: { id: relocationId } })
    // Somebody may have given it an agenda meanwhile.
    const agendas = await ctx.tx.agenda.count({ where: { placeId: newPlaceId } })
    if (agendas === 0) await ctx.tx.place.delete({ where: { id: newPlaceId } })
    else
      await ctx.tx.place.update({
        where: { id: newPlaceId },
        data: { archivedAt: ctx.now, updatedAt: ctx.now },
        select: { id: true },
      })
    await generateSlotsOf(ctx, oldPlaceId)
    await recordAudit(ctx, { action: 'cancel', subject: 'place_relocation', subjectId: relocationId })
  },
)

async function askToConfirm(
  ctx: Context,
  { id, name }: { id: number; name: string },
  date: CivilDate,
): Promise<never> {
  const { slots, people, rules } = await whatMoves(ctx, id, date)
  throw new Refused(
    'place_relocation.to_confirm',
    {
      date: formatShortDate(date),
      place: name,
      slots: count(slots, 'créneau', 'créneaux'),
      people: count(people, 'personne attendue', 'personnes attendues'),
      rules: count(rules, 'créneau récurrent', 'créneaux récurrents'),
    },
    'confirmation',
  )
}

function contactFaults({ actor }: Context<AgentActor>, raw: unknown): Fault[] {
  const read = readableFields(registerRelocationInput, raw)
  return refusalsOf(read, actor.organization.departmentCode)
    .filter(({ reason }) => reason !== 'place.phone_unreadable')
    .map(({ field, reason }) => ({ path: [field], message: placeRefusals[reason] }))
}
