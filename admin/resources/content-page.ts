import {
  archivePage,
  createPage,
  markChecked,
  publishPage,
  restorePage,
  saveDraft,
} from '../../resources/content-page/commands/page.server'
import { legalStatusWords, stateWords } from '../../resources/content-page/fr'
import { contentPagesVisibleTo, mayManagePages } from '../../resources/content-page/policy'
import { listPages, pageEditor } from '../../resources/content-page/queries/editor.server'
import { whyNotArchived, whyNotChecked } from '../../resources/content-page/rules'
import { contentStates, legalStatuses } from '../../resources/content-page/schema'
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import { count, formatShortDate } from '../../resources/shared/french'
import type { ListRequest } from '../define/list'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const readList = async (ctx: Context<AgentActor>, request: ListRequest) => {
  const read = await listPages(ctx, request)
  return { ...read, lede: `${count(read.total, 'page')}, par adresse.` }
}
type Listed = Awaited<ReturnType<typeof readList>>['rows'][number]

export const contentPages = defineResource('ContentPage', {
  visibleTo: contentPagesVisibleTo,
  mayOpen: mayManagePages,
  navigation: { section: 'service', icon: 'paper' },
  title: 'path',
  columns: ['path', 'state', 'checkedOn'],
  facts: { path: true, state: true },
  words: {
    plural: 'Pages du site',
    noun: ['page', 'pages'],
    columns: { path: 'Adresse', state: 'État', checkedOn: 'Vérifiée le' },
    values: {
      state: {
        draft: stateWords.draft.word,
        published: stateWords.published.word,
        archived: stateWords.archived.word,
      },
    },
  },
  list: {
    columns: [
      {
        key: 'title',
        label: 'Page',
        cell: ({ id, title, path }: Listed) => ({
          text: title,
          to: paths.record('ContentPage', id),
          sub: path,
        }),
      },
      {
        key: 'state',
        label: 'État',
        cell: ({ state, isAhead }) =>
          state === 'published' && isAhead
            ? { text: 'En ligne, brouillon en cours', tone: 'info' }
            : { text: stateWords[state].word, tone: stateWords[state].tone },
      },
      {
        key: 'written',
        label: 'Écrite le',
        unbroken: true,
        named: true,
        cell: ({ on, by }) => ({ text: formatShortDate(on), ...(by && { sub: by }) }),
      },
      {
        key: 'checkedOn',
        label: 'Vérifiée le',
        unbroken: true,
        named: true,
        cell: ({ checkedOn }) => checkedOn && formatShortDate(checkedOn),
      },
      { key: 'legal', label: 'Contenu', cell: ({ legalStatus }) => legalStatusWords[legalStatus] },
    ],
    filters: [
      { name: 'text', label: 'Titre ou adresse', kind: 'text' },
      {
        name: 'state',
        label: 'État',
        kind: 'select',
        all: 'Tous',
        options: contentStates.map((value) => ({ value, label: stateWords[value].word })),
      },
      {
        name: 'legalStatus',
        label: 'Contenu',
        kind: 'select',
        all: 'Tous',
        options: legalStatuses.map((value) => ({ value, label: legalStatusWords[value] })),
      },
    ],
    empty: { title: 'Aucune page', hint: 'Aucune ne répond à ces filtres.' },
    read: readList,
  },
  record: { read: pageEditor, idField: 'pageId', screen: 'ContentPageEditor' },
  actions: (act) => ({
    new: act.resource({
      command: createPage,
      may: mayManagePages,
      screen: 'NewContentPage',
      look: 'main',
      icon: 'plus',
      words: {
        button: 'Nouvelle page',
        done: () => 'Brouillon enregistré\u00a0: personne ne le voit avant sa mise en ligne.',
      },
      next: ({ pageId }) => paths.record('ContentPage', pageId),
    }),
    edit: act.record('pageId', {
      command: saveDraft,
      may: mayManagePages,
      immediate: true,
      elsewhere: true,
      words: { button: 'Enregistrer le brouillon', done: () => 'Brouillon enregistré.' },
    }),
    publish: act.record('pageId', {
      command: publishPage,
      may: mayManagePages,
      immediate: true,
      elsewhere: true,
      words: { button: 'Mettre en ligne', done: () => 'Page en ligne.' },
    }),
    restore: act.record('pageId', {
      command: restorePage,
      may: mayManagePages,
      immediate: true,
      elsewhere: true,
      words: { button: 'Reprendre cette version', done: () => 'Version reprise, en brouillon.' },
    }),
    markChecked: act.record('pageId', {
      command: markChecked,
      may: mayManagePages,
      whyNot: whyNotChecked,
      immediate: true,
      icon: 'check',
      words: {
        button: 'Vérifiée aujourd’hui',
        done: () => 'La page dit qu’elle a été vérifiée aujourd’hui.',
      },
    }),
    archive: act.record('pageId', {
      command: archivePage,
      may: mayManagePages,
      whyNot: whyNotArchived,
      look: 'danger',
      words: {
        button: 'Retirer du site',
        lede: 'Son adresse dira qu’elle n’est plus en ligne. Ce qu’elle dit est gardé\u00a0: elle peut être remise en ligne.',
        done: () => 'Page retirée du site.',
      },
    }),
  }),
})
