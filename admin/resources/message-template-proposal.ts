import { messageKindLabels, ofKind } from '../../resources/message/fr'
import {
  acceptProposal,
  proposeText,
  refuseProposal,
  withdrawProposal,
} from '../../resources/message/template/commands/proposal.server'
import { proposalStateWords } from '../../resources/message/template/fr'
import {
  mayManageTemplates,
  mayOpenTexts,
  mayPropose,
  mayProposeTemplate,
  proposalsVisibleTo,
} from '../../resources/message/template/policy'
import { listProposals, proposalRecord } from '../../resources/message/template/queries/proposals.server'
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import { formatShortDate } from '../../resources/shared/french'
import type { ListRequest } from '../define/list'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const readList = async (ctx: Context<AgentActor>, { filters, page, perPage }: ListRequest) => ({
  ...(await listProposals(ctx, { ...filters, page, perPage })),
  ...(mayPropose(ctx.actor) && {
    empty: {
      title: filters.over
        ? 'Aucune proposition de votre service n’a encore de réponse'
        : 'Votre service n’a proposé aucun texte',
      hint: 'Ouvrez un texte de votre service, changez-le, puis choisissez «\u00a0Proposer ce texte\u00a0».',
      link: { text: 'Ouvrir les textes des SMS', to: paths.textOfSms({ service: null }) },
    },
  }),
})
type Proposal = Awaited<ReturnType<typeof readList>>['rows'][number]

const mayDecide = (actor: AgentActor) => mayManageTemplates(actor, 'decide')
const whyNotPending = ({ state }: { state: string }) =>
  state === 'pending' ? null : 'message_template.proposal_over'

export const messageTemplateProposals = defineResource('MessageTemplateProposal', {
  visibleTo: proposalsVisibleTo,
  mayOpen: mayOpenTexts,
  title: 'kind',
  columns: ['kind', 'type', 'organization', 'state'],
  facts: { organizationId: true, state: true, kind: true, organization: { select: { name: true } } },
  nameOf: ({ kind, organization }) => `SMS ${ofKind[kind]}, ${organization.name}`,
  words: {
    plural: 'Textes proposés',
    noun: ['texte proposé', 'textes proposés'],
    columns: { kind: 'Message', type: 'Type de convocation', organization: 'Service', state: 'État' },
    values: { kind: messageKindLabels },
  },
  list: {
    columns: [
      {
        key: 'service',
        label: 'Service',
        cell: ({ id, service, by, type, kind }: Proposal) => ({
          text: service,
          to: paths.record('MessageTemplateProposal', id),
          label: `${service}, ${type}, SMS ${ofKind[kind]}`,
          ...(by && { sub: by }),
        }),
      },
      { key: 'type', label: 'Type de convocation', cell: ({ type }) => type },
      { key: 'kind', label: 'Message', cell: ({ kind }) => messageKindLabels[kind] },
      { key: 'on', label: 'Proposé le', unbroken: true, cell: ({ on }) => formatShortDate(on) },
      {
        key: 'state',
        label: 'État',
        cell: ({ state, endedOn }) => ({
          text: `${proposalStateWords[state].word}${endedOn ? ` le ${formatShortDate(endedOn)}` : ''}`,
          tone: proposalStateWords[state].tone,
        }),
      },
    ],
    under: { label: 'Textes des SMS', href: paths.textOfSms({ service: null }) },
    filters: [{ name: 'over', label: 'Ceux qui ont leur réponse', kind: 'checkbox' }],
    empty: {
      title: 'Aucun texte proposé n’attend de réponse',
      hint: 'Les administrateurs locaux proposent les textes de leur service.',
    },
    read: readList,
  },
  record: { read: proposalRecord, idField: 'proposalId', screen: 'TextProposal' },
  actions: (act) => ({
    propose: act.resource({
      command: proposeText,
      may: mayPropose,
      immediate: true,
      elsewhere: true,
      words: {
        button: 'Proposer ce texte',
        done: () => 'Texte proposé à l’équipe Mon Suivi Justice. Sa réponse vous viendra par e-mail.',
      },
    }),
    withdraw: act.record('proposalId', {
      command: withdrawProposal,
      may: mayProposeTemplate,
      whyNot: whyNotPending,
      immediate: true,
      elsewhere: true,
      words: { button: 'Retirer la proposition', done: () => 'Proposition retirée.' },
    }),
    accept: act.record('proposalId', {
      command: acceptProposal,
      may: mayDecide,
      whyNot: whyNotPending,
      immediate: true,
      elsewhere: true,
      words: {
        button: 'Accepter',
        done: () => 'Texte accepté\u00a0: les prochains SMS de ce service l’utilisent.',
      },
    }),
    refuse: act.record('proposalId', {
      command: refuseProposal,
      may: mayDecide,
      whyNot: whyNotPending,
      immediate: true,
      elsewhere: true,
      words: { button: 'Refuser', done: () => 'Proposition refusée.' },
    }),
  }),
})
