import { mergeAgendas } from '../../resources/agenda/commands/merge.server'
import { createAgenda, renameAgenda } from '../../resources/agenda/commands/agenda.server'
import { agendasVisibleTo, mayOnAgenda, mayOpenNewAgenda } from '../../resources/agenda/policy'
import { agendaToRename } from '../../resources/agenda/queries/edit.server'
import { agendaToMerge } from '../../resources/agenda/queries/merge.server'
import { whyNotMergeable, whyNotRenamable } from '../../resources/agenda/rules'
import { mayOpenPlaces, placesOpenTo } from '../../resources/place/policy'
import { count } from '../../resources/shared/french'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

export const agendas = defineResource('Agenda', {
  visibleTo: (actor) => ({ AND: [agendasVisibleTo(actor), { place: placesOpenTo(actor) }] }),
  mayOpen: mayOpenPlaces,
  navigation: { section: 'service', icon: 'grid' },
  title: 'name',
  columns: ['name', 'place', 'archivedAt'],
  facts: {
    archivedAt: true,
    place: {
      select: {
        organizationId: true,
        agendas: { where: { archivedAt: null }, select: { id: true }, take: 2 },
      },
    },
  },
  words: {
    plural: 'Agendas',
    noun: ['agenda', 'agendas'],
    columns: { name: 'Agenda', place: 'Lieu', archivedAt: 'Archivé le' },
    fields: { placeId: 'Lieu', name: 'Nom de l’agenda', intoId: 'Agenda qui reçoit' },
    hints: { name: 'Le cabinet d’un juge, par exemple.' },
  },
  plainList: { columns: ['name', 'place'], archived: { archivedAt: { not: null } } },
  actions: (act) => ({
    new: act.resource({
      command: createAgenda,
      may: mayOpenNewAgenda,
      look: 'main',
      icon: 'plus',
      words: { button: 'Nouvel agenda', submit: 'Créer l’agenda', done: () => 'Agenda créé.' },
      next: ({ id }) => paths.record('Agenda', id),
    }),
    edit: act.record('agendaId', {
      command: renameAgenda,
      may: (actor, agenda) => mayOnAgenda(actor, 'rename', agenda),
      whyNot: whyNotRenamable,
      read: agendaToRename,
      icon: 'pen',
      words: {
        button: 'Renommer',
        title: 'Renommer l’agenda',
        submit: 'Enregistrer',
        done: () => 'Agenda renommé.',
      },
    }),
    merge: act.record('agendaId', {
      command: mergeAgendas,
      may: (actor, agenda) => mayOnAgenda(actor, 'merge', agenda),
      whyNot: whyNotMergeable,
      read: agendaToMerge,
      about: whatMerges,
      look: 'danger',
      words: {
        button: 'Fusionner',
        title: 'Fusionner cet agenda avec un autre\u00a0?',
        lede: 'L’autre reçoit ce qui est à venir\u00a0; celui-ci est archivé. Les personnes gardent leur convocation, à la même heure.',
        submit: 'Fusionner',
        done: ({ into, slots, joined, rules }) =>
          [
            `Agenda fusionné dans «\u00a0${into.name}\u00a0»\u00a0: ${count(slots, 'créneau déplacé', 'créneaux déplacés')}, ${count(rules, 'créneau récurrent', 'créneaux récurrents')}.`,
            joined > 0 && joinedWords(joined),
          ]
            .filter(Boolean)
            .join(' '),
      },
      next: ({ into }) => paths.record('Agenda', into.id),
    }),
  }),
})

const joinedWords = (joined: number) =>
  `${count(joined, 'rejoint un créneau', 'rejoignent un créneau')} de la même heure\u00a0: leurs places s’ajoutent.`

/** What leaves the agenda, and what it meets in the only other one there is. */
function whatMerges({ slots, rules, people, receivers }: Awaited<ReturnType<typeof agendaToMerge>>): string {
  const [only, ...others] = receivers
  const what = `À venir\u00a0: ${count(slots, 'créneau', 'créneaux')}, ${count(rules, 'créneau récurrent', 'créneaux récurrents')}, ${count(people, 'personne attendue', 'personnes attendues')}.`
  if (!only || others.length > 0)
    return `${what} À la même heure, pour le même type et la même durée, les places s’ajoutent.`
  return `${what} Tout passe dans «\u00a0${only.name}\u00a0».${only.joined > 0 ? ` ${joinedWords(only.joined)}` : ''}`
}
