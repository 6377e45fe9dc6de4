import { defineResource } from '../../admin/define-resource'
import { mayOpenPlaces } from '../place/policy'
import { agendasVisibleTo } from './policy'

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
