import {
  createdWords,
  importKindWords,
  leftAloneWords,
  linkedWords,
  refusedWords,
} from '../../resources/import/fr'
import { importsVisibleTo, mayOpenImports } from '../../resources/import/policy'
import { importReport, listImports } from '../../resources/import/queries/report.server'
import { agentName, count, formatBriefDay, formatHour } from '../../resources/shared/french'
import type { CellValue } from '../define/cells'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

type ImportLine = Awaited<ReturnType<typeof listImports>>['rows'][number]

export const imports = defineResource('ImportRun', {
  visibleTo: importsVisibleTo,
  mayOpen: mayOpenImports,
  navigation: { section: 'service', icon: 'paper' },
  title: 'fileName',
  columns: ['fileName'],
  words: { plural: 'Imports', noun: ['import', 'imports'], columns: { fileName: 'Fichier' } },
  record: { read: importReport, idField: 'importId', screen: 'ImportReport' },
  list: {
    columns: [
      {
        key: 'file',
        label: 'Fichier',
        cell: (line: ImportLine) => ({
          text: line.fileName,
          to: paths.record('ImportRun', line.id),
          sub: importKindWords[line.kind],
        }),
      },
      {
        key: 'started',
        label: 'Envoyé',
        unbroken: true,
        cell: ({ started }) => `${formatBriefDay(started.date)}, ${formatHour(started.time)}`,
      },
      { key: 'agent', label: 'Par', named: true, cell: ({ agent }) => agent && agentName(agent) },
      { key: 'lines', label: 'Résultat', cell: resultOf },
      { key: 'state', label: 'État', end: true, cell: stateOf },
    ],
    filters: [],
    empty: {
      title: 'Aucun fichier n’a été envoyé',
      hint: 'Pour inviter plusieurs agents d’un coup\u00a0: «\u00a0Agents\u00a0», puis «\u00a0Inviter par fichier\u00a0».',
    },
    read: (ctx, { page, perPage }) => listImports(ctx, { page, perPage }),
  },
})

function resultOf({ kind, created, linked, leftAlone, refused }: ImportLine): string {
  const parts = [
    count(created, ...createdWords[kind]),
    linked > 0 && count(linked, ...linkedWords),
    leftAlone > 0 && count(leftAlone, ...leftAloneWords),
    refused > 0 && count(refused, ...refusedWords),
  ]
  return parts.filter(Boolean).join(', ')
}

function stateOf({ finished, refused }: ImportLine): CellValue {
  if (!finished) return { text: 'En cours', tone: 'info' }
  return refused > 0 ? { text: 'Terminé, lignes à revoir', tone: 'warn' } : { text: 'Terminé', tone: 'ok' }
}
