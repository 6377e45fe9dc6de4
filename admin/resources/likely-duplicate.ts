import {
  askForDuplicates,
  dismissDuplicate,
  proposeDuplicateAgain,
} from '../../resources/likely-duplicate/commands/dismiss.server'
import { likenessWords } from '../../resources/likely-duplicate/fr'
import { likelyDuplicatesVisibleTo, mayManageDuplicates } from '../../resources/likely-duplicate/policy'
import { listDuplicates } from '../../resources/likely-duplicate/queries/list.server'
import { whyNotDismissible, whyNotProposable } from '../../resources/likely-duplicate/rules'
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import { formatShortDate, fullName } from '../../resources/shared/french'
import type { CellValue } from '../define/cells'
import type { ListRequest } from '../define/list'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const readList = (ctx: Context<AgentActor>, { filters, page, perPage }: ListRequest) =>
  listDuplicates(ctx, { ...filters, page, perPage })
type Pair = Awaited<ReturnType<typeof readList>>['rows'][number]

export const likelyDuplicates = defineResource('LikelyDuplicate', {
  visibleTo: likelyDuplicatesVisibleTo,
  mayOpen: mayManageDuplicates,
  navigation: { section: 'service', icon: 'people' },
  title: 'score',
  columns: ['score', 'likenesses', 'foundAt', 'dismissedAt'],
  facts: {
    dismissedAt: true,
    first: { select: { lastName: true, firstName: true } },
    second: { select: { lastName: true, firstName: true } },
  },
  nameOf: ({ first, second }) => `${fullName(first)} et ${fullName(second)}`,
  words: {
    plural: 'Doublons probables',
    noun: ['doublon probable', 'doublons probables'],
    columns: {
      score: 'Ressemblance sur 100',
      likenesses: 'Ce qui se ressemble',
      foundAt: 'Trouvé le',
      dismissedAt: 'Dit de deux personnes le',
    },
    values: { likenesses: likenessWords },
  },
  list: {
    columns: [
      { key: 'one', label: 'Une fiche', cell: ({ persons }: Pair) => personCell(persons[0]) },
      { key: 'other', label: 'L’autre', cell: ({ persons }) => personCell(persons[1]) },
      { key: 'why', label: 'Ce qui se ressemble', cell: whyCell },
      { key: 'score', label: 'Sur 100', named: true, end: true, cell: ({ score }) => String(score) },
      { key: 'act', label: '', end: true, cell: actCell },
    ],
    filters: [{ name: 'dismissed', label: 'Déjà écartées', kind: 'checkbox' }],
    empty: {
      title: 'Aucun doublon probable',
      hint: 'Ils se cherchent chaque nuit\u00a0: noms qui se ressemblent, naissance ou numéro en commun.',
    },
    read: readList,
  },
  actions: (act) => ({
    search: act.resource({
      command: askForDuplicates,
      may: mayManageDuplicates,
      immediate: true,
      icon: 'search',
      words: {
        button: 'Chercher maintenant',
        done: () => 'La recherche est lancée\u00a0: revenez dans quelques minutes.',
      },
    }),
    dismiss: act.record('likelyDuplicateId', {
      command: dismissDuplicate,
      may: mayManageDuplicates,
      whyNot: whyNotDismissible,
      immediate: true,
      undo: 'proposeAgain',
      words: {
        button: 'Pas la même personne',
        done: () => 'Ces deux fiches ne seront plus proposées.',
      },
    }),
    proposeAgain: act.record('likelyDuplicateId', {
      command: proposeDuplicateAgain,
      may: mayManageDuplicates,
      whyNot: whyNotProposable,
      immediate: true,
      words: { button: 'Proposer de nouveau', done: () => 'Ces deux fiches sont de nouveau proposées.' },
    }),
  }),
})

function personCell(person: Pair['persons'][number] | undefined): CellValue {
  return person
    ? {
        text: fullName(person),
        to: paths.probationer(person.id),
        sub: [
          person.dateOfBirth && formatShortDate(person.dateOfBirth),
          person.services.join(', '),
          person.archived && 'archivée',
        ]
          .filter(Boolean)
          .join(', '),
      }
    : null
}

function whyCell({ likenesses }: Pair): CellValue {
  return likenesses.map((likeness) => likenessWords[likeness]).join(', ')
}

function actCell({ persons: [first, second] }: Pair): CellValue {
  return first && second
    ? {
        text: 'Comparer',
        to: paths.mergeRecords(first.id, second.id),
        kind: 'act',
        label: `Comparer ${fullName(first)} et ${fullName(second)}`,
      }
    : null
}
