import * as z from 'zod'
import { countAttention, listAppointments } from '../appointment/queries/list.server'
import { mayRecordOutcomes } from '../appointment/policy'
import { localAdminsOf } from '../organization/queries.server'
import { listProbationers } from '../probationer/queries/list.server'
import type { AgentActor } from '../shared/actor'
import { nextWorkingDay } from '../shared/calendar'
import { civilOf } from '../shared/civil-time'
import { query } from '../shared/command'
import type { Context } from '../shared/context'
import { minute } from '../shared/duration'
import { canFollowProbationers } from '../shared/rights'

const homeInput = z.object({ wholeService: z.boolean().optional() })

/**
 * "Que faire maintenant": what waits, the appointments of today and of the next working day. A
 * counsellor sees their own first; whoever runs or helps a service, the whole of it. Those who may be in
 * charge of persons choose.
 */
export const home = query(homeInput, async (ctx: Context<AgentActor>, { wholeService }) => {
  const { actor, now } = ctx
  const { organization } = actor
  const follows = canFollowProbationers(actor)
  const mine = follows && !(wholeService ?? actor.role !== 'probation_counsellor')
  const today = civilOf(now, organization.timeZone).date
  const nextDay = nextWorkingDay(today, organization.departmentCode)

  const [todays, soonest, next, unsettled, attention, withoutDate, admins, announcements] = await Promise.all(
    [
      listAppointments(ctx, { view: 'day', date: today, mine, perPage: 50 }),
      listAppointments(ctx, { view: 'to_come', date: today, state: 'booked', mine, perPage: 1 }),
      listAppointments(ctx, { view: 'day', date: nextDay, mine, perPage: 5 }),
      mayRecordOutcomes(actor) ? listAppointments(ctx, { view: 'outcome_missing', mine, perPage: 8 }) : null,
      countAttention(ctx, { view: 'to_come', mine }),
      // Whom one is in charge of: of a whole service they are hundreds, and nobody's to call.
      mine
        ? listProbationers(ctx, { mine, withoutAppointment: true, wholeJurisdiction: true, perPage: 1 })
        : null,
      localAdminsOf(ctx, organization.id),
      ctx.tx.announcementReceipt.findMany({
        where: { agentId: actor.id, readAt: null },
        select: { announcementId: true, announcement: { select: { body: true, kind: true } } },
        orderBy: { id: 'desc' },
        take: 3,
      }),
    ],
  )
  return {
    ...civilOf(now, organization.timeZone),
    minutesToNext: minutesTo(soonest.rows[0], now),
    follows,
    mine,
    todays,
    nextDay,
    next,
    unsettled,
    waiting: {
      smsNotReceived: attention.sms_not_received,
      noMobile: attention.no_mobile,
      outcomes: unsettled?.total ?? 0,
      withoutDate: withoutDate?.total ?? 0,
    },
    localAdmins: admins,
    announcements: announcements.map(({ announcementId, announcement }) => ({
      id: announcementId,
      ...announcement,
    })),
  }
})

function minutesTo(next: { startsAt: Date } | undefined, now: Date): number | null {
  return next ? Math.round((next.startsAt.getTime() - now.getTime()) / minute) : null
}
