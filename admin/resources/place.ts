import { messageRefusals } from '../../resources/message/fr'
import {
  archivePlace,
  createPlace,
  unarchivePlace,
  updatePlace,
} from '../../resources/place/commands/place.server'
import { mayCreatePlace, mayOnPlace, mayOpenPlaces, placesOpenTo } from '../../resources/place/policy'
import { newPlace, placeToEdit, whatArchivingPlaceLeaves } from '../../resources/place/queries/edit.server'
import { whyNotPlaceChange, whyNotPlaceReturn } from '../../resources/place/rules'
import { count } from '../../resources/shared/french'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

export const places = defineResource('Place', {
  visibleTo: placesOpenTo,
  mayOpen: mayOpenPlaces,
  navigation: { section: 'service', icon: 'pin' },
  title: 'name',
  columns: [
    'name',
    'organization',
    'address',
    'shortAddress',
    'mainContactMethod',
    'phone',
    'email',
    'appointmentTypes',
    'agendas',
    'archivedAt',
  ],
  facts: { organizationId: true, archivedAt: true },
  words: {
    plural: 'Lieux',
    noun: ['lieu', 'lieux'],
    columns: {
      name: 'Lieu',
      organization: 'Service',
      address: 'Adresse',
      shortAddress: 'Adresse dans les SMS',
      mainContactMethod: 'Contact donné dans les SMS',
      phone: 'Téléphone',
      email: 'Adresse e-mail',
      appointmentTypes: 'Types de convocation reçus',
      agendas: 'Agendas',
      archivedAt: 'Archivé le',
    },
    fields: {
      name: 'Nom du lieu',
      organizationId: 'Service',
      address: 'Adresse',
      shortAddress: 'Adresse dans les SMS',
      mainContactMethod: 'Contact donné dans les SMS',
      phone: 'Téléphone',
      email: 'Adresse e-mail',
      typeCodes: 'Types de convocation reçus',
      publicPageId: 'Page du site où mènent ses SMS',
    },
    hints: {
      publicPageId: 'Vide pour un nouveau lieu\u00a0: la page de son service.',
      shortAddress: '40 caractères au plus\u00a0; déduite de l’adresse si vous la laissez vide.',
      phone: 'Obligatoire quand les SMS le donnent.',
      email: 'Obligatoire quand les SMS la donnent.',
    },
    values: { mainContactMethod: { phone: 'Le téléphone', email: 'L’adresse e-mail' } },
  },
  plainList: {
    columns: ['name', 'organization', 'address', 'phone'],
    archived: { archivedAt: { not: null } },
  },
  actions: (act) => ({
    new: act.resource({
      command: createPlace,
      may: mayCreatePlace,
      read: newPlace,
      look: 'main',
      icon: 'plus',
      words: {
        button: 'Nouveau lieu',
        submit: 'Créer le lieu',
        done: () => 'Lieu créé, avec un premier agenda.',
      },
      next: ({ id }) => paths.record('Place', id),
    }),
    edit: act.record('placeId', {
      command: updatePlace,
      may: (actor, place) => mayOnPlace(actor, 'edit', place),
      whyNot: whyNotPlaceChange,
      read: placeToEdit,
      about: ({ lacks }) => lacks.map((lack) => messageRefusals[lack]).join(' '),
      icon: 'pen',
      words: {
        button: 'Modifier',
        title: 'Modifier le lieu',
        submit: 'Enregistrer',
        done: () => 'Lieu enregistré.',
      },
    }),
    archive: act.record('placeId', {
      command: archivePlace,
      may: (actor, place) => mayOnPlace(actor, 'archive', place),
      whyNot: whyNotPlaceChange,
      read: whatArchivingPlaceLeaves,
      look: 'danger',
      words: {
        button: 'Archiver',
        title: 'Archiver ce lieu\u00a0?',
        lede: 'On ne pourra plus y convoquer. Ses agendas et leurs créneaux récurrents sont archivés avec lui.',
        submit: 'Archiver le lieu',
        done: ({ stillExpected }) => `Lieu archivé. ${expected(stillExpected)}`,
      },
      about: ({ stillExpected }) => expected(stillExpected),
      undo: 'unarchive',
    }),
    unarchive: act.record('placeId', {
      command: unarchivePlace,
      may: (actor, place) => mayOnPlace(actor, 'archive', place),
      whyNot: whyNotPlaceReturn,
      words: {
        button: 'Désarchiver',
        done: ({ made }) =>
          `Lieu désarchivé, avec ses agendas.${made > 0 ? ` ${count(made, 'créneau ouvert', 'créneaux ouverts')}.` : ''}`,
      },
      look: 'main',
      immediate: true,
    }),
  }),
})

const expected = (people: number) =>
  people === 0
    ? 'Plus personne n’y est attendu.'
    : `${count(people, 'personne y est encore attendue', 'personnes y sont encore attendues')}\u00a0: leurs convocations restent.`
