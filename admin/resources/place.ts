import { defineResource } from '../define/resource'
import { mayOpenPlaces, placesVisibleTo } from '../../resources/place/policy'

export const placeResource = defineResource('Place', {
  columns: ['name', 'organization', 'address', 'shortAddress', 'phone', 'email', 'archivedAt'],
  title: 'name',
  visibleTo: placesVisibleTo,
  mayOpen: mayOpenPlaces,
  words: {
    plural: 'Lieux',
    noun: ['lieu', 'lieux'],
    columns: {
      name: 'Lieu',
      organization: 'Service',
      address: 'Adresse',
      shortAddress: 'Adresse dans les SMS',
      phone: 'Téléphone',
      email: 'Adresse électronique',
      archivedAt: 'Archivé le',
    },
  },
})
