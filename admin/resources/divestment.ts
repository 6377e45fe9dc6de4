import {
  acceptDivestment,
  refuseDivestment,
  withdrawDivestment,
} from '../../resources/divestment/commands/answer.server'
import { requestDivestment } from '../../resources/divestment/commands/request.server'
import { blockingTags, decisionStateWords, divestmentStateWords } from '../../resources/divestment/fr'
import {
  divestmentsVisibleTo,
  mayAnswerFor,
  mayAskForPersons,
  mayListDivestments,
  mayOpenDivestments,
  mayUseDivestmentDesk,
  mayWithdrawDivestment,
} from '../../resources/divestment/policy'
import {
  listDivestments,
  namedFor,
  type DivestmentLine,
} from '../../resources/divestment/queries/list.server'
import { divestmentRecord } from '../../resources/divestment/queries/record.server'
import { answerDays, whyNotAnswered, whyNotWithdrawn } from '../../resources/divestment/rules'
import type { AgentActor } from '../../resources/shared/actor'
import { noInput, query } from '../../resources/shared/command'
import type { Context } from '../../resources/shared/context'
import {
  agentName,
  count,
  formatBriefDay,
  formatDay,
  formatShortDate,
  fullName,
} from '../../resources/shared/french'
import type { CellValue } from '../define/cells'
import type { ListRequest, Option } from '../define/list'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const serviceBoxes: readonly Option[] = [
  { value: 'received', label: 'Reçues, à traiter' },
  { value: 'answered', label: 'Reçues, traitées' },
  { value: 'sent', label: 'Envoyées, en attente' },
  { value: 'ended', label: 'Envoyées, terminées' },
]
const askerBoxes: readonly Option[] = [
  { value: 'asked', label: 'Vos demandes, en attente' },
  { value: 'closed', label: 'Vos demandes, terminées' },
]
const deskBoxes: readonly Option[] = [
  { value: 'stalled', label: 'Bureau central' },
  { value: 'waiting', label: 'En attente' },
  { value: 'over', label: 'Terminées' },
]

const boxesOf = (actor: AgentActor) =>
  mayUseDivestmentDesk(actor) ? deskBoxes : mayOpenDivestments(actor) ? serviceBoxes : askerBoxes

/** The tabs of the reader: those of their service, of the central desk, or of what they asked for. */
export const divestmentChoices = query(noInput, ({ actor }: Context<AgentActor>) =>
  Promise.resolve({ box: boxesOf(actor) }),
)

async function readList(ctx: Context<AgentActor>, { filters, page, perPage }: ListRequest) {
  const { box, rows, total } = await listDivestments(ctx, {
    box: filters.box as 'received',
    page,
    perPage,
  })
  return {
    ...{ rows, total },
    ...(box === 'received' && { lede: ledeOf(total) }),
    ...(mayUseDivestmentDesk(ctx.actor) && { empty: nothingAtDesk }),
  }
}

const nothingAtDesk = {
  title: 'Aucune demande ici',
  hint: 'Le bureau central reçoit les demandes que personne ne peut accepter ni refuser dans les services, et celles qui restent sans réponse après dix jours.',
}

const ledeOf = (total: number) =>
  `${count(total, 'demande à traiter', 'demandes à traiter')}, réponse sous ${answerDays} jours. Ensuite, une demande est acceptée d’office si la personne est archivée ou n’a plus de convocation à venir.`

