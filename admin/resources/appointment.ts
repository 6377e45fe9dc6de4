import { bookGroup } from '../../resources/appointment/commands/book-group.server'
import { rescheduleAppointment } from '../../resources/appointment/commands/reschedule.server'
import {
  cancelAppointment,
  recordOutcome,
  undoOutcome,
  undoOutcomes,
  recordOutcomes,
} from '../../resources/appointment/commands/settle.server'
import { absenceTold, stateWords } from '../../resources/appointment/fr'
import {
  appointmentFacts,
  appointmentsVisibleTo,
  mayConvokeGroups,
  mayExportAppointments,
  mayOnAppointment,
  mayOpenAppointments,
  mayRecordOutcomes,
} from '../../resources/appointment/policy'
import { appointmentFilters, listAppointments } from '../../resources/appointment/queries/list.server'
import { whomAbsenceTells } from '../../resources/appointment/queries/absence.server'
import { appointmentPage } from '../../resources/appointment/queries/page.server'
import { appointmentToReschedule } from '../../resources/appointment/queries/reschedule.server'
import { groupForm } from '../../resources/appointment/queries/group.server'
import { daySheet } from '../../resources/appointment/queries/day-sheet.server'
import { summonsPage, summonsPages } from '../../resources/appointment/queries/summons.server'
import {
  attentionDays,
  whyNotCancellable,
  whyNotOutcome,
  whyNotUndo,
} from '../../resources/appointment/rules'
import { fillCustomColumn } from '../../resources/custom-column/commands/fill.server'
import { deliveryWords } from '../../resources/message/fr'
import type { AgentActor } from '../../resources/shared/actor'
import { civilOf, isCivilDate } from '../../resources/shared/civil-time'
import { noInput, query } from '../../resources/shared/command'
import type { Context } from '../../resources/shared/context'
import { countedUpTo } from '../../resources/shared/counted'
import { fold } from '../../resources/shared/fold'
import {
  agentName,
  count,
  formatBriefDate,
  formatBriefDay,
  formatDay,
  formatHour,
  fullName,
} from '../../resources/shared/french'
import type { Grant } from '../../resources/shared/rights'
import { mayOpenUnreached } from '../../resources/unreached/policy'
import type { CellValue } from '../define/cells'
import type { Choices, ListRequest } from '../define/list'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const views = [
  { value: 'day', label: 'Aujourd’hui' },
  { value: 'to_come', label: 'À venir' },
  { value: 'outcome_missing', label: 'Issues à renseigner' },
  { value: 'all', label: 'Toutes' },
]

