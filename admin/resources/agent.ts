import { setShortcuts, unlockAgent } from '../../resources/agent/commands/account.server'
import { inviteAgent, resendInvitation } from '../../resources/agent/commands/invitation.server'
import { accountStateWords, roleNames } from '../../resources/agent/fr'
import {
  agentFacts,
  agentsVisibleTo,
  mayInviteAnyone,
  mayOnAgent,
  mayOpenAgents,
} from '../../resources/agent/policy'
import {
  agentRecord,
  invitationForm,
  listAgents,
  listAgentsInput,
  type AgentLine,
} from '../../resources/agent/queries/directory.server'
import { isLocked } from '../../resources/agent/rules'
import { formatDay, fullName } from '../../resources/shared/french'
import type { CellValue } from '../define/cells'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

export const agents = defineResource('Agent', {
  visibleTo: agentsVisibleTo,
  mayOpen: mayOpenAgents,
  navigation: { section: 'service', icon: 'person' },
  title: 'lastName',
  columns: ['lastName', 'firstName'],
  facts: { ...agentFacts, lockedAt: true, passwordHash: true },
  words: {
    plural: 'Agents',
    noun: ['agent', 'agents'],
    columns: { lastName: 'Nom', firstName: 'Prénom' },
    fields: {
      lastName: 'Nom',
      firstName: 'Prénom',
      role: 'Fonction',
      organizationId: 'Service',
      email: 'E-mail professionnel',
      phone: 'Téléphone',
    },
    hints: { email: 'L’agent y reçoit un lien pour choisir son mot de passe.' },
  },
  record: { read: agentRecord, idField: 'agentId', screen: 'AgentRecord' },
  list: {
    columns: [
      {
        key: 'name',
        label: 'Agent',
        cell: (line: AgentLine) => ({ text: fullName(line), to: paths.agent(line.id), sub: line.email }),
      },
      { key: 'role', label: 'Fonction', cell: (line) => roleNames[line.role] },
      { key: 'organization', label: 'Service', cell: (line) => line.organization },
      {
        key: 'lastSignIn',
        label: 'Dernière connexion',
        cell: (line) => (line.lastSignIn ? formatDay(line.lastSignIn.date) : 'jamais'),
      },
      { key: 'state', label: 'État', end: true, cell: stateCell },
    ],
    filters: [
      { name: 'text', label: 'Agent', kind: 'text', hint: 'Nom ou e-mail' },
      { name: 'role', label: 'Fonction', kind: 'select', all: 'Toutes', options: optionsOf(roleNames) },
      {
        name: 'state',
        label: 'État',
        kind: 'select',
        all: 'Tous',
        options: Object.entries(accountStateWords).map(([value, { word }]) => ({ value, label: word })),
      },
    ],
    empty: {
      title: 'Aucun agent ne répond à ces filtres',
      hint: 'Effacez les filtres, ou invitez l’agent qui manque.',
    },
    read: (ctx, { filters, page, perPage }) =>
      listAgents(ctx, listAgentsInput.parse({ ...filters, page, perPage })),
  },
  actions: (act) => ({
    new: act.resource({
      command: inviteAgent,
      may: mayInviteAnyone,
      read: invitationForm,
      look: 'main',
      icon: 'plus',
      words: {
        button: 'Inviter un agent',
        lede: 'L’agent reçoit un e-mail pour choisir son mot de passe. Le lien sert une fois, pendant 30 jours.',
        submit: 'Envoyer l’invitation',
        done: () => 'Invitation envoyée.',
      },
      next: ({ id }) => paths.agent(id),
    }),
    unlock: act.record('agentId', {
      command: unlockAgent,
      may: (actor, agent) => mayOnAgent(actor, 'unlock', agent),
      whyNot: (agent, now) => (isLocked(agent, now) ? null : 'agent.not_locked'),
      words: {
        button: 'Débloquer le compte',
        done: () => 'Compte débloqué\u00a0: l’agent peut se connecter.',
      },
      look: 'main',
      immediate: true,
      elsewhere: true,
    }),
    resendInvitation: act.record('agentId', {
      command: resendInvitation,
      may: (actor, agent) => mayOnAgent(actor, 'resendInvitation', agent),
      whyNot: (agent) => (agent.passwordHash === null ? null : 'agent.already_active'),
      words: { button: 'Renvoyer l’invitation', done: () => 'Invitation renvoyée.' },
      immediate: true,
      elsewhere: true,
    }),
    setShortcuts: act.resource({
      command: setShortcuts,
      may: (actor) => mayOnAgent(actor, 'edit', { ...actor, organizationId: actor.organization.id }),
      words: { button: 'Raccourcis clavier', done: () => 'Raccourcis réglés.' },
      immediate: true,
      elsewhere: true,
    }),
  }),
})

function stateCell(line: AgentLine): CellValue {
  const { word, tone } = accountStateWords[line.state]
  return { text: word, tone, ...(line.state === 'locked' && { icon: 'lock' as const }) }
}
