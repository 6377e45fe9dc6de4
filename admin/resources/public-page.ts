import {
  closePage,
  createPage,
  dropPageDraft,
  markPageChecked,
  publishPage,
  publishPageDraft,
  restorePage,
  updateAdvice,
  updateHours,
  updateNotice,
  updatePage,
} from '../../resources/public-page/commands/page.server'
import { removePhoto, setPhoto } from '../../resources/public-page/commands/photo.server'
import { closingWords, kindNames, pageStateWords, saidWords } from '../../resources/public-page/fr'
import {
  mayEditServicePage,
  mayManageServicePages,
  mayOpenServicePages,
  servicePagesVisibleTo,
} from '../../resources/public-page/policy'
import {
  listServicePages,
  pageToClose,
  pageToEdit,
  servicePageRecord,
} from '../../resources/public-page/queries/editor.server'
import {
  whyNoDraft,
  whyNoPhoto,
  whyNotCheckedPage,
  whyNotClosed,
  whyNotPublished,
  whyNotRestored,
} from '../../resources/public-page/rules'
import { pageStates } from '../../resources/public-page/schema'
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import { count, formatShortDate } from '../../resources/shared/french'
import type { ListRequest } from '../define/list'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const readList = async (ctx: Context<AgentActor>, request: ListRequest) => {
  const read = await listServicePages(ctx, request)
  return { ...read, lede: `${count(read.total, 'page')}, par département.` }
}

/** What a form of the page says once it is saved. */
const savedWords =
  (online: string) =>
  ({ isDraft }: { isDraft: boolean }) =>
    isDraft ? 'Brouillon gardé\u00a0: le public ne le lit pas encore.' : online

type Listed = Awaited<ReturnType<typeof readList>>['rows'][number]