export const appointments = defineResource('Appointment', {
  visibleTo: appointmentsVisibleTo,
  mayOpen: mayOpenAppointments,
  navigation: { section: 'daily', icon: 'calendar' },
  title: 'startsAt',
  columns: ['startsAt', 'state'],
  facts: { ...appointmentFacts, state: true, startsAt: true },
  words: {
    plural: 'Convocations',
    noun: ['convocation', 'convocations'],
    columns: { startsAt: 'Date', state: 'État' },
    fields: {
      slotId: 'Nouveau créneau',
      date: 'Nouvelle date',
      time: 'Heure',
      inform: 'Prévenir par SMS',
      keepOverlap: 'Garder l’heure même si la personne est attendue ailleurs à ce moment',
    },
  },
  record: { read: appointmentPage, idField: 'appointmentId', screen: 'AppointmentRecord' },
  list: {
    columns: [
      {
        key: 'when',
        label: 'Date et heure',
        unbroken: true,
        // A day's list says the day once, above.
        cell: (line: AppointmentLine) => ({
          text: formatHour(line.time),
          kind: 'hour',
          to: paths.appointment(line.id),
          label: `${formatHour(line.time)}, ${line.type}, ${fullName(line.probationer)}, ${formatDay(line.date)}`,
          ...(!line.ofOneDay && { sub: formatBriefDate(line.date) }),
        }),
      },
      {
        key: 'person',
        label: 'Personne et type',
        cell: (line) => ({
          text: fullName(line.probationer),
          ...(line.probationer.opens && { to: paths.probationer(line.probationer.id) }),
          sub: line.type,
        }),
      },
      {
        key: 'place',
        label: 'Lieu, agenda, référent',
        // With whom, unless it goes without saying: with the reader, or the agent the agenda is named after.
        cell: (line, actor) => ({
          text: line.place,
          sub: [line.agenda, line.agent && line.agent.id !== actor.id && agentName(line.agent)]
            .filter((word, index, words) => word && fold(word) !== fold(words[index - 1] || ''))
            .join(' · '),
        }),
      },
      {
        key: 'sms',
        label: 'SMS',
        cell: (line) => {
          const { word, tone } = deliveryWords(line.delivery, line.probationer.unreachable)
          return { text: word, tone }
        },
      },
      { key: 'state', label: 'État, actions', unseen: true, end: true, cell: outcomeCell },
    ],
    filters: [
      {
        name: 'view',
        label: 'Vues',
        kind: 'tabs',
        options: views,
        counts: 'appointmentCounts',
      },
      { name: 'date', label: 'Jour', kind: 'date' },
      { name: 'placeId', label: 'Lieu', kind: 'select', all: 'Tous' },
      { name: 'typeCode', label: 'Type', kind: 'select', all: 'Tous' },
      { name: 'agentId', label: 'Référent', kind: 'select', all: 'Tous les agents' },
      { name: 'mine', label: 'Les miennes', kind: 'checkbox' },
      { name: 'agendaId', label: 'Agenda', kind: 'select', all: 'Tous', rare: true },
      {
        name: 'state',
        label: 'État',
        kind: 'select',
        rare: true,
        all: 'Sauf annulées',
        options: Object.entries(stateWords).map(([value, label]) => ({ value, label })),
      },
      {
        name: 'attention',
        label: 'À surveiller',
        kind: 'select',
        rare: true,
        all: 'Tout',
        options: [
          { value: 'sms_not_received', label: `SMS non reçu, ${attentionDays} jours` },
          { value: 'no_mobile', label: `Pas de portable, ${attentionDays} jours` },
        ],
      },
      { name: 'wholeJurisdiction', label: 'Tout le ressort', kind: 'checkbox', rare: true },
    ],
    empty: {
      title: 'Aucune convocation ne répond à ces filtres',
      hint: 'Choisissez un autre jour ou une autre vue, ou élargissez à tout le ressort.',
    },
    choices: 'appointmentChoices',
    read: readList,
    files: {
      addresses: [
        { address: 'files/convocations.csv', label: 'CSV' },
        { address: 'files/liste-convocations.pdf', label: 'PDF' },
      ],
      may: (actor) => mayExportAppointments(actor, 'own'),
      only: (actor) => (mayExportAppointments(actor, 'list') ? null : 'vos convocations seulement'),
    },
    bulkActionsOf: ({ asksOutcome, toCome }) =>
      asksOutcome ? ['recordAttended', 'recordMissed', 'recordExcused'] : toCome ? ['printAll'] : [],
  },
  actions: (act) => ({
    print: act.recordScreen('appointmentId', {
      may: (actor, appointment) => mayOnAppointment(actor, 'show', appointment),
      read: summonsPage,
      screen: 'Summons',
      icon: 'print',
      words: { button: 'Imprimer la convocation', title: 'Convocation à imprimer' },
    }),
    unreached: act.resourceScreen({
      may: mayOpenUnreached,
      screen: 'Unreached',
      entry: 'daily',
      counted: 'unreachedCount',
      elsewhere: true,
      icon: 'message',
      words: {
        button: 'SMS à vérifier',
        lede: 'Les personnes qu’un SMS n’a pas atteintes\u00a0: la convocation la plus proche d’abord.',
      },
    }),
    convokeGroup: act.resource({
      command: bookGroup,
      may: mayConvokeGroups,
      read: groupForm,
      screen: 'ConvokeGroup',
      icon: 'people',
      words: {
        button: 'Convoquer un groupe',
        done: ({ appointments, date, time }) =>
          `${count(appointments.length, 'personne convoquée', 'personnes convoquées')}, ${formatDay(date)} à ${formatHour(time)}.`,
      },
    }),
    printAll: act.bulkScreen('appointmentIds', {
      may: (actor, appointment) => mayOnAppointment(actor, 'show', appointment),
      read: summonsPages,
      screen: 'SummonsOfList',
      icon: 'print',
      words: { button: 'Imprimer les convocations', title: 'Convocations à imprimer' },
    }),
    daySheet: act.resourceScreen({
      may: mayOpenAppointments,
      read: daySheet,
      screen: 'DaySheet',
      icon: 'print',
      words: { button: 'Feuille du jour', title: 'Feuille du jour' },
    }),
    recordOutcome: act.record('appointmentId', {
      command: recordOutcome,
      may: (actor, appointment) => mayOnAppointment(actor, 'recordOutcome', appointment),
      whyNot: (appointment, now) => whyNotOutcome(appointment, 'excused', now),
      words: { button: 'Renseigner l’issue', done: () => 'Issue enregistrée.' },
      elsewhere: true,
      immediate: true,
      undo: 'undoOutcome',
    }),
    undoOutcome: act.record('appointmentId', {
      command: undoOutcome,
      may: (actor, appointment) => mayOnAppointment(actor, 'recordOutcome', appointment),
      whyNot: (appointment) => whyNotUndo(appointment),
      words: {
        button: 'Retirer cette issue',
        done: ({ told }) =>
          `Issue retirée\u00a0: la convocation est de nouveau planifiée.${told > 0 ? ` ${absenceTold(1)}` : ''}`,
      },
      elsewhere: true,
      immediate: true,
    }),
    fillColumn: act.record('appointmentId', {
      command: fillCustomColumn,
      may: (actor, appointment) => mayOnAppointment(actor, 'show', appointment),
      words: { button: 'Remplir une colonne', done: () => 'Case enregistrée.' },
      elsewhere: true,
      immediate: true,
    }),
    recordAttended: act.bulk('appointmentIds', {
      command: recordOutcomes,
      given: { outcome: 'attended', inform: false },
      may: (actor, appointment) => mayOnAppointment(actor, 'recordOutcome', appointment),
      whyNot: (appointment, now) => whyNotOutcome(appointment, 'attended', now),
      words: {
        button: 'Honorées',
        done: ({ recorded }) => `${count(recorded, 'convocation honorée', 'convocations honorées')}.`,
      },
      immediate: true,
      undo: 'undoOutcomes',
    }),
    recordMissed: act.bulk('appointmentIds', {
      command: recordOutcomes,
      given: { outcome: 'missed' },
      may: (actor, appointment) => mayOnAppointment(actor, 'recordOutcome', appointment),
      whyNot: (appointment, now) => whyNotOutcome(appointment, 'missed', now),
      read: whomAbsenceTells,
      about: ({ absent, reachable, unreachable, text }) =>
        `${absent.map((one) => `${fullName(one)} (${formatBriefDay(one.date)}, ${formatHour(one.time)})`).join(', ')}. ${count(reachable, 'personne peut être prévenue', 'personnes peuvent être prévenues')} par SMS${
          unreachable > 0 ? `, ${unreachable} ne le ${unreachable > 1 ? 'peuvent' : 'peut'} pas` : ''
        }.${text ? ` ${reachable > 1 ? 'Le premier SMS dit' : 'Le SMS dit'}\u00a0: «\u00a0${text}\u00a0»` : ''}`,
      words: {
        button: 'Manquées',
        title: 'Ces personnes ne sont pas venues',
        submit: 'Enregistrer les absences',
        done: ({ recorded, smsPlanned }) =>
          `${count(recorded, 'convocation manquée', 'convocations manquées')}${smsPlanned > 0 ? `, ${smsPlanned} SMS ${smsPlanned > 1 ? 'partent' : 'part'}` : ''}.`,
      },
      undo: 'undoOutcomes',
    }),
    recordExcused: act.bulk('appointmentIds', {
      command: recordOutcomes,
      given: { outcome: 'excused', inform: false },
      may: (actor, appointment) => mayOnAppointment(actor, 'recordOutcome', appointment),
      whyNot: (appointment, now) => whyNotOutcome(appointment, 'excused', now),
      words: {
        button: 'Excusées',
        done: ({ recorded }) => `${count(recorded, 'convocation excusée', 'convocations excusées')}.`,
      },
      immediate: true,
      undo: 'undoOutcomes',
    }),
    undoOutcomes: act.bulk('appointmentIds', {
      command: undoOutcomes,
      may: (actor, appointment) => mayOnAppointment(actor, 'recordOutcome', appointment),
      whyNot: whyNotUndo,
      words: {
        button: 'Retirer ces issues',
        done: ({ undone, told }) =>
          `${count(undone, 'issue retirée', 'issues retirées')}.${told > 0 ? ` ${absenceTold(told)}` : ''}`,
      },
      elsewhere: true,
      immediate: true,
    }),
    reschedule: act.record('appointmentId', {
      command: rescheduleAppointment,
      may: (actor, appointment) => mayOnAppointment(actor, 'reschedule', appointment),
      whyNot: (appointment, now) => whyNotCancellable(appointment, now),
      read: appointmentToReschedule,
      screen: 'Reschedule',
      icon: 'calendar',
      words: {
        button: 'Replanifier',
        done: ({ date, time, smsPlanned }) =>
          `Convocation déplacée au ${formatDay(date)} à ${formatHour(time)}${smsPlanned ? ', un SMS part' : ', sans SMS'}.`,
      },
      next: ({ id }) => paths.appointment(id),
    }),
    cancel: act.record('appointmentId', {
      command: cancelAppointment,
      may: (actor, appointment) => mayOnAppointment(actor, 'cancel', appointment),
      whyNot: (appointment, now) => whyNotCancellable(appointment, now),
      words: { button: 'Annuler la convocation', done: () => 'Convocation annulée.' },
      elsewhere: true,
      immediate: true,
      look: 'danger',
    }),
  }),
})

