import { agendasVisibleTo } from '../../resources/agenda/policy'
import { mayOpenPlaces, placesOpenTo } from '../../resources/place/policy'
import { defineResource } from '../define/resource'

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
  },
})
