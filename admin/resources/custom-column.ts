import {
  createCustomColumn,
  deleteCustomColumn,
  updateCustomColumn,
} from '../../resources/custom-column/commands/edit.server'
import { customColumnWords } from '../../resources/custom-column/fr'
import { customColumnToEdit, newCustomColumn } from '../../resources/custom-column/queries/edit.server'
import {
  customColumnsVisibleTo,
  mayOnOrganization,
  mayOpenCustomColumns,
} from '../../resources/organization/policy'
import type { AgentActor } from '../../resources/shared/actor'
import { count } from '../../resources/shared/french'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const may = (actor: AgentActor, { organizationId }: { organizationId: number }) =>
  mayOnOrganization(actor, 'editCustomColumns', { id: organizationId })

export const customColumns = defineResource('CustomColumn', {
  visibleTo: customColumnsVisibleTo,
  mayOpen: mayOpenCustomColumns,
  navigation: { section: 'service', icon: 'grid' },
  title: 'name',
  columns: ['name', 'organization', 'dataType', 'moment', 'typeCodes'],
  facts: { organizationId: true },
  words: {
    plural: 'Colonnes',
    noun: ['colonne', 'colonnes'],
    columns: {
      name: 'Colonne',
      organization: 'Tribunal',
      dataType: 'Ce qu’on y écrit',
      moment: 'Quand',
      typeCodes: 'Types de convocation',
    },
    fields: {
      organizationId: 'Tribunal',
      name: 'Nom de la colonne',
      dataType: 'Ce qu’on y écrit',
      moment: 'Quand elle est remplie',
      typeCodes: 'Types de convocation',
    },
    hints: { name: 'Tel qu’il sera lu en tête du tableau.', typeCodes: 'Quatre colonnes au plus par type.' },
    values: customColumnWords,
  },
  actions: (act) => ({
    new: act.resource({
      command: createCustomColumn,
      may: mayOpenCustomColumns,
      read: newCustomColumn,
      look: 'main',
      icon: 'plus',
      words: {
        button: 'Nouvelle colonne',
        lede: 'Ce que votre tribunal demande en plus aux sorties d’audience.',
        submit: 'Créer la colonne',
        done: () => 'Colonne créée.',
      },
      next: () => paths.resource('CustomColumn'),
    }),
    edit: act.record('customColumnId', {
      command: updateCustomColumn,
      may,
      read: customColumnToEdit,
      icon: 'pen',
      words: {
        button: 'Modifier',
        title: 'Modifier la colonne',
        submit: 'Enregistrer',
        done: () => 'Colonne enregistrée.',
      },
    }),
    delete: act.record('customColumnId', {
      command: deleteCustomColumn,
      may,
      read: customColumnToEdit,
      about: ({ filled }) =>
        filled === 0
          ? 'Aucune convocation ne l’a remplie.'
          : `${count(filled, 'convocation l’a remplie', 'convocations l’ont remplie')}\u00a0: ce qui y est écrit disparaît.`,
      look: 'danger',
      words: {
        button: 'Supprimer',
        title: 'Supprimer cette colonne\u00a0?',
        submit: 'Supprimer la colonne',
        done: () => 'Colonne supprimée.',
      },
      next: () => paths.resource('CustomColumn'),
    }),
  }),
})