/** The day that the list shows: the menu opens it on today; a day may be named in any view. */
const dayOf = ({ actor, now }: Context<AgentActor>, filters: ListRequest['filters']) =>
  (filters.view ?? 'day') === 'day' &&
  (isCivilDate(filters.date ?? '') ? filters.date : civilOf(now, actor.organization.timeZone).date)

/** What the address of the list asks, as the files ask it too. */
export function asAsked(ctx: Context<AgentActor>, filters: ListRequest['filters']) {
  const day = dayOf(ctx, filters)
  return { ...filters, ...(day && { date: day }) }
}

async function readList(ctx: Context<AgentActor>, { filters, page, perPage }: ListRequest) {
  const { organization } = ctx.actor
  const day = dayOf(ctx, filters)
  const list = await listAppointments(ctx, { ...asAsked(ctx, filters), page, perPage })
  return {
    ...list,
    rows: list.rows.map((row) => ({ ...row, ofOneDay: day !== false })),
    narrowed: list.narrowedTo && {
      sentence: `Seulement celles ${list.narrowedTo.map((grant) => narrowedWords[grant]).join(' ou ')}.`,
      liftedBy: 'wholeJurisdiction',
    },
    ...(day && { lede: `${formatDay(day)}, ${organization.name}. ${howMany(list.total)}.` }),
  }
}

