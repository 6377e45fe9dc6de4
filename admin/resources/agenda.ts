import { defineResource } from '../define/resource'
import { mayOpenPlaces } from '../../resources/place/policy'
import { agendasVisibleTo } from '../../resources/agenda/policy'

export const agendaResource = defineResource('Agenda', {
  columns: ['name', 'place', 'archivedAt'],
  title: 'name',
  visibleTo: agendasVisibleTo,
  mayOpen: mayOpenPlaces,
  words: {
    plural: 'Agendas',
    noun: ['agenda', 'agendas'],
    columns: { name: 'Agenda', place: 'Lieu', archivedAt: 'Archivé le' },
  },
})
