import {
  countedUpTo,
  defineResource,
  type CellValue,
  type ListRequest,
  type ListResult,
} from '../define/resource'
import { paths } from '../paths'
import { deliveryWords } from '../../resources/message/fr'
import type { AgentActor } from '../../resources/shared/actor'
import { civilOf, isCivilDate } from '../../resources/shared/civil-time'
import type { Context } from '../../resources/shared/context'
import { count, formatDay, formatHour, fullName } from '../../resources/shared/french'
import { stateWords } from '../../resources/appointment/fr'
import {
  appointmentsVisibleTo,
  mayOpenAppointments,
  mayRecordOutcomes,
} from '../../resources/appointment/policy'
import { appointmentFilters, listAppointments } from '../../resources/appointment/queries/list.server'
import { attentionDays } from '../../resources/appointment/rules'

const views = [
  { value: 'day', label: 'Aujourd’hui' },
  { value: 'to_come', label: 'À venir' },
  { value: 'outcome_missing', label: 'Issues à renseigner' },
  { value: 'all', label: 'Toutes' },
]

export const appointmentResource = defineResource('Appointment', {
  columns: ['startsAt', 'state'],
  title: 'startsAt',
  visibleTo: appointmentsVisibleTo,
  mayOpen: mayOpenAppointments,
  words: {
    plural: 'Convocations',
    noun: ['convocation', 'convocations'],
    columns: { startsAt: 'Date', state: 'État' },
  },
  show: 'AppointmentRecord',
  list: {
    columns: [
      { key: 'when', label: 'Date et heure' },
      { key: 'person', label: 'Personne' },
      { key: 'type', label: 'Type' },
      { key: 'place', label: 'Lieu et agenda' },
      { key: 'agent', label: 'Référent' },
      { key: 'sms', label: 'SMS' },
      { key: 'state', label: 'État', end: true },
    ],
    filters: [
      {
        name: 'view',
        label: 'Vues',
        kind: 'tabs',
        options: views,
      },
      { name: 'date', label: 'Jour', kind: 'date' },
      { name: 'placeId', label: 'Lieu', kind: 'select', all: 'Tous' },
      { name: 'agendaId', label: 'Agenda', kind: 'select', all: 'Tous' },
      { name: 'typeCode', label: 'Type', kind: 'select', all: 'Tous' },
      {
        name: 'state',
        label: 'État',
        kind: 'select',
        all: 'Sauf annulées',
        options: Object.entries(stateWords).map(([value, label]) => ({ value, label })),
      },
      {
        name: 'attention',
        label: 'À surveiller',
        kind: 'select',
        all: 'Tout',
        options: [
          { value: 'sms_not_received', label: `SMS non reçu, ${attentionDays} jours` },
          { value: 'no_mobile', label: `Pas de portable, ${attentionDays} jours` },
        ],
      },
      { name: 'mine', label: 'Les miennes', kind: 'box' },
      { name: 'wholeJurisdiction', label: 'Tout le ressort', kind: 'box' },
    ],
    empty: {
      title: 'Aucune convocation ne répond à ces filtres',
      hint: 'Choisissez un autre jour ou une autre vue, ou élargissez à tout le ressort.',
    },
    read: readList,
  },
})

async function readList(
  ctx: Context<AgentActor>,
  { filters, page, perPage }: ListRequest,
): Promise<ListResult> {
  const { organization } = ctx.actor
  const today = civilOf(ctx.now, organization.timeZone).date
  // The menu opens the list on today; a day may be named in any view.
  const day = (filters.view ?? 'day') === 'day' && (isCivilDate(filters.date ?? '') ? filters.date : today)
  const list = await listAppointments(ctx, {
    ...filters,
    ...(day && { date: day }),
    page,
    perPage,
  })
  const { types, places } = await appointmentFilters(ctx, {})
  const archived = (place: { archived: boolean }) => (place.archived ? ' (archivé)' : '')
  return {
    total: list.total,
    ...(day && { lede: `${formatDay(day)}, ${organization.name}. ${howMany(list.total)}.` }),
    rows: list.rows.map((line) => ({ id: line.id, cells: cellsOf(line) })),
    options: {
      view: mayRecordOutcomes(ctx.actor) ? views : views.filter(({ value }) => value !== 'outcome_missing'),
      typeCode: types.map(({ code, label }) => ({ value: code, label })),
      placeId: places.map((place) => ({ value: String(place.id), label: place.name + archived(place) })),
      agendaId: places.flatMap((place) =>
        place.agendas.map((agenda) => ({
          value: String(agenda.id),
          label: `${place.name}\u00a0: ${agenda.name}`,
        })),
      ),
    },
  }
}

const howMany = (total: number) =>
  `${total > countedUpTo ? 'Plus de ' : ''}${count(Math.min(total, countedUpTo), 'convocation')}`

type Line = Awaited<ReturnType<typeof listAppointments>>['rows'][number]

function cellsOf(line: Line): Record<string, CellValue> {
  const sms = deliveryWords(line.delivery, line.probationer.unreachable)
  return {
    when: { text: formatHour(line.time), kind: 'hour', sub: formatDay(line.date) },
    person: { text: fullName(line.probationer), to: paths.probationer(line.probationer.id) },
    type: { text: line.type, to: paths.appointment(line.id), kind: 'light' },
    place: { text: line.place, sub: line.agenda },
    agent: line.agent && `${line.agent.firstName} ${line.agent.lastName}`,
    sms: { text: sms.word, tone: sms.tone },
    state: {
      kind: 'outcome',
      settled: {
        appointmentId: line.id,
        name: fullName(line.probationer),
        unreachable: line.probationer.unreachable,
        toldMissed: line.state === 'missed' && line.delivery?.kind === 'missed',
      },
      state: line.state,
      asks: line.asksOutcome,
      mayUndo: line.mayUndo,
    },
  }
}