/** What the filters of the list offer the agent. */
export const appointmentChoices = query(noInput, async (ctx: Context<AgentActor>): Promise<Choices> => {
  const { types, places, agents } = await appointmentFilters(ctx, {})
  const archived = (place: { archived: boolean }) => (place.archived ? ' (archivé)' : '')
  return {
    view: mayRecordOutcomes(ctx.actor) ? views : views.filter(({ value }) => value !== 'outcome_missing'),
    typeCode: types.map(({ code, label }) => ({ value: code, label })),
    placeId: places.map((place) => ({ value: String(place.id), label: place.name + archived(place) })),
    agentId: agents.map((agent) => ({ value: String(agent.id), label: fullName(agent) })),
    agendaId: places.flatMap((place) =>
      place.agendas.map((agenda) => ({
        value: String(agenda.id),
        label: `${place.name}\u00a0: ${agenda.name}`,
      })),
    ),
  }
})

/** The grants of the default filter, as the policy writes them. */
const narrowedWords: Partial<Record<Grant, string>> = {
  O: 'que reçoit votre service',
  T: 'des types de votre fonction',
  c: 'que votre service a créées',
}

const howMany = (total: number) =>
  `${total > countedUpTo ? 'Plus de ' : ''}${count(Math.min(total, countedUpTo), 'convocation')}`

type AppointmentLine = Awaited<ReturnType<typeof readList>>['rows'][number]

function outcomeCell(line: AppointmentLine): CellValue {
  return {
    component: 'OutcomeCell',
    data: {
      subject: {
        appointmentId: line.id,
        name: fullName(line.probationer),
        unreachable: line.probationer.unreachable,
        toldMissed: line.state === 'missed' && line.delivery?.kind === 'missed',
      },
      state: line.state,
      asks: line.mayRecordOutcome,
      mayUndo: line.mayUndo,
      toCome: line.toCome,
      reconvenes: line.mayReconvene ? line.probationer.id : null,
      reconvened: line.reconvened,
    },
  }
}
