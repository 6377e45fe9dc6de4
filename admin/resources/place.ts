import { mayOpenPlaces, placesOpenTo } from '../../resources/place/policy'
import { defineResource } from '../define/resource'

export const places = defineResource('Place', {
  visibleTo: placesOpenTo,
  mayOpen: mayOpenPlaces,
  navigation: { section: 'service', icon: 'pin' },
  title: 'name',
  columns: ['name', 'organization', 'address', 'shortAddress', 'phone', 'email', 'archivedAt'],
  facts: { organizationId: true, archivedAt: true },
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
