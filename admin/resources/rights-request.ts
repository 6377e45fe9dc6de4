import { answerRequest } from '../../resources/rights-request/commands/answer.server'
import { requestGuidance, requestKindWords, requestOutcomeWords } from '../../resources/rights-request/fr'
import { requestsVisibleTo } from '../../resources/rights-request/policy'
import { listRequests, requestToAnswer } from '../../resources/rights-request/queries/list.server'
import { whyNotAnswerable } from '../../resources/rights-request/rules'
import { mayAnswerRequests, mayOnProbationer, probationerFacts } from '../../resources/probationer/policy'
import type { AgentActor } from '../../resources/shared/actor'
import { civilDateFromDb } from '../../resources/shared/civil-time'
import type { Context } from '../../resources/shared/context'
import { formatShortDate, fullName } from '../../resources/shared/french'
import type { CellValue } from '../define/cells'
import type { ListRequest } from '../define/list'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const readList = (ctx: Context<AgentActor>, { filters, page, perPage }: ListRequest) =>
  listRequests(ctx, { ...filters, page, perPage })
type RequestLine = Awaited<ReturnType<typeof readList>>['rows'][number]

export const rightsRequests = defineResource('RightsRequest', {
  visibleTo: requestsVisibleTo,
  mayOpen: mayAnswerRequests,
  navigation: { section: 'service', icon: 'paper' },
  title: 'kind',
  columns: ['kind', 'probationer', 'receivedOn', 'dueOn', 'answeredOn', 'outcome', 'answer'],
  // Its page is no reading of the person's record: it leads there, and names nobody.
  cells: {
    probationer: ({ probationer }) => ({ text: 'Ouvrir la fiche', to: paths.probationer(probationer.id) }),
  },
  facts: {
    kind: true,
    answeredOn: true,
    receivedOn: true,
    probationer: { select: { ...probationerFacts, id: true } },
  },
  nameOf: ({ kind, receivedOn }) =>
    `${requestKindWords[kind]}, demande du ${formatShortDate(civilDateFromDb(receivedOn))}`,
  words: {
    plural: 'Droits des personnes',
    noun: ['demande', 'demandes'],
    columns: {
      kind: 'Demande',
      probationer: 'Personne',
      receivedOn: 'Reçue le',
      dueOn: 'À répondre avant le',
      answeredOn: 'Répondue le',
      outcome: 'Suite donnée',
      answer: 'Réponse',
    },
    values: { kind: requestKindWords, outcome: requestOutcomeWords },
    fields: {
      outcome: 'Suite donnée',
      answer: 'Ce qui a été répondu à la personne',
      answeredOn: 'Répondue le',
    },
  },
  list: {
    columns: [
      {
        key: 'person',
        label: 'Personne',
        cell: ({ probationer }: RequestLine) => ({
          text: fullName(probationer),
          to: paths.probationer(probationer.id),
        }),
      },
      { key: 'kind', label: 'Demande', cell: ({ kind }) => requestKindWords[kind] },
      {
        key: 'received',
        label: 'Reçue le',
        unbroken: true,
        named: true,
        cell: ({ receivedOn }) => formatShortDate(receivedOn),
      },
      { key: 'state', label: 'Réponse', cell: stateOf },
      { key: 'act', label: '', end: true, cell: actOf },
    ],
    filters: [{ name: 'answered', label: 'Celles qui ont leur réponse', kind: 'checkbox' }],
    empty: {
      title: 'Aucune demande n’attend de réponse',
      hint: 'Une demande d’accès, de rectification, d’effacement ou de limitation s’enregistre depuis la fiche de la personne.',
    },
    read: readList,
  },
  actions: (act) => ({
    answer: act.record('requestId', {
      command: answerRequest,
      may: (actor, { probationer }) => mayOnProbationer(actor, 'answerRequest', probationer),
      whyNot: whyNotAnswerable,
      read: requestToAnswer,
      look: 'main',
      words: {
        button: 'Répondre',
        title: 'Répondre à la demande',
        lede: 'La réponse se donne à la personne\u00a0; ici, elle s’enregistre.',
        submit: 'Enregistrer la réponse',
        done: ({ limited }) =>
          limited ? 'Réponse enregistrée\u00a0: la fiche ne sert plus.' : 'Réponse enregistrée.',
      },
      about: ({ kind, probationer, receivedOn, dueOn }) =>
        `${requestKindWords[kind]}, ${fullName(probationer)}\u00a0: reçue le ${formatShortDate(receivedOn)}, à répondre avant le ${formatShortDate(dueOn)}. ${requestGuidance[kind]}`,
      leadsTo: ({ kind, probationer }) =>
        kind === 'erasure'
          ? {
              text: 'Supprimer la fiche',
              to: paths.recordAction('Probationer', probationer.id, 'delete'),
            }
          : { text: 'Ouvrir la fiche', to: paths.probationer(probationer.id) },
      next: ({ probationerId }) => paths.probationer(probationerId),
    }),
  }),
})

function stateOf({ answeredOn, outcome, dueOn, late }: RequestLine): CellValue {
  if (answeredOn && outcome)
    return { text: requestOutcomeWords[outcome], tone: outcome === 'refused' ? 'warn' : 'ok' }
  return late
    ? { text: `En retard\u00a0: avant le ${formatShortDate(dueOn)}`, tone: 'bad' }
    : { text: `Avant le ${formatShortDate(dueOn)}`, tone: 'info' }
}

function actOf({ id, answeredOn, kind, probationer }: RequestLine): CellValue {
  return answeredOn
    ? null
    : {
        text: 'Répondre',
        to: paths.recordAction('RightsRequest', id, 'answer'),
        kind: 'act',
        label: `Répondre à ${fullName(probationer)}, ${requestKindWords[kind].toLowerCase()}`,
      }
}
