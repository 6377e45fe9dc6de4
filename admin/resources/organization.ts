import {
  createOrganization,
  updateContact,
  updateFlags,
  updateGuidance,
  updateOrganization,
} from '../../resources/organization/commands/edit.server'
import { linkOrganizations, unlinkOrganizations } from '../../resources/organization/commands/links.server'
import { organizationKindWords, timeZoneWords } from '../../resources/organization/fr'
import {
  mayCreateOrganizations,
  mayOnOrganization,
  organizationsOpenTo,
} from '../../resources/organization/policy'
import {
  contactToEdit,
  flagsToEdit,
  guidanceToEdit,
  linksToUndo,
  newOrganization,
  organizationRecord,
  organizationToEdit,
} from '../../resources/organization/queries.server'
import { whyNotOfCourt } from '../../resources/organization/rules'
import { mayReadNationalFigures } from '../../resources/reporting/policy'
import type { AgentActor } from '../../resources/shared/actor'
import { mayUseCentralConsole } from '../../resources/shared/rights'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const may =
  (action: Parameters<typeof mayOnOrganization>[1]) =>
  (actor: AgentActor, service: { id: number }): boolean =>
    mayOnOrganization(actor, action, service)

export const organizations = defineResource('Organization', {
  visibleTo: organizationsOpenTo,
  // Everybody opens the page of their service; the list is the central desk's.
  mayList: mayUseCentralConsole,
  navigation: { section: 'service', icon: 'building' },
  title: 'name',
  columns: ['name', 'kind', 'departmentCode', 'timeZone', 'switchboardPhone'],
  facts: { id: true, kind: true },
  words: {
    plural: 'Services',
    noun: ['service', 'services'],
    columns: {
      name: 'Service',
      kind: 'Nature',
      departmentCode: 'Département',
      timeZone: 'Fuseau horaire',
      switchboardPhone: 'Standard',
    },
    fields: {
      name: 'Nom du service',
      kind: 'Nature',
      departmentCode: 'Département',
      timeZone: 'Fuseau horaire',
      headquartersId: 'Siège',
      switchboardPhone: 'Standard',
      sharedMailbox: 'Adresse e-mail du service',
      agendaGuidance: 'Répartition des cabinets',
      openedAt: 'Ouvert depuis le',
      interJurisdiction:
        'Interressort\u00a0: son bureau de l’exécution des peines convoque au-delà du ressort',
      probationerSpaceEnabled: 'Espace en ligne\u00a0: ses probationnaires peuvent y être invités',
      spaceOnPaper: 'Invitations sur papier\u00a0: pour qui ne reçoit pas de SMS',
      otherId: 'Service lié',
    },
    hints: {
      timeZone: 'L’heure de ses lieux, de ses créneaux et de ses SMS.',
      switchboardPhone: 'Donné aux autres services et aux probationnaires.',
      sharedMailbox: 'Reçoit les rappels de dessaisissement, avec les administrateurs locaux.',
      agendaGuidance:
        'Qui va dans quel agenda. Une ligne vide sépare deux paragraphes, «\u00a0- \u00a0» commence une liste, **deux étoiles** mettent en gras.',
      openedAt: 'Vide\u00a0: le service n’est pas encore ouvert.',
    },
    values: { kind: organizationKindWords, timeZone: timeZoneWords },
  },
  record: { read: organizationRecord, idField: 'organizationId', screen: 'OrganizationRecord' },
  actions: (act) => ({
    statistics: act.resourceScreen({
      may: mayReadNationalFigures,
      screen: 'Statistics',
      entry: 'service',
      elsewhere: true,
      icon: 'chart',
      words: { button: 'Statistiques' },
    }),
    supervision: act.resourceScreen({
      may: mayUseCentralConsole,
      screen: 'Supervision',
      entry: 'service',
      elsewhere: true,
      icon: 'send',
      words: { button: 'Supervision' },
    }),
    new: act.resource({
      command: createOrganization,
      may: mayCreateOrganizations,
      read: newOrganization,
      look: 'main',
      icon: 'plus',
      words: {
        button: 'Nouveau service',
        lede: 'Ensuite viennent ses liens, ses agents, ses lieux, puis ses créneaux.',
        submit: 'Créer le service',
        done: () => 'Service créé.',
      },
      next: ({ id }) => paths.record('Organization', id),
    }),
    editContact: act.record('organizationId', {
      command: updateContact,
      may: may('editContact'),
      read: contactToEdit,
      icon: 'pen',
      words: {
        button: 'Coordonnées',
        title: 'Coordonnées du service',
        submit: 'Enregistrer',
        done: () => 'Coordonnées enregistrées.',
      },
    }),
    editGuidance: act.record('organizationId', {
      command: updateGuidance,
      may: may('editGuidance'),
      whyNot: whyNotOfCourt,
      read: guidanceToEdit,
      words: {
        button: 'Répartition des cabinets',
        lede: 'Lue en convoquant dans un lieu du tribunal, et en y ouvrant des créneaux.',
        submit: 'Enregistrer',
        done: () => 'Répartition enregistrée.',
      },
    }),
    edit: act.record('organizationId', {
      command: updateOrganization,
      may: may('editRecord'),
      read: organizationToEdit,
      words: {
        button: 'Modifier',
        title: 'Modifier le service',
        submit: 'Enregistrer',
        done: () => 'Service enregistré.',
      },
    }),
    editFlags: act.record('organizationId', {
      command: updateFlags,
      may: may('editFlags'),
      read: flagsToEdit,
      words: {
        button: 'Ouverture',
        title: 'Ouverture du service',
        submit: 'Enregistrer',
        done: () => 'Ouverture enregistrée.',
      },
    }),
    link: act.record('organizationId', {
      command: linkOrganizations,
      may: may('editRecord'),
      words: {
        button: 'Lier',
        title: 'Lier un service',
        lede: 'Un tribunal et un SPIP liés sont d’un même ressort\u00a0: chacun voit les probationnaires de l’autre.',
        submit: 'Lier',
        done: ({ other }) => `Lié à «\u00a0${other}\u00a0».`,
      },
    }),
    unlink: act.record('organizationId', {
      command: unlinkOrganizations,
      may: may('editRecord'),
      read: linksToUndo,
      look: 'danger',
      words: {
        button: 'Délier',
        title: 'Délier un service',
        lede: 'Aucun des deux ne verra plus les probationnaires de l’autre.',
        submit: 'Délier',
        done: ({ other }) => `Délié de «\u00a0${other}\u00a0».`,
      },
    }),
  }),
})
