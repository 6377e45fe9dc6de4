import { recordAudit } from '../../audit/commands.server'
import { generateSlotsOf, setArchived } from '../../place/commands/place.server'
import { addMonths, civilDateFromDb, civilOf, dbDateOf } from '../../shared/civil-time'
import { command } from '../../shared/command'
import type { Context } from '../../shared/context'
import { enqueue } from '../../shared/enqueue.server'
import { lock } from '../../shared/lock.server'
import { sendRelocationReport } from '../jobs'
import { relocatedName, rememberedMonths } from '../rules'
import { relocationIdInput } from '../schema'
import {
  copyRules,
  copyTypes,
  moveAppointments,
  moveClosures,
  moveSlots,
  type Copied,
} from './prepare.sql.server'

/**
 * Moves to the new place what comes from the date on: agendas and recurring slots are copied there, slots and whom
 * they expect go there. Messages are written when they leave, and then say where. Done once: asked again, or when
 * the relocation was cancelled, it changes nothing.
 */
export const prepare = command(relocationIdInput, async (ctx: Context, { relocationId }): Promise<void> => {
  const relocation = await lockedRelocation(ctx, relocationId)
  if (!relocation || relocation.preparedAt !== null) return
  const { oldPlaceId, newPlaceId } = relocation
  const date = civilDateFromDb(relocation.date)
  await copyTypes(ctx, { oldPlaceId, newPlaceId })
  const agendas = await copyAgendas(ctx, { oldPlaceId, newPlaceId, date })
  const rules = await copyRules(ctx, agendas)
  const slots = await moveSlots(ctx, { agendas, rules, date })
  const people = await moveAppointments(ctx, { slots, newPlaceId })
  await moveClosures(ctx, { oldPlaceId, newPlaceId, agendas, slots, date })
  // A rule made since the relocation was registered has no slot from the date on to move.
  await generateSlotsOf(ctx, newPlaceId)
  await ctx.tx.placeRelocation.update({
    where: { id: relocationId },
    data: {
      preparedAt: ctx.now,
      ...{ slotsMoved: slots.length, rulesCopied: rules.length, peopleMoved: people },
    },
  })
  await recordAudit(ctx, { action: 'prepare', subject: 'place_relocation', subjectId: relocationId })
  await enqueue(ctx, sendRelocationReport, { relocationId })
})

/** The place is left: it is archived, with its agendas and their recurring slots. Whoever was late is moved first. */
export const settle = command(relocationIdInput, async (ctx: Context, { relocationId }): Promise<void> => {
  await prepare(ctx, { relocationId })
  const relocation = await lockedRelocation(ctx, relocationId)
  if (relocation?.state !== 'pending') return
  const { archivedAt } = await ctx.tx.place.findUniqueOrThrow({ where: { id: relocation.oldPlaceId } })
  if (archivedAt === null)
    await setArchived(ctx, relocation.oldPlaceId, { from: null, to: ctx.now }, 'archive')
  await ctx.tx.placeRelocation.update({ where: { id: relocationId }, data: { state: 'done' } })
})

/** The relocations whose day has come where people live by this clock. */
export async function relocationsDue(ctx: Context, timeZone: string): Promise<number[]> {
  const today = dbDateOf(civilOf(ctx.now, timeZone).date)
  const due = await ctx.tx.placeRelocation.findMany({
    where: { state: 'pending', date: { lte: today }, oldPlace: { organization: { timeZone } } },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  return due.map(({ id }) => id)
}

/** Forgets the relocations done for a month. @returns how many. */
export async function forgetRelocations(ctx: Context): Promise<number> {
  const before = addMonths(civilOf(ctx.now, 'Europe/Paris').date, -rememberedMonths)
  const { count } = await ctx.tx.placeRelocation.deleteMany({
    where: { state: 'done', date: { lt: dbDateOf(before) } },
  })
  return count
}

/** Its places, rules and slots kept as they are: nobody is booked there meanwhile, no slot is made. */
async function lockedRelocation(ctx: Context, id: number) {
  const found = await ctx.tx.placeRelocation.findUnique({ where: { id } })
  if (!found) return null
  const { oldPlaceId, newPlaceId, date } = found
  await lock(ctx, { place: [oldPlaceId, newPlaceId] })
  const rules = await ctx.tx.recurringSlot.findMany({
    where: { agenda: { placeId: oldPlaceId } },
    select: { id: true },
  })
  await lock(ctx, { recurring_slot: rules.map((rule) => rule.id) })
  const slots = await ctx.tx.slot.findMany({
    where: { agenda: { placeId: oldPlaceId }, date: { gte: date } },
    select: { id: true },
  })
  await lock(ctx, { slot: slots.map((slot) => slot.id) })
  return ctx.tx.placeRelocation.findUnique({ where: { id } })
}

/** The agendas in use, and those that still expect somebody. */
async function copyAgendas(
  ctx: Context,
  { oldPlaceId, newPlaceId, date }: { oldPlaceId: number; newPlaceId: number; date: string },
): Promise<Copied[]> {
  const agendas = await ctx.tx.agenda.findMany({
    where: {
      placeId: oldPlaceId,
      OR: [{ archivedAt: null }, { slots: { some: { date: { gte: dbDateOf(date) } } } }],
    },
    orderBy: { id: 'asc' },
  })
  const copied: Copied[] = []
  for (const { id, name, archivedAt } of agendas) {
    const copy = await ctx.tx.agenda.create({
      data: { placeId: newPlaceId, name: relocatedName(name, date), archivedAt, updatedAt: ctx.now },
      select: { id: true },
    })
    copied.push({ id, copyId: copy.id })
  }
  return copied
}
