import {
  createHeadquarters,
  deleteHeadquarters,
  renameHeadquarters,
} from '../../resources/headquarters/commands.server'
import { headquartersVisibleTo, mayManageHeadquarters } from '../../resources/headquarters/policy'
import { headquartersToEdit } from '../../resources/headquarters/queries.server'
import { count } from '../../resources/shared/french'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

export const headquarters = defineResource('Headquarters', {
  visibleTo: headquartersVisibleTo,
  mayOpen: mayManageHeadquarters,
  navigation: { section: 'service', icon: 'people' },
  title: 'name',
  columns: ['name', 'organizations'],
  facts: {},
  words: {
    plural: 'Sièges',
    noun: ['siège', 'sièges'],
    columns: { name: 'Siège', organizations: 'Services' },
    fields: { name: 'Nom du siège' },
  },
  plainList: { columns: ['name', 'organizations'] },
  actions: (act) => ({
    new: act.resource({
      command: createHeadquarters,
      may: mayManageHeadquarters,
      look: 'main',
      icon: 'plus',
      words: {
        button: 'Nouveau siège',
        lede: 'Chaque service y entre ensuite par «\u00a0Modifier\u00a0», sur sa page.',
        submit: 'Créer le siège',
        done: () => 'Siège créé.',
      },
      next: ({ id }) => paths.record('Headquarters', id),
    }),
    edit: act.record('headquartersId', {
      command: renameHeadquarters,
      may: mayManageHeadquarters,
      read: headquartersToEdit,
      icon: 'pen',
      words: {
        button: 'Renommer',
        title: 'Renommer le siège',
        submit: 'Enregistrer',
        done: () => 'Siège renommé.',
      },
    }),
    delete: act.record('headquartersId', {
      command: deleteHeadquarters,
      may: mayManageHeadquarters,
      read: headquartersToEdit,
      about: ({ held }) =>
        `Il réunit ${count(held.organizations, 'service')} et ${count(held.agents, 'agent')}\u00a0: ils n’auront plus de siège.`,
      look: 'danger',
      words: {
        button: 'Supprimer',
        title: 'Supprimer ce siège\u00a0?',
        submit: 'Supprimer le siège',
        done: () => 'Siège supprimé.',
      },
      next: () => paths.resource('Headquarters'),
    }),
  }),
})
