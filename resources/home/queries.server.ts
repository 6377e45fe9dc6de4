import * as z from 'zod'
import { exitTypesSeenBy, mayRecordOutcomes } from '../appointment/policy'
import { countByType, countWithoutMobile, listAppointments } from '../appointment/queries/list.server'
import { mayHaveDivestmentsWaiting } from '../divestment/policy'
import { countWaitingDivestments } from '../divestment/queries/list.server'
import { localAdminsOf } from '../organization/queries.server'
import { mayManageTemplates } from '../message/template/policy'
import { proposalsToDecide } from '../message/template/queries/editor.server'
import { mayAnswerRequests } from '../probationer/policy'
import { listProbationers } from '../probationer/queries/list.server'
import { smsStoppedByLink } from '../probationer/queries/opt-out.server'
import { countEndings } from '../retention/queries/endings.sql.server'
import { mayAnswerSiteRequests } from '../site-request/policy'
import { countSiteRequestsWaiting } from '../site-request/queries/requests.server'
import { mayOpenSlots } from '../slot/policy'
import { agendasRunningOut } from '../slot/queries/running-out.server'
import { countRequestsWaiting } from '../rights-request/queries/list.server'
import type { AgentActor } from '../shared/actor'
import { nextWorkingDay } from '../shared/calendar'
import { civilOf, type CivilDate } from '../shared/civil-time'
import { query } from '../shared/command'
import type { Context } from '../shared/context'
import { minute } from '../shared/duration'
import { log } from '../shared/log.server'
import { canFollowProbationers, mayUseCentralConsole } from '../shared/rights'
import { countUnreached } from '../unreached/queries/unreached.server'
import { failingServices } from '../watch/queries/failing.server'

const homeInput = z.object({ wholeService: z.boolean().optional() })

interface Scope {
  today: CivilDate
  /** Only what concerns the reader. */
  mine: boolean
}

/** A part of the page, read by itself: nothing for the roles that have no use of it. */
interface Card<Data> {
  isFor: (actor: AgentActor, scope: Scope) => boolean
  read: (ctx: Context<AgentActor>, scope: Scope) => Promise<Data>
}

/** Null where the role has no such card. */
export type CardAnswer<Data> = { failed: false; data: Data } | { failed: true } | null

const card = <Data>(read: Card<Data>['read'], isFor: Card<Data>['isFor'] = () => true): Card<Data> => ({
  read,
  isFor,
})

const cards = {
  todays: card(todaysAppointments),
  next: card(nextDay),
  unsettled: card(
    (ctx, { mine }) => listAppointments(ctx, { view: 'outcome_missing', mine, perPage: 8 }),
    mayRecordOutcomes,
  ),
  unreached: card(async (ctx, { mine }) => ({
    scope: whose(mine),
    ...(await countUnreached(ctx, { scope: whose(mine) })),
  })),
  withoutMobile: card((ctx, { mine }) => countWithoutMobile(ctx, { mine })),
  withoutDate: card(
    async (ctx) => {
      const filters = { mine: true, withoutAppointment: true, wholeJurisdiction: true, perPage: 1 }
      return (await listProbationers(ctx, filters)).total
    },
    // Of a whole service they are hundreds, and nobody's to call.
    (_actor, { mine }) => mine,
  ),
  exits: card(
    (ctx, { today }) => countByType(ctx, { today, types: exitTypesSeenBy(ctx.actor) }),
    (actor) => exitTypesSeenBy(actor).length > 0,
  ),
  endings: card(
    (ctx, { mine }) => countEndings(ctx, { mine }),
    // Those who may keep a record, or ask for it.
    (actor) => canFollowProbationers(actor) || actor.role === 'local_admin',
  ),
  seats: card(agendasRunningOut, mayOpenSlots),
  divestments: card((ctx) => countWaitingDivestments(ctx, {}), mayHaveDivestmentsWaiting),
  requests: card((ctx) => countRequestsWaiting(ctx), mayAnswerRequests),
  texts: card(
    (ctx) => proposalsToDecide(ctx, {}),
    (actor) => mayManageTemplates(actor, 'decide'),
  ),
  siteRequests: card(countSiteRequestsWaiting, mayAnswerSiteRequests),
  smsStopped: card((ctx, { mine }) => smsStoppedByLink(ctx, { mine }), canFollowProbationers),
  failing: card((ctx) => failingServices(ctx, {}), mayUseCentralConsole),
  localAdmins: card((ctx) => localAdminsOf(ctx, ctx.actor.organization.id)),
} satisfies Record<string, Card<unknown>>

const whose = (mine: boolean) => (mine ? 'mine' : 'service')

type Cards = { [Name in keyof typeof cards]: CardAnswer<Awaited<ReturnType<(typeof cards)[Name]['read']>>> }

/**
 * "Que faire maintenant": what waits, the appointments of today and of the next day. A counsellor sees
 * their own first; whoever runs or helps a service, the whole of it. Those who may be in charge of persons
 * choose. A card that cannot be read says so, and the others are there.
 */
export const home = query(homeInput, async (ctx: Context<AgentActor>, { wholeService }) => {
  const { actor, now } = ctx
  const follows = canFollowProbationers(actor)
  const mine = follows && !(wholeService ?? actor.role !== 'probation_counsellor')
  const here = civilOf(now, actor.organization.timeZone)
  const scope = { today: here.date, mine }

  const failures: unknown[] = []
  const answers = await Promise.all(
    Object.entries<Card<unknown>>(cards).map(async ([name, { isFor, read }]) => {
      if (!isFor(actor, scope)) return [name, null] as const
      try {
        return [name, { failed: false, data: await read(ctx, scope) }] as const
      } catch (err) {
        failures.push(err)
        log.error({ err, card: name }, 'card of the first page failed')
        return [name, { failed: true }] as const
      }
    }),
  )
  // Nothing could be read: the page itself is not there.
  if (failures.length === answers.filter(([, answer]) => answer).length) throw failures[0]
  return { ...here, follows, mine, cards: Object.fromEntries(answers) as Cards }
})

/** Those of today, and the minutes until the next that still holds. */
async function todaysAppointments(ctx: Context<AgentActor>, { today, mine }: Scope) {
  const todays = await listAppointments(ctx, { view: 'day', date: today, mine, perPage: 50 })
  const holds = ({ state, startsAt }: (typeof todays.rows)[number]) =>
    state === 'booked' && startsAt >= ctx.now
  const isWhole = todays.rows.length === todays.total
  const soonest =
    todays.rows.find(holds) ??
    (isWhole
      ? undefined
      : (
          await listAppointments(ctx, { view: 'to_come', date: today, state: 'booked', mine, perPage: 1 })
        ).rows.find(holds))
  const minutesToNext = soonest ? Math.round((soonest.startsAt.getTime() - ctx.now.getTime()) / minute) : null
  return { ...todays, minutesToNext }
}

/** The next working day; when nobody is expected then, the next day that somebody is. */
async function nextDay(ctx: Context<AgentActor>, { today, mine }: Scope) {
  const on = async (date: CivilDate) => ({
    date,
    ...(await listAppointments(ctx, { view: 'day', date, mine, perPage: 8 })),
  })
  const nearest = await on(nextWorkingDay(today, ctx.actor.organization.departmentCode))
  if (nearest.total > 0) return nearest
  const coming = await listAppointments(ctx, { view: 'to_come', after: today, mine, perPage: 1 })
  const [first] = coming.rows
  return first ? on(first.date) : nearest
}