export const publicPages = defineResource('PublicPage', {
  visibleTo: servicePagesVisibleTo,
  mayOpen: mayOpenServicePages,
  navigation: { section: 'service', icon: 'compass' },
  title: 'title',
  columns: ['title', 'departmentCode', 'state'],
  facts: { organizationId: true, state: true, draft: true, photo: { select: { pageId: true } } },
  words: {
    plural: 'Pages des services',
    noun: ['page de service', 'pages de services'],
    columns: { title: 'Service', departmentCode: 'Département', state: 'État' },
    values: {
      state: {
        draft: pageStateWords.draft.word,
        published: pageStateWords.published.word,
        archived: pageStateWords.archived.word,
      },
      kind: kindNames,
      closing: closingWords,
    },
    fields: {
      kind: 'Nature',
      title: saidWords.title,
      officialName: saidWords.officialName,
      departmentCode: 'Département',
      organizationId: 'Service de Mon Suivi Justice',
      addressLine: saidWords.addressLine,
      postalCode: saidWords.postalCode,
      cityName: saidWords.cityName,
      coordinates: 'Point sur la carte',
      phone: saidWords.phone,
      phoneHours: saidWords.phoneHours,
      email: saidWords.email,
      reception: saidWords.reception,
      security: saidWords.security,
      accessibility: saidWords.accessibility,
      transport: saidWords.transport,
      parking: saidWords.parking,
      monday: 'Lundi',
      tuesday: 'Mardi',
      wednesday: 'Mercredi',
      thursday: 'Jeudi',
      friday: 'Vendredi',
      saturday: 'Samedi',
      sunday: 'Dimanche',
      closures: 'Fermetures exceptionnelles',
      notice: saidWords.notice,
      noticeFrom: 'Premier jour',
      noticeUntil: 'Dernier jour',
      papers: saidWords.papers,
      meeting: saidWords.meeting,
      absence: saidWords.absence,
      asDraft: 'Garder en brouillon\u00a0: le public ne le lit pas avant sa mise en ligne',
      closing: 'Son adresse',
      successorId: 'Service qui le remplace',
    },
    hints: {
      title: 'Comme on le dit. Exemple\u00a0: SPIP de Nanterre.',
      departmentCode: 'Son numéro. Exemples\u00a0: 92, 2A, 973.',
      organizationId: 'Vide\u00a0: le service n’utilise pas l’application.',
      addressLine: 'Numéro et rue.',
      coordinates: 'Latitude, longitude\u00a0: l’itinéraire mène à la porte. Exemple\u00a0: 48.8920, 2.2069.',
      phoneHours: 'Si elles ne sont pas celles du service. Exemple\u00a0: le matin seulement.',
      email: 'Sur la page, pour tous. Y arrivent aussi les messages «\u00a0Je ne peux pas venir\u00a0».',
      reception: 'Entrée, étage, accueil où se présenter.',
      security: 'Temps à prévoir, objets interdits, casiers.',
      transport: 'Train, métro, bus\u00a0: l’arrêt, puis les minutes à pied.',
      monday: 'Exemple\u00a0: 9h à 12h, 13h30 à 17h. Vide\u00a0: fermé.',
      closures:
        'Une par ligne. Exemples\u00a0: 24/12/2026, ou 24/12/2026 au 02/01/2027. Les jours fériés sont déjà comptés.',
      notice: 'En haut de la page. Exemple\u00a0: Ascenseur en panne, demandez de l’aide à l’accueil.',
      noticeFrom: 'Vide\u00a0: dès maintenant.',
      noticeUntil: 'Vide\u00a0: jusqu’à ce que vous le retiriez.',
      papers: 'Un par ligne. Vide\u00a0: la liste commune à tous les services.',
      meeting: 'Un paragraphe par ligne. Vide\u00a0: le texte commun.',
      absence: 'Un paragraphe par ligne. Vide\u00a0: le texte commun.',
    },
  },
  list: {
    columns: [
      {
        key: 'title',
        label: 'Service',
        cell: ({ id, title, cityName }: Listed) => ({
          text: title,
          to: paths.record('PublicPage', id),
          ...(cityName && { sub: cityName }),
        }),
      },
      {
        key: 'departmentCode',
        label: 'Département',
        named: true,
        cell: ({ departmentCode }) => departmentCode,
      },
      {
        key: 'state',
        label: 'État',
        cell: ({ state, isAhead }) =>
          isAhead
            ? { text: 'En ligne, brouillon en cours', tone: 'info' }
            : { text: pageStateWords[state].word, tone: pageStateWords[state].tone },
      },
      {
        key: 'checkedOn',
        label: 'Vérifiée le',
        unbroken: true,
        named: true,
        cell: ({ checkedOn }) => (checkedOn ? formatShortDate(checkedOn) : 'jamais'),
      },
    ],
    filters: [
      { name: 'text', label: 'Service, commune ou département', kind: 'text' },
      {
        name: 'state',
        label: 'État',
        kind: 'select',
        all: 'Tous',
        options: pageStates.map((value) => ({ value, label: pageStateWords[value].word })),
      },
      {
        name: 'checked',
        label: 'Vérification',
        kind: 'select',
        all: 'Toutes',
        options: [{ value: 'old', label: 'De plus d’un an, ou jamais' }],
      },
    ],
    empty: { title: 'Aucune page', hint: 'Aucune ne répond à ces filtres.' },
    read: readList,
  },
  record: { read: servicePageRecord, idField: 'pageId', screen: 'ServicePageRecord' },
  actions: (act) => ({
    new: act.resource({
      command: createPage,
      may: mayManageServicePages,
      look: 'main',
      icon: 'plus',
      words: {
        button: 'Nouvelle page',
        lede: 'Pour un service qui n’utilise pas l’application\u00a0: les autres ont leur page à leur création. Personne ne la voit avant sa mise en ligne.',
        submit: 'Créer la page',
        done: () => 'Page créée, en brouillon.',
      },
      next: ({ pageId }) => paths.record('PublicPage', pageId),
    }),
    edit: act.record('pageId', {
      command: updatePage,
      may: mayEditServicePage,
      read: pageToEdit,
      icon: 'pen',
      words: {
        button: 'Adresse et contact',
        submit: 'Enregistrer',
        done: savedWords('Page enregistrée\u00a0: le public la lit ainsi.'),
      },
    }),
    editHours: act.record('pageId', {
      command: updateHours,
      may: mayEditServicePage,
      read: pageToEdit,
      words: {
        button: 'Horaires',
        lede: 'Les heures où le service reçoit, à l’heure du lieu.',
        submit: 'Enregistrer',
        done: savedWords('Horaires enregistrés.'),
      },
    }),
    editNotice: act.record('pageId', {
      command: updateNotice,
      may: mayEditServicePage,
      read: pageToEdit,
      words: {
        button: 'Message',
        lede: 'Ce qui compte ces jours-ci, en haut de la page.',
        submit: 'Enregistrer',
        done: savedWords('Message enregistré.'),
      },
    }),
    editAdvice: act.record('pageId', {
      command: updateAdvice,
      may: mayEditServicePage,
      read: pageToEdit,
      words: {
        button: 'Conseils',
        lede: 'Ce que votre service dit autrement que les autres. Vide, le texte commun reste.',
        submit: 'Enregistrer',
        done: savedWords('Conseils enregistrés.'),
      },
    }),
    photo: act.record('pageId', {
      command: setPhoto,
      may: mayEditServicePage,
      read: pageToEdit,
      screen: 'PagePhoto',
      words: {
        button: 'Photo',
        title: 'Photo de l’entrée',
        submit: 'Enregistrer la photo',
        done: () => 'Photo enregistrée.',
      },
    }),
    removePhoto: act.record('pageId', {
      command: removePhoto,
      may: mayEditServicePage,
      whyNot: whyNoPhoto,
      look: 'danger',
      immediate: true,
      elsewhere: true,
      words: { button: 'Retirer la photo', done: () => 'Photo retirée.' },
    }),
    markChecked: act.record('pageId', {
      command: markPageChecked,
      may: mayEditServicePage,
      whyNot: whyNotCheckedPage,
      immediate: true,
      icon: 'check',
      words: {
        button: 'Vérifiée aujourd’hui',
        done: () => 'La page dit qu’elle a été vérifiée aujourd’hui.',
      },
    }),
    restore: act.record('pageId', {
      command: restorePage,
      may: mayEditServicePage,
      whyNot: whyNotRestored,
      immediate: true,
      elsewhere: true,
      words: { button: 'Reprendre cette version', done: () => 'Version reprise.' },
    }),
    publishDraft: act.record('pageId', {
      command: publishPageDraft,
      may: mayEditServicePage,
      whyNot: whyNoDraft,
      immediate: true,
      elsewhere: true,
      words: {
        button: 'Mettre le brouillon en ligne',
        done: () => 'Brouillon en ligne\u00a0: le public le lit.',
      },
    }),
    dropDraft: act.record('pageId', {
      command: dropPageDraft,
      may: mayEditServicePage,
      whyNot: whyNoDraft,
      immediate: true,
      elsewhere: true,
      words: { button: 'Abandonner le brouillon', done: () => 'Brouillon abandonné.' },
    }),
    publish: act.record('pageId', {
      command: publishPage,
      may: mayManageServicePages,
      whyNot: whyNotPublished,
      look: 'main',
      immediate: true,
      words: { button: 'Mettre en ligne', done: () => 'Page en ligne.' },
    }),
    close: act.record('pageId', {
      command: closePage,
      may: mayManageServicePages,
      whyNot: whyNotClosed,
      read: pageToClose,
      look: 'danger',
      words: {
        button: 'Service fermé',
        title: 'Dire que le service a fermé',
        lede: 'Sa page reste à son adresse, que des SMS et des papiers donnent.',
        submit: 'Fermer la page',
        done: () => 'Page fermée.',
      },
    }),
  }),
})
