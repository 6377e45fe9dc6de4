import { movesOf, moveOn, seatOfMove, type Move } from '../../appointment/commands/reschedule.server'
import { cancelOn, refuseCancel } from '../../appointment/commands/settle.server'
import { recordAudit, recordAudits } from '../../audit/commands.server'
import { textsOfBooking } from '../../message/queries/of-appointment.server'
import { generateSlots, rulesOf } from '../../recurring-slot/commands/generate.sql.server'
import type { AgentActor } from '../../shared/actor'
import { civilOf, dbDateOf } from '../../shared/civil-time'
import { command, type Fault } from '../../shared/command'
import type { Context } from '../../shared/context'
import { refuseIf, Refused } from '../../shared/errors'
import { lock, lockKey } from '../../shared/lock.server'
import { closureRefusals, periodWords } from '../fr'
import { closureOf } from '../queries/closure.server'
import { typedPeriodFaults } from '../queries/preview.server'
import { closingOf, slotsToClose, touchedBy, type Closing } from '../queries/touched.server'
import { periodFaults, whyNotLiftable, type Period } from '../rules'
import {
  closePeriodInput,
  closureIdInput,
  scopeValue,
  settleClosureInput,
  type ClosureLines,
} from '../schema'
import { reopenClosed } from './lift.sql.server'

export interface Closed {
  closureId: number
  slots: number
  moved: number
  cancelled: number
  kept: number
  /** SMS that leave: one an appointment moved or cancelled. */
  sms: number
  /** Touched and not decided of: what could not be done as asked, and whoever was convoked meanwhile. */
  left: number
}

/**
 * Closes a period of an agenda, a place or an agent, and does what was decided of each appointment it touches, in one
 * transaction. A line that is stale (settled meanwhile, a seat that is gone) is left, the others done. What was
 * closed is not made again by recurring slots until the period is lifted.
 */
export const closePeriod = command(
  closePeriodInput,
  async (ctx: Context<AgentActor>, { scope, reason, lines, requestKey, ...asked }): Promise<Closed> => {
    const closing = await closingOf(ctx, scope)
    const period = { ...asked, lastDate: asked.lastDate ?? asked.firstDate }
    if (requestKey) {
      await lockKey(ctx, requestKey)
      const made = await ctx.tx.closure.findUnique({ where: { requestKey }, select: { id: true } })
      // What was closed, by who asks again: another's key finds nothing.
      if (made) {
        const first = await closureOf(ctx, made.id)
        // Changed since, its answer lost: it is not told that what it asks now is done.
        const isSame =
          scopeValue(first.closing.scope) === scopeValue(scope) &&
          periodWords(first.period) === periodWords(period)
        if (!isSame) throw new Refused('closure.already_closed', { period: periodWords(first.period) })
        return closedSoFar(ctx, first.closing, first.period, made.id)
      }
    }
    const [fault] = periodFaults(period, civilOf(ctx.now, closing.timeZone).date)
    if (fault) throw new Refused(fault.reason, {}, fault.field)
    // Whoever opens slots or books there, and generation, are over, or come after and find the period closed.
    await lock(ctx, { place: closing.placeId ?? [] })
    await lock(ctx, { recurring_slot: await rulesOf(ctx, scope) }, { recurring_slot: 'UPDATE' })
    const slots = (await slotsToClose(ctx, closing, period)).map(({ id }) => id)
    const moves = await lockedLines(ctx, closing, period, lines, { slots })

    const { id: closureId } = await ctx.tx.closure.create({
      data: {
        organizationId: closing.organizationId,
        [`${scope.kind}Id`]: scope.id,
        ...period,
        firstDate: dbDateOf(period.firstDate),
        lastDate: dbDateOf(period.lastDate),
        ...{ reason, requestKey, createdById: ctx.actor.id, createdAt: ctx.now },
      },
      select: { id: true },
    })
    const closed = await ctx.tx.slot.updateManyAndReturn({
      where: { id: { in: slots }, isOpen: true },
      data: { isOpen: false, closureId, updatedAt: ctx.now },
      select: { id: true },
    })
    await recordAudit(ctx, { action: 'create', subject: 'closure', subjectId: closureId })
    await recordAudits(
      ctx,
      { action: 'update', subject: 'slot', fields: ['isOpen'] },
      closed.map(({ id }) => id),
    )
    await settleLines(ctx, { id: closureId, reason }, moves, lines)
    return closedSoFar(ctx, closing, period, closureId)
  },
  {
    faultsOf: async (ctx, raw): Promise<Fault[]> =>
      (await typedPeriodFaults(ctx, raw)).map(({ field, reason }) => ({
        path: [field],
        message: closureRefusals[reason],
      })),
  },
)

/** Does what was decided of the appointments that a closed period still touches. */
export const settleClosure = command(
  settleClosureInput,
  async (ctx: Context<AgentActor>, { closureId, lines }): Promise<Closed> => {
    await lockKey(ctx, keyOf(closureId))
    const { closing, period, liftedAt, ...closure } = await closureOf(ctx, closureId)
    refuseIf(whyNotLiftable({ liftedAt, ...period }, civilOf(ctx.now, closing.timeZone).date))
    const moves = await lockedLines(ctx, closing, period, lines, { closureId })
    await settleLines(ctx, closure, moves, lines)
    return closedSoFar(ctx, closing, period, closureId)
  },
)

/**
 * Opens the slots of a period again, and those that recurring slots would have made, but what another period closes;
 * whom it moved keep their new date.
 */
