import { createAgenda, renameAgenda } from '../../resources/agenda/commands.server'
import { agendasVisibleTo, mayOnAgenda, mayOpenNewAgenda } from '../../resources/agenda/policy'
import { agendaToRename } from '../../resources/agenda/queries.server'
import { whyNotRenamable } from '../../resources/agenda/rules'
import { mayOpenPlaces, placesOpenTo } from '../../resources/place/policy'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

export const agendas = defineResource('Agenda', {
  visibleTo: (actor) => ({ AND: [agendasVisibleTo(actor), { place: placesOpenTo(actor) }] }),
  mayOpen: mayOpenPlaces,
  navigation: { section: 'service', icon: 'grid' },
  title: 'name',
  columns: ['name', 'place', 'archivedAt'],
  facts: { archivedAt: true, place: { select: { organizationId: true } } },
  words: {
    plural: 'Agendas',
    noun: ['agenda', 'agendas'],
    columns: { name: 'Agenda', place: 'Lieu', archivedAt: 'Archivé le' },
    fields: { placeId: 'Lieu', name: 'Nom de l’agenda' },
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
  }),
})