export const divestments = defineResource('Divestment', {
  visibleTo: divestmentsVisibleTo,
  mayOpen: mayAskForPersons,
  mayList: mayListDivestments,
  navigation: { section: 'daily', icon: 'swap' },
  title: 'createdAt',
  nameOf: ({ probationer }, actor) => fullName(namedFor(actor, { ...probationer, dateOfBirth: null })),
  columns: ['createdAt', 'state'],
  facts: {
    state: true,
    targetOrganizationId: true,
    requestedById: true,
    decisions: { select: { organizationId: true, state: true } },
    probationer: {
      select: { id: true, lastName: true, firstName: true, followingOrganizationIds: true },
    },
  },
  words: {
    plural: 'Dessaisissements',
    noun: ['demande', 'demandes'],
    columns: { createdAt: 'Demandée le', state: 'État' },
  },
  record: { read: divestmentRecord, idField: 'divestmentId', screen: 'DivestmentRecord' },
  list: {
    columns: [
      {
        key: 'person',
        label: 'Personne',
        cell: ({ id, person }: DivestmentLine) => ({
          text: fullName(person),
          to: paths.record('Divestment', id),
          ...(person.dateOfBirth && { sub: formatShortDate(person.dateOfBirth) }),
          ...(person.yearOfBirth && { sub: String(person.yearOfBirth) }),
        }),
      },
      {
        key: 'target',
        label: 'Demandée par',
        cell: ({ target, requestedOn, requestedBy }) => ({
          text: target,
          sub: [formatBriefDay(requestedOn), requestedBy && agentName(requestedBy)]
            .filter(Boolean)
            .join(', '),
        }),
      },
      {
        key: 'decisions',
        label: 'Services qui suivent',
        cell: ({ decisions }) =>
          decisions
            .map(({ name, state }) => `${name}\u00a0: ${decisionStateWords[state].word.toLowerCase()}`)
            .join(' · '),
      },
      { key: 'deadline', label: 'Réponse avant', unbroken: true, named: true, cell: deadlineCell },
      { key: 'state', label: 'État', end: true, unbroken: true, cell: stateCell },
    ],
    filters: [
      {
        name: 'box',
        label: 'Demandes',
        kind: 'tabs',
        options: serviceBoxes,
        counts: 'divestmentCounts',
      },
    ],
    choices: 'divestmentChoices',
    empty: {
      title: 'Aucune demande ici',
      hint: 'Une demande part de l’enregistrement\u00a0: tapez l’identité de la personne, la notice propose le dessaisissement.',
    },
    read: readList,
  },
  actions: (act) => ({
    request: act.resource({
      command: requestDivestment,
      may: mayAskForPersons,
      screen: 'Book',
      elsewhere: true,
      words: {
        button: 'Demander le dessaisissement',
        done: ({ state, isArchived, deadline }) =>
          state === 'pending'
            ? `Demande envoyée\u00a0: réponse attendue avant le ${formatDay(deadline)}.`
            : isArchived
              ? 'La fiche passe à votre service. Elle est archivée\u00a0: un administrateur local peut la désarchiver.'
              : 'La fiche passe à votre service\u00a0: aucune convocation depuis six mois.',
      },
      next: ({ id, state, probationerId, convokes }) =>
        convokes
          ? paths.convoke(probationerId)
          : state === 'auto_accepted'
            ? paths.probationer(probationerId)
            : paths.record('Divestment', id),
    }),
    accept: act.record('divestmentId', {
      command: acceptDivestment,
      may: mayAnswerOne,
      whyNot: whyNotAnsweredBy,
      read: divestmentRecord,
      screen: 'DivestmentRecord',
      elsewhere: true,
      words: {
        button: 'Accepter',
        done: ({ service, isOver }) =>
          isOver
            ? `Dessaisissement accepté\u00a0: la fiche passe à ${service}.`
            : 'Réponse enregistrée\u00a0: d’autres services doivent encore répondre.',
      },
      next: () => paths.resource('Divestment'),
    }),
    refuse: act.record('divestmentId', {
      command: refuseDivestment,
      may: mayAnswerOne,
      whyNot: whyNotAnsweredBy,
      read: divestmentRecord,
      screen: 'DivestmentRecord',
      elsewhere: true,
      words: {
        button: 'Refuser',
        done: ({ service }) =>
          `Dessaisissement refusé\u00a0: ${service} est prévenu, le suivi reste comme avant.`,
      },
      next: () => paths.resource('Divestment'),
    }),
    withdraw: act.record('divestmentId', {
      command: withdrawDivestment,
      may: mayWithdrawDivestment,
      whyNot: whyNotWithdrawn,
      look: 'danger',
      words: {
        button: 'Retirer la demande',
        title: 'Retirer cette demande\u00a0?',
        lede: 'Le suivi revient à ce qu’il était avant elle. Les convocations déjà prises restent.',
        submit: 'Retirer la demande',
        done: () => 'Demande retirée\u00a0: le suivi reste comme avant.',
      },
    }),
  }),
})

interface AnsweredFacts {
  state: Parameters<typeof whyNotAnswered>[0]['state']
  decisions: { organizationId: number; state: keyof typeof decisionStateWords }[]
}

function mayAnswerOne(actor: AgentActor, { decisions }: AnsweredFacts): boolean {
  return decisions.some((row) => mayAnswerFor(actor, row))
}

function whyNotAnsweredBy(facts: AnsweredFacts, _now: Date, actor: AgentActor) {
  const rows = facts.decisions.filter((row) => mayAnswerFor(actor, row))
  return whyNotAnswered(facts, rows, { atDesk: mayUseDivestmentDesk(actor) })
}

function deadlineCell({ state, deadline, daysLeft }: DivestmentLine): CellValue {
  return state === 'pending' ? { component: 'DeadlineCell', data: { deadline, daysLeft } } : null
}

function stateCell({ state, blocking, own }: DivestmentLine): CellValue {
  if (state === 'pending' && blocking && blocking !== 'waiting')
    return { text: blockingTags[blocking], tone: 'warn', icon: 'clock' }
  if (state === 'pending' && own && own.state !== 'pending')
    return { text: 'Attend les autres', tone: 'info', icon: 'clock' }
  const { word, tone } = divestmentStateWords[state]
  return { text: word, tone, ...(state === 'pending' && { icon: 'clock' as const }) }
}
