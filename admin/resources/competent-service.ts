import { tieCompetentService } from '../../resources/competent-service/commands/tie.server'
import { shortNameOf } from '../../resources/competent-service/fr'
import {
  competentServicesVisibleTo,
  mayManageCompetentServices,
} from '../../resources/competent-service/policy'
import {
  competentServiceToTie,
  listCompetentServices,
  type CompetentServiceLine,
} from '../../resources/competent-service/queries/list.server'
import { mayStartImport } from '../../resources/import/policy'
import { competentServicesFile } from '../../resources/import/queries/form.server'
import { count } from '../../resources/shared/french'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

export const competentServices = defineResource('CompetentService', {
  visibleTo: competentServicesVisibleTo,
  mayOpen: mayManageCompetentServices,
  navigation: { section: 'service', icon: 'pin' },
  title: 'officialName',
  columns: ['officialName', 'kind', 'organization'],
  words: {
    plural: 'Services compétents',
    noun: ['service compétent', 'services compétents'],
    columns: { officialName: 'Nom officiel', kind: 'Type', organization: 'Service de Mon Suivi Justice' },
    values: { kind: { court: 'Tribunal judiciaire', probation_service: 'SPIP' } },
    fields: { organizationId: 'Service de Mon Suivi Justice' },
    hints: { organizationId: 'Vide\u00a0: ce service n’utilise pas encore Mon Suivi Justice.' },
  },
  list: {
    columns: [
      {
        key: 'name',
        label: 'Service',
        cell: (line: CompetentServiceLine) => ({
          text: shortNameOf(line.officialName),
          to: paths.record('CompetentService', line.id),
          // Two official names may be shortened alike.
          sub: line.officialName,
        }),
      },
      {
        key: 'organization',
        label: 'Service de Mon Suivi Justice',
        cell: ({ organization }) =>
          organization ? organization.name : { text: 'Aucun', tone: 'off' as const },
      },
      {
        key: 'cities',
        label: 'Communes',
        unbroken: true,
        cell: ({ cities }) => count(cities, 'commune'),
      },
      {
        key: 'sure',
        label: 'Compétence',
        end: true,
        cell: ({ toConfirm }) =>
          toConfirm > 0
            ? { text: `${toConfirm.toLocaleString('fr-FR')} à confirmer`, tone: 'warn' as const }
            : { text: 'Confirmée', tone: 'ok' as const },
      },
    ],
    filters: [
      { name: 'text', label: 'Service', kind: 'text' },
      {
        name: 'kind',
        label: 'Type',
        kind: 'select',
        all: 'Tous',
        options: [
          { value: 'court', label: 'Tribunaux' },
          { value: 'probation_service', label: 'SPIP' },
        ],
      },
      { name: 'untied', label: 'Sans service de Mon Suivi Justice', kind: 'checkbox' },
    ],
    empty: {
      title: 'Aucun service ne répond à ces filtres',
      hint: 'Effacez les filtres, ou importez le fichier du ministère.',
    },
    read: (ctx, { filters: { text, kind, untied }, page, perPage }) =>
      listCompetentServices(ctx, {
        ...(text && { text }),
        ...(kind && { kind }),
        untied: untied === 'on',
        page,
        perPage,
      }),
  },
  actions: (act) => ({
    importFile: act.resourceScreen({
      may: (actor) => mayStartImport(actor, 'competent_services'),
      read: competentServicesFile,
      screen: 'UploadFile',
      look: 'main',
      words: {
        button: 'Importer le fichier du ministère',
        title: 'Importer les services compétents des communes',
        lede: 'Le fichier SRJ dit de chaque commune son tribunal et son SPIP\u00a0: ils remplacent ceux qui étaient proposés. Les noms qui n’y étaient pas encore sont à rattacher ensuite.',
      },
    }),
    tie: act.record('competentServiceId', {
      command: tieCompetentService,
      may: mayManageCompetentServices,
      read: competentServiceToTie,
      look: 'main',
      words: {
        button: 'Rattacher à un service',
        lede: 'Les personnes enregistrées ensuite dans ses communes confirmées, en interressort, seront suivies par ce service.',
        submit: 'Enregistrer le rattachement',
        done: () => 'Rattachement enregistré.',
      },
    }),
  }),
})
