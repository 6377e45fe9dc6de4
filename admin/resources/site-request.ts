import {
  answerSiteRequest,
  changeSiteRequestState,
  makeServicePage,
} from '../../resources/site-request/commands/answer.server'
import { detailLines, requestKindWords, requestStateWords } from '../../resources/site-request/fr'
import { mayAnswerSiteRequests, siteRequestsVisibleTo } from '../../resources/site-request/policy'
import { listSiteRequests, siteRequestToAnswer } from '../../resources/site-request/queries/requests.server'
import { whyNotMade, whyNotWrittenTo } from '../../resources/site-request/rules'
import { requestStates, stepsShape, teamKinds } from '../../resources/site-request/schema'
import type { AgentActor } from '../../resources/shared/actor'
import { civilOf } from '../../resources/shared/civil-time'
import type { Context } from '../../resources/shared/context'
import { formatInstant, formatShortDate } from '../../resources/shared/french'
import { teamZone } from '../../resources/watch/rules'
import type { ListRequest } from '../define/list'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const readList = (ctx: Context<AgentActor>, { filters, page, perPage }: ListRequest) =>
  listSiteRequests(ctx, { ...filters, page, perPage })
type Line = Awaited<ReturnType<typeof readList>>['rows'][number]

const stateWords = Object.fromEntries(
  requestStates.map((state) => [state, requestStateWords[state].word]),
) as Record<(typeof requestStates)[number], string>

/** What was sent, above the form that answers it: lines stay lines. */
const aboutOf = ({ kind, reference, lines }: Awaited<ReturnType<typeof siteRequestToAnswer>>) =>
  [
    `${requestKindWords[kind]}, ${reference}`,
    ...lines.map(({ label, text }) => `${label}\u00a0: ${text}`),
  ].join('\n')

export const siteRequests = defineResource('SiteRequest', {
  visibleTo: siteRequestsVisibleTo,
  mayOpen: mayAnswerSiteRequests,
  navigation: { section: 'service', icon: 'mail' },
  title: 'reference',
  columns: [
    'reference',
    'kind',
    'state',
    'createdAt',
    'email',
    'page',
    'publicPageId',
    'details',
    'steps',
    'expiresAt',
  ],
  cells: {
    state: ({ state }) => ({ text: requestStateWords[state].word, tone: requestStateWords[state].tone }),
    page: ({ page }) => page && { text: page, to: page },
    publicPageId: ({ publicPage }) =>
      publicPage && { text: publicPage.title, to: paths.record('PublicPage', publicPage.id) },
    details: ({ kind, details }) =>
      detailLines(kind, details)
        .map(({ label, text }) => `${label}\u00a0: ${text}`)
        .join('\n'),
    steps: ({ steps }) =>
      (stepsShape.safeParse(steps).data ?? [])
        .map(
          ({ at, by, state, answer }) =>
            `${formatInstant(new Date(at), teamZone)}, ${by}\u00a0: ${stateWords[state].toLowerCase()}${answer ? `, réponse envoyée\u00a0:\n${answer}` : ''}`,
        )
        .join('\n\n') || null,
  },
  facts: {
    ...{ kind: true, state: true, reference: true, email: true, page: true, details: true, steps: true },
    ...{ publicPageId: true, publicPage: { select: { id: true, title: true } } },
  },
  nameOf: ({ kind, reference }) => `${requestKindWords[kind]}, ${reference}`,
  words: {
    plural: 'Demandes du site',
    noun: ['demande', 'demandes'],
    columns: {
      reference: 'Référence',
      kind: 'Demande',
      state: 'État',
      createdAt: 'Reçue le',
      email: 'Adresse e-mail',
      page: 'Page concernée',
      publicPageId: 'Service concerné',
      details: 'Ce qui est écrit',
      steps: 'Suivi',
      expiresAt: 'Effacée le',
    },
    values: { kind: requestKindWords, state: stateWords },
    fields: { answer: 'Réponse', state: 'État de la demande' },
    hints: { answer: 'Envoyée par e-mail à la personne, telle qu’elle est écrite ici.' },
  },
  list: {
    columns: [
      {
        key: 'kind',
        label: 'Demande',
        cell: ({ id, kind, reference }: Line) => ({
          text: requestKindWords[kind],
          to: paths.record('SiteRequest', id),
          label: `${requestKindWords[kind]}, ${reference}`,
          sub: reference,
        }),
      },
      { key: 'service', label: 'Service ou page', cell: ({ service, page }) => service ?? page },
      { key: 'email', label: 'De', cell: ({ email }) => email ?? 'Sans adresse' },
      {
        key: 'createdAt',
        label: 'Reçue le',
        unbroken: true,
        named: true,
        cell: ({ createdAt }) => formatShortDate(civilOf(createdAt, teamZone).date),
      },
      {
        key: 'state',
        label: 'État',
        cell: ({ state }) => ({ text: requestStateWords[state].word, tone: requestStateWords[state].tone }),
      },
    ],
    filters: [
      {
        name: 'state',
        label: 'État',
        kind: 'select',
        all: 'Tous les états',
        options: requestStates.map((value) => ({ value, label: requestStateWords[value].word })),
      },
      {
        name: 'kind',
        label: 'Demande',
        kind: 'select',
        all: 'Toutes les demandes',
        options: teamKinds.map((value) => ({ value, label: requestKindWords[value] })),
      },
      { name: 'reference', label: 'Référence', kind: 'text' },
    ],
    empty: {
      title: 'Aucune demande',
      hint: 'Les formulaires du site public (contact, erreur, déploiement, formation, page de service) arrivent ici.',
    },
    read: readList,
  },
  actions: (act) => ({
    answer: act.record('requestId', {
      command: answerSiteRequest,
      may: mayAnswerSiteRequests,
      whyNot: whyNotWrittenTo,
      read: siteRequestToAnswer,
      look: 'main',
      icon: 'send',
      about: aboutOf,
      words: {
        button: 'Répondre',
        title: 'Répondre à la demande',
        submit: 'Envoyer la réponse',
        done: () => 'Réponse enregistrée\u00a0: elle part par e-mail.',
      },
    }),
    makePage: act.record('requestId', {
      command: makeServicePage,
      may: mayAnswerSiteRequests,
      whyNot: whyNotMade,
      immediate: true,
      icon: 'plus',
      words: {
        button: 'Créer la page',
        done: () =>
          'Page créée, en brouillon\u00a0: relisez-la, ajoutez ses horaires, puis mettez-la en ligne.',
      },
      next: ({ pageId }) => paths.record('PublicPage', pageId),
    }),
    changeState: act.record('requestId', {
      command: changeSiteRequestState,
      may: mayAnswerSiteRequests,
      read: siteRequestToAnswer,
      icon: 'pen',
      about: aboutOf,
      words: {
        button: 'Changer l’état',
        title: 'Changer l’état de la demande',
        lede: 'Personne n’est averti\u00a0: pour écrire à la personne, répondez.',
        submit: 'Enregistrer',
        done: () => 'État enregistré.',
      },
    }),
  }),
})
