import * as z from 'zod'
import type { ClosureChoice } from '@prisma/client'
import type { MessageState } from '../../message/rules'
import { canReceiveSms, reachFacts, whyUnreachable } from '../../probationer/rules'
import type { AgentActor } from '../../shared/actor'
import { civilDateFromDb, civilOf } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed } from '../../shared/errors'
import { checkbox } from '../../shared/fields'
import { agentName } from '../../shared/french'
import { agendaWithPlace } from './touched.server'
import { closureOf } from './closure.server'
import { closuresVisibleTo, mayOpenClosures } from '../policy'
import { whyNotLiftable } from '../rules'
import { closureIdInput } from '../schema'
import { linesOf } from './preview.server'

const listClosuresInput = z.object({
  withPast: checkbox.catch(false),
  page: z.coerce.number().int().min(1).max(2_000).default(1).catch(1),
  perPage: z.coerce.number().int().min(1).max(50).default(25).catch(25),
})

/** One page of the closures of the service, those to come first; lifted and past ones when asked. */
export const listClosures = query(
  listClosuresInput,
  async (ctx: Context<AgentActor>, { withPast, page, perPage }) => {
    assertAllowed(mayOpenClosures(ctx.actor), 'open the closures')
    const today = new Date(civilOf(ctx.now, ctx.actor.organization.timeZone).date)
    const where = {
      AND: [closuresVisibleTo(ctx.actor), withPast ? {} : { liftedAt: null, lastDate: { gte: today } }],
    }
    const [total, rows] = await Promise.all([
      ctx.tx.closure.count({ where }),
      ctx.tx.closure.findMany({
        where,
        select: {
          ...{ id: true, firstDate: true, lastDate: true, fromTime: true, toTime: true },
          ...{ reason: true, liftedAt: true },
          place: { select: { name: true } },
          agenda: { select: { name: true, place: { select: { name: true } } } },
          agent: { select: { firstName: true, lastName: true } },
          createdBy: { select: { firstName: true, lastName: true } },
          _count: { select: { lines: true } },
        },
        orderBy: [{ firstDate: withPast ? 'desc' : 'asc' }, { id: 'asc' }],
        skip: (page - 1) * perPage,
        take: perPage,
      }),
    ])
    return {
      total,
      rows: rows.map(({ firstDate, lastDate, place, agenda, agent, createdBy, _count, ...closure }) => ({
        ...closure,
        firstDate: civilDateFromDb(firstDate),
        lastDate: civilDateFromDb(lastDate),
        what: place?.name ?? (agenda ? agendaWithPlace(agenda) : agent ? agentName(agent) : ''),
        by: createdBy && agentName(createdBy),
        people: _count.lines,
      })),
    }
  },
)

/** A closure as its page shows it: what was decided of each person, and who is still to be decided of. */
export const closurePage = query(closureIdInput, async (ctx: Context<AgentActor>, { closureId }) => {
  const { closing, period, reason, liftedAt } = await closureOf(ctx, closureId)
  const today = civilOf(ctx.now, closing.timeZone).date
  const over = whyNotLiftable({ liftedAt, ...period }, today) !== null
  const [slots, lines, left] = await Promise.all([
    ctx.tx.slot.count({ where: { closureId } }),
    ctx.tx.closureLine.findMany({
      where: { closureId },
      select: {
        choice: true,
        appointment: {
          select: {
            id: true,
            startsAt: true,
            state: true,
            organization: { select: { timeZone: true } },
            probationer: {
              select: { ...reachFacts, id: true, firstName: true, lastName: true },
            },
            messages: { where: { kind: 'cancellation' }, select: { state: true } },
            rescheduledTo: {
              select: {
                ...{ id: true, startsAt: true, state: true },
                messages: { where: { kind: 'rescheduling' }, select: { state: true } },
              },
            },
          },
        },
      },
      orderBy: [{ appointment: { startsAt: 'asc' } }, { appointmentId: 'asc' }],
    }),
    over ? [] : linesOf(ctx, closing, period, closureId),
  ])
  return {
    ...{ id: closureId, name: closing.name, kind: closing.scope.kind, ...period, reason, slots, over, left },
    lifted: liftedAt && civilOf(liftedAt, closing.timeZone),
    lines: lines.map(
      ({ choice, appointment: { organization, rescheduledTo, probationer, messages, ...appointment } }) => ({
        choice,
        appointmentId: appointment.id,
        person: {
          id: probationer.id,
          firstName: probationer.firstName,
          lastName: probationer.lastName,
          phone: probationer.phone,
        },
        unreachable: whyUnreachable(probationer),
        told: toldBy({ choice, messages, next: rescheduledTo, isReachable: canReceiveSms(probationer) }),
        ...civilOf(appointment.startsAt, organization.timeZone),
        next: rescheduledTo && {
          id: rescheduledTo.id,
          ...civilOf(rescheduledTo.startsAt, organization.timeZone),
        },
      }),
    ),
  }
})

/** What tells somebody their new date, or that they are not expected any more. */
interface Word {
  choice: ClosureChoice
  messages: readonly { state: MessageState }[]
  next: { state: string; messages: readonly { state: MessageState }[] } | null
  isReachable: boolean
}

/**
 * By an SMS, or by phone where none left or arrived. Null when there is nothing to tell: the date stands, or the new
 * one was changed since, by who told them then.
 */
function toldBy({ choice, messages, next, isReachable }: Word): 'sms' | 'phone' | null {
  if (choice === 'keep') return null
  const told = (choice === 'move' ? (next?.messages ?? []) : messages).some(({ state }) =>
    state === 'planned' ? isReachable : ['sending', 'unknown', 'sent', 'delivered'].includes(state),
  )
  if (told) return 'sms'
  return choice === 'cancel' || next?.state === 'booked' ? 'phone' : null
}
