import {
  changeRecurringSlot,
  previewRecurringSlot,
} from '../../resources/recurring-slot/commands/change.server'
import { createRecurringSlots } from '../../resources/recurring-slot/commands/create.server'
import {
  deleteRecurringSlots,
  type DeletedRules,
} from '../../resources/recurring-slot/commands/delete.server'
import { type deletedScopes, previewRecurringSlotInput } from '../../resources/recurring-slot/schema'
import {
  mayOnRecurringSlot,
  mayOpenRecurringSlots,
  recurringSlotsVisibleTo,
} from '../../resources/recurring-slot/policy'
import {
  listRecurringSlots,
  newRecurringSlots,
  recurringSlotToChange,
  recurringSlotToDelete,
} from '../../resources/recurring-slot/queries.server'
import type { AgentActor } from '../../resources/shared/actor'
import { query } from '../../resources/shared/command'
import type { Context } from '../../resources/shared/context'
import { count, formatBriefDay, formatHour, weekdays } from '../../resources/shared/french'
import type { ResultOf } from '../define/action'
import type { ListRequest } from '../define/list'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const readList = (ctx: Context<AgentActor>, { filters, page, perPage }: ListRequest) =>
  listRecurringSlots(ctx, { ...filters, page, perPage })
type RuleLine = Awaited<ReturnType<typeof readList>>['rows'][number]

const dayWords = Object.fromEntries(weekdays.slice(0, 5).map((day, rank) => [String(rank + 1), day]))
const nameOfRule = ({ weekday, startTime }: { weekday: number; startTime: string }) =>
  `Chaque ${dayWords[String(weekday)] ?? ''} à ${formatHour(startTime)}`

/** Which rules go, and how many slots to come with them: said before they do. */
const aboutDeletion =
  (scope: (typeof deletedScopes)[number]) =>
  ({ scopes, weekday, startTime, agenda, typeLabel }: ResultOf<typeof recurringSlotToDelete>) => {
    const { rules, slots } = scopes[scope]
    const which =
      scope === 'one'
        ? nameOfRule({ weekday, startTime })
        : scope === 'weekday'
          ? `Chaque ${dayWords[String(weekday)] ?? ''}`
          : 'Tous les jours'
    return `${which}, ${agenda.place.name}, ${agenda.name}, ${typeLabel}\u00a0: ${count(rules, 'créneau récurrent', 'créneaux récurrents')}, ${count(slots, 'créneau à venir', 'créneaux à venir')}.`
  }

const deletion = {
  lede: 'Les créneaux à venir partent avec lui, sauf ceux où des personnes sont attendues.',
  submit: 'Supprimer',
  done: ({ rules, slots, kept }: DeletedRules) =>
    `${count(rules, 'créneau récurrent supprimé', 'créneaux récurrents supprimés')}, ${count(slots, 'créneau à venir retiré', 'créneaux à venir retirés')}.${
      kept > 0 ? ` ${count(kept, 'reste', 'restent')}\u00a0: des personnes y sont attendues.` : ''
    }`,
}

