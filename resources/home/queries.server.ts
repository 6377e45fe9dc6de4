import {
  countAppointments,
  listAppointments,
  type ListAppointments,
} from '../appointment/queries/list.server'
import { localAdminsOf } from '../organization/queries.server'
import { listProbationers } from '../probationer/queries.server'
import type { AgentActor } from '../shared/actor'
import { addDays, civilOf, isWeekend, type CivilDate } from '../shared/civil-time'
import type { Context } from '../shared/context'
import { holidayOn } from '../shared/holidays'
import { canFollowProbationers, isExecutionOffice } from '../shared/rights'

/**
 * "Que faire maintenant": what waits for this agent, the appointments of today and of the next
 * working day. Those in charge of persons see their own first, the others their service's.
 */
export async function home(
  ctx: Context<AgentActor>,
  { wholeService = false }: { wholeService?: boolean } = {},
) {
  const { actor, now } = ctx
  const { organization } = actor
  const follows = canFollowProbationers(actor)
  const mine = follows && !wholeService
  const today = civilOf(now, organization.timeZone).date
  const nextDay = nextWorkingDay(today, organization.departmentCode)
  const waiting = (filters: ListAppointments) => countAppointments(ctx, { ...filters, mine: follows })
  const asksOutcomes = !isExecutionOffice(actor)

  const [todays, next, unsettled, smsNotReceived, noMobile, withoutDate, admins, announcements] =
    await Promise.all([
      listAppointments(ctx, { view: 'day', date: today, mine, perPage: 50 }),
      listAppointments(ctx, { view: 'day', date: nextDay, mine, perPage: 5 }),
      asksOutcomes ? listAppointments(ctx, { view: 'outcome_missing', mine: follows, perPage: 8 }) : null,
      waiting({ view: 'to_come', attention: 'sms_not_received' }),
      waiting({ view: 'to_come', attention: 'no_mobile' }),
      follows ? listProbationers(ctx, { mine: true, withoutAppointment: true, perPage: 1 }) : null,
      localAdminsOf(ctx, { id: organization.id, headquartersId: actor.headquartersId }),
      ctx.tx.announcementReceipt.findMany({
        where: { agentId: actor.id, readAt: null },
        select: { announcementId: true, announcement: { select: { body: true, kind: true } } },
        orderBy: { id: 'desc' },
        take: 3,
      }),
    ])
  return {
    ...civilOf(now, organization.timeZone),
    minutesToNext: minutesToNext(todays.rows, now),
    follows,
    mine,
    todays,
    nextDay,
    next,
    unsettled,
    waiting: {
      smsNotReceived,
      noMobile,
      outcomes: unsettled?.total ?? 0,
      withoutDate: withoutDate?.total ?? 0,
    },
    localAdmins: admins,
    announcements: announcements.map(({ announcementId, announcement }) => ({
      id: announcementId,
      ...announcement,
    })),
  }
}

function nextWorkingDay(today: CivilDate, departmentCode: string): CivilDate {
  let date = addDays(today, 1)
  while (isWeekend(date) || holidayOn(departmentCode, date)) date = addDays(date, 1)
  return date
}

function minutesToNext(rows: { startsAt: Date }[], now: Date): number | null {
  const next = rows.find((row) => row.startsAt > now)
  return next ? Math.round((next.startsAt.getTime() - now.getTime()) / 60_000) : null
}
