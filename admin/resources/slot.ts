import { mayOpenBooking, mayOpenExitAgenda } from '../../resources/appointment/policy'
import { seatsLeft, whyNotSlot } from '../../resources/appointment/rules'
import { bookSeat } from '../../resources/hearing-exit/commands/book-seat.server'
import { deskWords } from '../../resources/hearing-exit/fr'
import { slotsOfDesksOf } from '../../resources/hearing-exit/policy'
import type { DeskType } from '../../resources/hearing-exit/schema'
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import { count, formatBriefDate, formatDay, formatHour } from '../../resources/shared/french'
import {
  changeCapacity,
  closeSlots,
  deleteSlots,
  reopenSlots,
} from '../../resources/slot/commands/change.server'
import { createSlots } from '../../resources/slot/commands/create.server'
import { mayOnSlot, mayOpenSlots, slotsVisibleTo } from '../../resources/slot/policy'
import { listSlots, newSlots, slotToChange } from '../../resources/slot/queries/list.server'
import { whyNotClosable, whyNotDeletable, whyNotReopenable } from '../../resources/slot/rules'
import type { CellValue } from '../define/cells'
import type { ListRequest } from '../define/list'
import type { Actions } from '../define/action'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const readList = (ctx: Context<AgentActor>, { filters, page, perPage }: ListRequest) =>
  listSlots(ctx, { ...filters, page, perPage })
type SlotLine = Awaited<ReturnType<typeof readList>>['rows'][number]

