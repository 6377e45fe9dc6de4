import {
  closePeriod,
  liftClosure,
  settleClosure,
  type Closed,
} from '../../resources/closure/commands/close.server'
import { periodWords } from '../../resources/closure/fr'
import { closuresVisibleTo, mayClose, mayOpenClosures } from '../../resources/closure/policy'
import { closurePage, listClosures } from '../../resources/closure/queries/list.server'
import { newClosure } from '../../resources/closure/queries/preview.server'
import { whyNotLiftable } from '../../resources/closure/rules'
import type { AgentActor } from '../../resources/shared/actor'
import { civilDateFromDb, civilOf } from '../../resources/shared/civil-time'
import type { Context } from '../../resources/shared/context'
import { count } from '../../resources/shared/french'
import type { ListRequest } from '../define/list'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const readList = (ctx: Context<AgentActor>, { filters, page, perPage }: ListRequest) =>
  listClosures(ctx, { ...filters, page, perPage })
type ClosureLine = Awaited<ReturnType<typeof readList>>['rows'][number]

export const closures = defineResource('Closure', {
  visibleTo: closuresVisibleTo,
  mayOpen: mayOpenClosures,
  navigation: { section: 'service', icon: 'lock' },
  title: 'firstDate',
  columns: ['firstDate', 'lastDate', 'reason'],
  facts: { organizationId: true, lastDate: true, liftedAt: true },
  words: {
    plural: 'Fermetures et absences',
    noun: ['fermeture', 'fermetures'],
    columns: { firstDate: 'Du', lastDate: 'Au', reason: 'Raison' },
  },
  record: { read: closurePage, idField: 'closureId', screen: 'ClosureRecord' },
  list: {
    columns: [
      {
        key: 'when',
        label: 'Période',
        cell: (line: ClosureLine) => ({ text: periodWords(line), to: paths.record('Closure', line.id) }),
      },
      {
        key: 'what',
        label: 'Ce qui ferme',
        cell: ({ what }) => what,
      },
      { key: 'reason', label: 'Raison', cell: ({ reason }) => reason ?? '' },
      {
        key: 'people',
        label: 'Personnes touchées',
        named: true,
        cell: ({ people }) => String(people),
      },
      {
        key: 'state',
        label: 'État',
        end: true,
        cell: ({ liftedAt }) =>
          liftedAt ? { text: 'Rouverte', tone: 'off' } : { text: 'Fermée', tone: 'warn', icon: 'lock' },
      },
    ],
    filters: [{ name: 'withPast', label: 'Passées et rouvertes aussi', kind: 'checkbox' }],
    empty: {
      title: 'Aucune fermeture à venir',
      hint: 'Fermez une période quand un lieu, un agenda ou un agent ne peut pas recevoir\u00a0: une nouvelle date est proposée à chaque personne.',
    },
    read: readList,
  },
  actions: (act) => ({
    new: act.resource({
      command: closePeriod,
      may: mayOpenClosures,
      read: newClosure,
      screen: 'ClosePeriod',
      look: 'main',
      icon: 'lock',
      words: { button: 'Fermer une période', done: doneWords },
      next: ({ closureId }) => paths.record('Closure', closureId),
    }),
    settle: act.record('closureId', {
      command: settleClosure,
      may: mayClose,
      read: closurePage,
      screen: 'ClosureRecord',
      elsewhere: true,
      words: { button: 'Enregistrer et prévenir', done: doneWords },
    }),
    print: act.recordScreen('closureId', {
      may: mayClose,
      read: closurePage,
      screen: 'PhoneList',
      icon: 'print',
      words: { button: 'Personnes à appeler', title: 'Personnes à prévenir par téléphone' },
    }),
    lift: act.record('closureId', {
      command: liftClosure,
      may: mayClose,
      whyNot: ({ liftedAt, lastDate }, now, actor) =>
        whyNotLiftable(
          { liftedAt, lastDate: civilDateFromDb(lastDate) },
          civilOf(now, actor.organization.timeZone).date,
        ),
      words: {
        button: 'Rouvrir la période',
        title: 'Rouvrir cette période\u00a0?',
        lede: 'Les créneaux qu’elle a fermés sont rouverts. Les personnes déplacées gardent leur nouvelle date.',
        submit: 'Rouvrir la période',
        done: ({ reopened, made }) =>
          reopened + made > 0
            ? `Période rouverte\u00a0: ${count(reopened + made, 'créneau ouvert', 'créneaux ouverts')}.`
            : 'Période rouverte.',
      },
    }),
  }),
})

function doneWords({ slots, moved, cancelled, kept, sms, left }: Closed): string {
  const people = [
    moved > 0 && count(moved, 'convocation déplacée', 'convocations déplacées'),
    cancelled > 0 && count(cancelled, 'annulée', 'annulées'),
    kept > 0 && count(kept, 'gardée', 'gardées'),
  ].filter(Boolean)
  return [
    slots > 0 ? `Période fermée, ${count(slots, 'créneau fermé', 'créneaux fermés')}.` : 'Période fermée.',
    people.length > 0 && `${people.join(', ')}, ${count(sms, 'SMS', 'SMS')}.`,
    left > 0 && `${count(left, 'convocation reste', 'convocations restent')} à décider ci-dessous.`,
  ]
    .filter(Boolean)
    .join(' ')
}
