/**
 * What screens read beside their record or their form. Nothing is changed by them; what is shown of somebody may
 * leave a trace. Asked by POST, since names, phones
 * and dates of birth are searched and must not be left in addresses, which proxies write down. Each
 * query checks rights itself; this table decides nothing.
 */
import { Router, type RequestHandler } from 'express'
import * as z from 'zod'
import { unreadAnnouncements } from '../resources/announcement/queries.server'
import { bookingForm } from '../resources/appointment/queries/booking-form.server'
import { bookingPreview } from '../resources/appointment/queries/booking-preview.server'
import { earlierGroups, groupMembers } from '../resources/appointment/queries/group.server'
import { freeSlots } from '../resources/appointment/queries/free-slots.server'
import {
  appointmentMessages,
  appointmentMessagesStamp,
  noticePreview,
} from '../resources/appointment/queries/page.server'
import { previewClosure } from '../resources/closure/queries/preview.server'
import { whoWillFollow } from '../resources/competent-service/queries/who-will-follow.server'
import { whoseEmail } from '../resources/agent/queries/transfer.server'
import { cityChoices } from '../resources/city/queries.server'
import { divestmentCounts } from '../resources/divestment/queries/list.server'
import { appointmentCounts } from '../resources/appointment/queries/list.server'
import { deskStamp, hearingExitDesk } from '../resources/hearing-exit/queries/desk.server'
import { figures } from '../resources/reporting/queries/figures.server'
import { proposalsToDecide } from '../resources/message/template/queries/editor.server'
import { previewText } from '../resources/message/template/queries/preview.server'
import { home } from '../resources/home/queries.server'
import {
  checkTypedPerson,
  probationerChoices,
  searchProbationers,
} from '../resources/probationer/queries/list.server'
import { foreseenOfCity } from '../resources/probationer/queries/foreseen-city.server'
import { whereMerged } from '../resources/probationer/queries/merge.server'
import { earlierHistory } from '../resources/probationer/queries/record.server'
import {
  countUnreached,
  listUnreached,
  unreachedStamp,
} from '../resources/unreached/queries/unreached.server'
import { previewSlots } from '../resources/slot/commands/create.server'
import { slotCalendar, slotsOfDay } from '../resources/slot/queries/calendar.server'
import { slotChoices } from '../resources/slot/queries/list.server'
import { supervision } from '../resources/watch/queries/supervision.server'
import { refusalOf } from '../resources/refusals'
import type { AgentActor } from '../resources/shared/actor'
import { query } from '../resources/shared/command'
import type { Context } from '../resources/shared/context'
import type { Lookup } from '../resources/shared/fields'
import { countSearch } from '../resources/shared/throttle.server'
import { read } from '../resources/shared/transact.server'
import type { AgentQuery } from './define/action'
import type { Option } from './define/list'
import { actorOf, refuseRequest } from './door'
import { resources } from './resources'
import { appointmentChoices } from './resources/appointment'
import { divestmentChoices } from './resources/divestment'
import { foreseenOfRelocation } from './resources/place-relocation'
import { foreseenOfRule } from './resources/recurring-slot'

export const lookups = {
  home,
  unreadAnnouncements,
  appointmentCounts,
  appointmentChoices,
  divestmentChoices,
  divestmentCounts,
  slotChoices,
  probationerChoices,
  hearingExitDesk,
  deskStamp,
  figures,
  unreached: listUnreached,
  unreachedCount: countUnreached,
  unreachedStamp,
  supervision,
  previewSlots,
  slotCalendar,
  slotsOfDay,
  previewClosure,
  foreseenOfRelocation,
  foreseenOfRule,
  foreseenOfCity,
  searchProbationers,
  checkTypedPerson,
  whoseEmail,
  cityChoices,
  whoWillFollow,
  bookingForm,
  freeSlots,
  bookingPreview,
  groupMembers,
  earlierGroups,
  noticePreview,
  appointmentMessages,
  appointmentMessagesStamp,
  earlierHistory,
  whereMerged,
  previewText,
  proposalsToDecide,
} satisfies Record<string, AgentQuery>

export type Lookups = typeof lookups

const referenceInput = z.object({ text: z.string().trim().max(100).default('') })
type FindReference = (ctx: Context<AgentActor>, text: string) => Promise<readonly Option[]>

/** What a form refers to, by what is searched: only what the agent sees is found. */
export const references: Record<Lookup, FindReference> = {
  agendas: ({ actor }, text) => resources.Agenda.search(actor, text),
  places: ({ actor }, text) => resources.Place.search(actor, text),
  organizations: ({ actor }, text) => resources.Organization.search(actor, text),
  cities: async (ctx, text) =>
    (await cityChoices(ctx, { text })).map(({ id, label }) => ({ value: String(id), label })),
}

/** What is asked as one types, and could be asked for everybody. */
const searched: readonly string[] = ['searchProbationers', 'whoseEmail', ...Object.keys(references)]

/** The look-ups as JSON, mounted behind the door once the body is read. */
export function lookupRouter(): Router {
  const router = Router()
  router.all(
    '/lookups/:name',
    serve((name) =>
      Object.hasOwn(lookups, name) ? (lookups as Record<string, AgentQuery>)[name] : undefined,
    ),
  )
  router.all(
    '/references/:name',
    serve((name) => {
      const find = Object.hasOwn(references, name) ? references[name as Lookup] : undefined
      return find && query(referenceInput, (ctx: Context<AgentActor>, { text }) => find(ctx, text))
    }),
  )
  return router
}

const serve =
  (queryOf: (name: string) => AgentQuery | undefined): RequestHandler =>
  async (req, res, next) => {
    const query = queryOf(req.params.name ?? '')
    if (!query) return refuseRequest(req, res, next, 404, 'Cette adresse n’existe pas.')
    if (req.method !== 'POST') {
      res.set('Allow', 'POST')
      return refuseRequest(req, res, next, 405, 'Cette adresse ne peut pas être utilisée ainsi.')
    }
    try {
      const actor = actorOf(req)
      if (searched.includes(req.params.name ?? '')) await countSearch(actor.id)
      const result = await read(actor, (ctx) => query(ctx, req.body as never))
      res.json({ ok: true, result: result ?? null })
    } catch (error) {
      const refusal = refusalOf(error)
      if (!refusal) return next(error)
      const { status, ...body } = refusal
      res.status(status).json({ ok: false, ...body })
    }
  }