export const slots = defineResource('Slot', {
  visibleTo: slotsVisibleTo,
  // Whoever convokes books on a desk; the list is of who opens slots.
  mayOpen: (actor) => mayOpenSlots(actor) || mayOpenBooking(actor),
  mayList: mayOpenSlots,
  navigation: { section: 'service', icon: 'calendar' },
  title: 'startTime',
  nameOf: ({ date, startTime }) => `${formatDay(date.toISOString().slice(0, 10))} à ${formatHour(startTime)}`,
  columns: ['startTime', 'agenda', 'type', 'durationMinutes', 'capacity', 'seatsTaken', 'isOpen'],
  facts: {
    date: true,
    startTime: true,
    typeCode: true,
    startsAt: true,
    isOpen: true,
    seatsTaken: true,
    capacity: true,
    agenda: { select: { place: { select: { organizationId: true } } } },
  },
  words: {
    plural: 'Créneaux',
    noun: ['créneau', 'créneaux'],
    columns: {
      startTime: 'Heure',
      agenda: 'Agenda',
      type: 'Type de convocation',
      durationMinutes: 'Durée en minutes',
      capacity: 'Places',
      seatsTaken: 'Places prises',
      isOpen: 'Ouvert',
    },
    fields: { capacity: 'Nombre de places' },
  },
  list: {
    columns: [
      {
        key: 'when',
        label: 'Date et heure',
        unbroken: true,
        cell: (slot: SlotLine) => ({
          text: formatHour(slot.startTime),
          kind: 'hour',
          to: paths.record('Slot', slot.id),
          label: `${formatHour(slot.startTime)}, ${formatDay(slot.date)}, ${slot.agenda}`,
          sub: formatBriefDate(slot.date),
        }),
      },
      { key: 'type', label: 'Type', cell: ({ typeLabel }) => typeLabel },
      {
        key: 'place',
        label: 'Lieu, agenda',
        cell: ({ place, agenda }) => ({ text: place, ...(agenda !== place && { sub: agenda }) }),
      },
      {
        key: 'seats',
        label: 'Places libres',
        unbroken: true,
        cell: (slot) => `${seatsLeft(slot)} sur ${slot.capacity}`,
      },
      { key: 'state', label: 'État', end: true, cell: stateCell },
    ],
    filters: [
      { name: 'from', label: 'À partir du', kind: 'date' },
      { name: 'placeId', label: 'Lieu', kind: 'select', all: 'Tous' },
      { name: 'agendaId', label: 'Agenda', kind: 'select', all: 'Tous' },
      { name: 'typeCode', label: 'Type', kind: 'select', all: 'Tous' },
      { name: 'withFull', label: 'Complets aussi', kind: 'checkbox' },
      { name: 'withClosed', label: 'Fermés aussi', kind: 'checkbox' },
    ],
    empty: {
      title: 'Aucun créneau libre à venir ne répond à ces filtres',
      hint: 'Montrez aussi les complets et les fermés, ou ouvrez des créneaux récurrents.',
    },
    choices: 'slotChoices',
    read: readList,
    bulkActionsOf: ({ mayClose, mayReopen, mayDelete }) => [
      ...(mayClose ? ['close'] : []),
      ...(mayReopen ? ['reopen'] : []),
      ...(mayDelete ? ['delete'] : []),
    ],
  },
  actions: (act) => ({
    calendar: act.resourceScreen({
      may: mayOpenSlots,
      read: newSlots,
      screen: 'SlotCalendar',
      landing: true,
      icon: 'calendar',
      words: { button: 'Calendrier', title: 'Créneaux' },
    }),
    judgeDesk: desk(act, 'hearing_exit_sentence_judge'),
    probationDesk: desk(act, 'hearing_exit_probation'),
    tagDesk: desk(act, 'electronic_tag_fitting'),
    bookSeat: act.record('slotId', {
      command: bookSeat,
      may: (actor, slot) => mayOpenExitAgenda(actor, slot.typeCode, 'read') && mayOpenBooking(actor),
      whyNot: whyNotSlot,
      reaches: slotsOfDesksOf,
      words: {
        button: 'Convoquer ici',
        done: ({ date, time }) => `Convocation enregistrée\u00a0: ${formatDay(date)} à ${formatHour(time)}.`,
      },
      elsewhere: true,
      immediate: true,
    }),
    new: act.resource({
      command: createSlots,
      may: mayOpenSlots,
      read: newSlots,
      screen: 'OpenSlots',
      look: 'main',
      icon: 'plus',
      words: {
        button: 'Ouvrir des créneaux',
        done: ({ created }) => `${count(created, 'créneau ouvert', 'créneaux ouverts')}.`,
      },
    }),
    edit: act.record('slotId', {
      command: changeCapacity,
      may: (actor, slot) => mayOnSlot(actor, 'edit', slot),
      whyNot: ({ startsAt }, now) => (startsAt <= now ? 'slot.past' : null),
      read: slotToChange,
      about: ({ seatsTaken }) =>
        seatsTaken > 0
          ? `${count(seatsTaken, 'place est prise', 'places sont prises')}\u00a0: à ce nombre, le créneau est complet.`
          : 'Personne n’y est attendu.',
      icon: 'pen',
      words: {
        button: 'Changer les places',
        submit: 'Enregistrer',
        done: ({ full }) =>
          full ? 'Places enregistrées\u00a0: le créneau est complet.' : 'Places enregistrées.',
      },
    }),
    close: act.bulk('slotIds', {
      command: closeSlots,
      may: (actor, slot) => mayOnSlot(actor, 'close', slot),
      whyNot: whyNotClosable,
      words: {
        button: 'Fermer',
        done: ({ closed, stillExpected }) =>
          `${count(closed, 'créneau fermé', 'créneaux fermés')}. ${
            stillExpected > 0
              ? `${count(stillExpected, 'personne y reste attendue', 'personnes y restent attendues')}.`
              : 'Personne n’y est attendu.'
          }`,
      },
      immediate: true,
      undo: 'reopen',
    }),
    reopen: act.bulk('slotIds', {
      command: reopenSlots,
      may: (actor, slot) => mayOnSlot(actor, 'reopen', slot),
      whyNot: whyNotReopenable,
      words: {
        button: 'Rouvrir',
        done: ({ reopened }) => `${count(reopened, 'créneau rouvert', 'créneaux rouverts')}.`,
      },
      immediate: true,
      undo: 'close',
    }),
    delete: act.bulk('slotIds', {
      command: deleteSlots,
      may: (actor, slot) => mayOnSlot(actor, 'close', slot),
      whyNot: whyNotDeletable,
      look: 'danger',
      words: {
        button: 'Supprimer',
        title: 'Supprimer ces créneaux\u00a0?',
        lede: 'Personne n’y est attendu. Leurs créneaux récurrents ne les feront pas de nouveau.',
        submit: 'Supprimer les créneaux',
        done: ({ deleted }) => `${count(deleted, 'créneau supprimé', 'créneaux supprimés')}.`,
      },
    }),
  }),
})

/** A desk is a page of its own, with its entry in the menu. */
function desk(act: Pick<Actions<never>, 'resourceScreen'>, typeCode: DeskType) {
  const { entry, title } = deskWords[typeCode]
  return act.resourceScreen({
    may: (actor) => mayOpenExitAgenda(actor, typeCode, 'read'),
    screen: 'HearingExitDesk',
    entry: 'exit',
    elsewhere: true,
    words: { button: entry, title },
  })
}

function stateCell({ isOpen, isRecurring, ...slot }: SlotLine): CellValue {
  if (!isOpen) return { text: 'Fermé', tone: 'off', icon: 'lock' }
  if (seatsLeft(slot) === 0) return { text: 'Complet', tone: 'warn' }
  return { text: isRecurring ? 'Ouvert, récurrent' : 'Ouvert', tone: 'ok' }
}