export const liftClosure = command(
  closureIdInput,
  async (ctx: Context<AgentActor>, { closureId }): Promise<{ reopened: number; made: number }> => {
    await lockKey(ctx, keyOf(closureId))
    const { closing, period, liftedAt } = await closureOf(ctx, closureId)
    refuseIf(whyNotLiftable({ liftedAt, ...period }, civilOf(ctx.now, closing.timeZone).date))
    // Of two closures lifted at once, the second finds what the first left it.
    await lock(ctx, { place: closing.placeId ?? [] })
    const rules = await rulesOf(ctx, closing.scope)
    const slots = await ctx.tx.slot.findMany({ where: { closureId }, select: { id: true } })
    await lock(ctx, { recurring_slot: rules, slot: slots.map(({ id }) => id) }, { recurring_slot: 'SHARE' })
    await ctx.tx.closure.update({
      where: { id: closureId },
      data: { liftedAt: ctx.now },
      select: { id: true },
    })
    const reopened = await reopenClosed(ctx, closureId)
    const { made } = await generateSlots(ctx, rules)
    await recordAudit(ctx, {
      action: 'update',
      subject: 'closure',
      subjectId: closureId,
      fields: ['liftedAt'],
    })
    await recordAudits(ctx, { action: 'update', subject: 'slot', fields: ['isOpen'] }, reopened)
    return { reopened: reopened.length, made }
  },
)

/** Whoever settles or lifts a closure does it alone: nobody is decided of twice, nor once it is lifted. */
const keyOf = (closureId: number) => `closure ${closureId}`

/** The appointments decided of that the period touches, locked with their seats, those they go to and the slots that close. */
async function lockedLines(
  ctx: Context<AgentActor>,
  closing: Closing,
  period: Period,
  lines: ClosureLines,
  { slots = [], closureId = null }: { slots?: number[]; closureId?: number | null },
): Promise<Map<number, Move>> {
  const touched = new Set((await touchedBy(ctx, closing, period, closureId)).map(({ id }) => id))
  const ids = [...new Set(lines.map(({ appointmentId }) => appointmentId))].filter((id) => touched.has(id))
  const targets = lines.flatMap(({ slotId }) => slotId ?? [])
  const moves = await movesOf(ctx, ids, [...slots, ...targets])
  return new Map(moves.map((move) => [move.appointment.id, move]))
}

async function settleLines(
  ctx: Context<AgentActor>,
  closure: { id: number; reason: string | null },
  moves: Map<number, Move>,
  lines: ClosureLines,
): Promise<void> {
  const settled: { closureId: number; appointmentId: number; choice: 'move' | 'cancel' | 'keep' }[] = []
  const texts = new Map<string, Awaited<ReturnType<typeof textsOfBooking>>>()
  for (const { appointmentId, choice, ...seat } of lines) {
    const move = moves.get(appointmentId)
    if (!move) continue
    // Decided before anything is written: a line that is refused leaves the others.
    const act = await refusedAsNull(() => decide(ctx, move, choice, seat))
    if (!act) continue
    moves.delete(appointmentId)
    const { placeId, typeCode } = move.appointment
    const key = `${placeId} ${typeCode}`
    const known = texts.get(key) ?? (await textsOfBooking(ctx, { placeId, typeCode }))
    texts.set(key, known)
    await act(known, closure.reason ?? undefined)
    settled.push({ closureId: closure.id, appointmentId, choice })
  }
  await ctx.tx.closureLine.createMany({ data: settled })
}

type Act = (texts: Awaited<ReturnType<typeof textsOfBooking>>, reason: string | undefined) => Promise<unknown>

async function decide(
  ctx: Context<AgentActor>,
  move: Move,
  choice: ClosureLines[number]['choice'],
  wanted: Omit<ClosureLines[number], 'appointmentId' | 'choice'>,
): Promise<Act> {
  const { appointment } = move
  if (choice === 'keep') return () => Promise.resolve()
  if (choice === 'cancel') {
    refuseCancel(ctx, appointment)
    return (texts, reason) =>
      cancelOn(ctx, appointment, { inform: texts.refusal === null, ...(reason && { reason }) })
  }
  const seat = await seatOfMove(ctx, move, { ...wanted, keepOverlap: false })
  return (texts, reason) =>
    moveOn(ctx, move, seat, { inform: texts.refusal === null, texts, ...(reason && { reason }) })
}

async function refusedAsNull<Result>(decided: () => Promise<Result>): Promise<Result | null> {
  try {
    return await decided()
  } catch (error) {
    if (error instanceof Refused) return null
    throw error
  }
}

/** What a closure has done until now, counted from what it wrote: a double submit is told the same. */
async function closedSoFar(
  ctx: Context<AgentActor>,
  closing: Closing,
  period: Period,
  closureId: number,
): Promise<Closed> {
  const choices = await ctx.tx.closureLine.groupBy({ by: ['choice'], where: { closureId }, _count: true })
  const count = (choice: string) => choices.find((one) => one.choice === choice)?._count ?? 0
  const line = { some: { closureId } }
  const [slots, sms, left] = await Promise.all([
    ctx.tx.slot.count({ where: { closureId } }),
    ctx.tx.message.count({
      where: {
        OR: [
          { kind: 'cancellation', appointment: { closureLines: line } },
          { kind: 'rescheduling', appointment: { rescheduledFrom: { closureLines: line } } },
        ],
      },
    }),
    touchedBy(ctx, closing, period, closureId),
  ])
  return {
    ...{ closureId, slots, sms, left: left.length },
    ...{ moved: count('move'), cancelled: count('cancel'), kept: count('keep') },
  }
}