export const recurringSlots = defineResource('RecurringSlot', {
  visibleTo: recurringSlotsVisibleTo,
  mayOpen: mayOpenRecurringSlots,
  navigation: { section: 'service', icon: 'clock' },
  title: 'startTime',
  nameOf: nameOfRule,
  columns: ['startTime', 'agenda', 'type', 'durationMinutes', 'capacity'],
  facts: {
    typeCode: true,
    weekday: true,
    startTime: true,
    archivedAt: true,
    agenda: { select: { place: { select: { organizationId: true } } } },
  },
  words: {
    plural: 'Créneaux récurrents',
    noun: ['créneau récurrent', 'créneaux récurrents'],
    columns: {
      startTime: 'Heure',
      agenda: 'Agenda',
      type: 'Type de convocation',
      durationMinutes: 'Durée en minutes',
      capacity: 'Places',
    },
    fields: {
      from: 'À partir du',
      agendaId: 'Agenda',
      typeCode: 'Type de convocation',
      weekdays: 'Jours',
      first: 'Première heure',
      last: 'Dernière heure',
      everyMinutes: 'Toutes les … minutes',
      startTime: 'Heure',
      durationMinutes: 'Durée en minutes',
      capacity: 'Nombre de places',
    },
    hints: {
      from: 'Les créneaux de ce jour et des suivants changent\u00a0; ceux d’avant restent.',
      last: 'La même que la première pour une seule heure par jour.',
    },
  },
  list: {
    columns: [
      {
        key: 'when',
        label: 'Jour et heure',
        cell: (rule: RuleLine) => ({ text: nameOfRule(rule), to: paths.record('RecurringSlot', rule.id) }),
      },
      { key: 'type', label: 'Type', cell: ({ type }) => type.label },
      {
        key: 'place',
        label: 'Lieu, agenda',
        cell: ({ agenda: { name, place } }) => ({
          text: place.name,
          ...(name !== place.name && { sub: name }),
        }),
      },
      {
        key: 'seats',
        label: 'Places, durée',
        unbroken: true,
        cell: ({ capacity, durationMinutes }) => `${count(capacity, 'place')}, ${durationMinutes} min`,
      },
    ],
    filters: [
      { name: 'agendaId', label: 'Agenda', kind: 'select', all: 'Tous' },
      { name: 'typeCode', label: 'Type', kind: 'select', all: 'Tous' },
      {
        name: 'weekday',
        label: 'Jour',
        kind: 'select',
        all: 'Tous',
        options: Object.entries(dayWords).map(([value, label]) => ({ value, label })),
      },
    ],
    empty: {
      title: 'Aucun créneau récurrent',
      hint: 'Ouvrez une série\u00a0: ses créneaux des six prochains mois existent aussitôt.',
    },
    choices: 'slotChoices',
    read: readList,
  },
  actions: (act) => ({
    new: act.resource({
      command: createRecurringSlots,
      may: mayOpenRecurringSlots,
      read: newRecurringSlots,
      look: 'main',
      icon: 'plus',
      words: {
        button: 'Ouvrir une série',
        title: 'Ouvrir une série de créneaux récurrents',
        lede: 'Chaque jour coché, de la première à la dernière heure. Jours fériés sautés, six mois à l’avance.',
        submit: 'Ouvrir la série',
        done: ({ created, existing, slots }) =>
          `${count(created, 'créneau récurrent ouvert', 'créneaux récurrents ouverts')}, ${count(slots, 'créneau fait', 'créneaux faits')}.${
            existing > 0 ? ` ${count(existing, 'existait déjà', 'existaient déjà')}.` : ''
          }`,
      },
    }),
    edit: act.record('recurringSlotId', {
      command: changeRecurringSlot,
      may: (actor, rule) => mayOnRecurringSlot(actor, 'edit', rule),
      whyNot: ({ archivedAt }) => (archivedAt ? 'recurring_slot.archived' : null),
      read: recurringSlotToChange,
      foreseen: 'foreseenOfRule',
      icon: 'pen',
      words: {
        button: 'Modifier',
        title: 'Modifier à partir d’un jour',
        lede: 'Où des personnes sont attendues, leur créneau reste.',
        submit: 'Modifier',
        done: ({ made, kept, conflicts }) =>
          [
            `${count(made, 'créneau change', 'créneaux changent')}.`,
            kept > 0 &&
              `${count(kept, 'reste à son heure', 'restent à leur heure')}\u00a0: des personnes y sont attendues.`,
            conflicts > 0 &&
              `${count(conflicts, 'reste tel quel', 'restent tels quels')}, en conflit avec la nouvelle heure.`,
          ]
            .filter(Boolean)
            .join(' '),
      },
    }),
    delete: act.record('recurringSlotId', {
      command: deleteRecurringSlots,
      given: { scope: 'one' },
      read: recurringSlotToDelete,
      about: aboutDeletion('one'),
      may: (actor, rule) => mayOnRecurringSlot(actor, 'delete', rule),
      look: 'danger',
      words: { ...deletion, button: 'Supprimer', title: 'Supprimer ce créneau récurrent\u00a0?' },
      next: () => paths.resource('RecurringSlot'),
    }),
    deleteWeekday: act.record('recurringSlotId', {
      command: deleteRecurringSlots,
      given: { scope: 'weekday' },
      read: recurringSlotToDelete,
      about: aboutDeletion('weekday'),
      may: (actor, rule) => mayOnRecurringSlot(actor, 'deleteAll', rule),
      look: 'danger',
      words: {
        ...deletion,
        button: 'Supprimer ce jour',
        title: 'Supprimer tous ceux de ce jour\u00a0?',
        lede: `De cet agenda et de ce type seulement. ${deletion.lede}`,
      },
      next: () => paths.resource('RecurringSlot'),
    }),
    deleteAll: act.record('recurringSlotId', {
      command: deleteRecurringSlots,
      given: { scope: 'agenda' },
      read: recurringSlotToDelete,
      about: aboutDeletion('agenda'),
      may: (actor, rule) => mayOnRecurringSlot(actor, 'deleteAll', rule),
      look: 'danger',
      words: {
        ...deletion,
        button: 'Supprimer tous les jours',
        title: 'Supprimer tous ceux de l’agenda\u00a0?',
        lede: `De ce type seulement. ${deletion.lede}`,
      },
      next: () => paths.resource('RecurringSlot'),
    }),
  }),
})

/** What a change of a rule would do, in sentences. */
export const foreseenOfRule = query(
  previewRecurringSlotInput,
  async (ctx: Context<AgentActor>, asked): Promise<string[]> => {
    const { made, kept, conflicts, closed } = await previewRecurringSlot(ctx, asked)
    const days = (slots: readonly { date: string; expected: number }[]) =>
      slots.map(({ date, expected }) => `${formatBriefDay(date)} (${count(expected, 'personne')})`).join(', ')
    return [
      `${count(made, 'créneau fait', 'créneaux faits')} à la nouvelle heure.`,
      ...(kept.length > 0
        ? [
            `${count(kept.length, 'gardé', 'gardés')} à l’ancienne, des personnes y sont attendues\u00a0: ${days(kept)}.`,
          ]
        : []),
      ...(conflicts.length > 0
        ? [
            `${count(conflicts.length, 'laissé tel quel', 'laissés tels quels')}, en conflit avec la nouvelle heure ou ses places\u00a0: ${days(conflicts)}.`,
          ]
        : []),
      ...(closed > 0 ? [`${count(closed, 'fermé le reste', 'fermés le restent')}.`] : []),
    ]
  },
)
