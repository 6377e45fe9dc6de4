import { changeAgentRole, setShortcuts, unlockAgent } from '../../resources/agent/commands/account.server'
import { inviteAgent, resendInvitation } from '../../resources/agent/commands/invitation.server'
import {
  changeOwnPassword,
  closeOtherSessions,
  updateProfile,
} from '../../resources/agent/commands/profile.server'
import { accountStateWords, roleNames } from '../../resources/agent/fr'
import {
  agentFacts,
  agentsVisibleTo,
  isThemself,
  mayInviteAnyone,
  mayOnAgent,
  mayOpenAgents,
  rolesGivenBy,
} from '../../resources/agent/policy'
import {
  agentRecord,
  invitationForm,
  listAgents,
  listAgentsInput,
  roleToChange,
  type AgentLine,
} from '../../resources/agent/queries/directory.server'
import { ownProfile } from '../../resources/agent/queries/profile.server'
import { isLocked } from '../../resources/agent/rules'
import { mayStartImport } from '../../resources/import/policy'
import { agentsFile } from '../../resources/import/queries/form.server'
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import { agentName, count, formatBriefDate, fullName } from '../../resources/shared/french'
import { formatPhone } from '../../resources/shared/phone'
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
  nameOf: agentName,
  facts: {
    ...agentFacts,
    lastName: true,
    firstName: true,
    lockedAt: true,
    passwordHash: true,
    organization: { select: { kind: true } },
  },
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
      sharesPhone: 'Montrer mon téléphone aux personnes que je suis',
      sharesEmail: 'Montrer mon e-mail aux personnes que je suis',
      presentPassword: 'Mot de passe actuel',
      password: 'Nouveau mot de passe',
      passwordAgain: 'Nouveau mot de passe, une seconde fois',
    },
    hints: {
      email: 'L’agent y reçoit un lien pour choisir son mot de passe.',
      password: 'Au moins 12 caractères. Exemple\u00a0: quatre mots sans rapport.',
    },
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
        unbroken: true,
        named: true,
        cell: (line) => (line.lastSignIn ? formatBriefDate(line.lastSignIn.date) : 'jamais'),
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
    inviteMany: act.resourceScreen({
      may: (actor) => mayStartImport(actor, 'agents'),
      read: agentsFile,
      screen: 'UploadFile',
      words: {
        button: 'Inviter par fichier',
        title: 'Inviter des agents par fichier',
        lede: 'Chaque agent du fichier reçoit un e-mail pour choisir son mot de passe. Les lignes à revoir sont nommées une à une, les autres sont faites.',
      },
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
    changeRole: act.record('agentId', {
      command: changeAgentRole,
      may: (actor, agent) => rolesGivenBy(actor, agent).length > 0,
      read: roleToChange,
      words: {
        button: 'Changer la fonction',
        lede: 'Les sessions ouvertes de l’agent seront fermées. S’il ne peut plus suivre personne, les personnes dont il était référent n’en ont plus.',
        submit: 'Changer la fonction',
        done: () => 'Fonction changée.',
      },
    }),
    profile: act.resource({
      command: updateProfile,
      may: mayEditThemself,
      read: profileForm,
      elsewhere: true,
      words: {
        button: 'Mon profil',
        submit: 'Enregistrer mon profil',
        done: () => 'Profil enregistré.',
      },
      ofReader: (name) => name,
      next: () => paths.home,
    }),
    changePassword: act.resource({
      command: changeOwnPassword,
      may: isThemself,
      elsewhere: true,
      words: {
        button: 'Changer mon mot de passe',
        lede: 'Vos autres sessions seront fermées, et un e-mail vous le confirmera.',
        submit: 'Changer le mot de passe',
        done: () => 'Mot de passe changé. Vos autres sessions sont fermées.',
      },
    }),
    closeOtherSessions: act.resource({
      command: closeOtherSessions,
      may: isThemself,
      immediate: true,
      elsewhere: true,
      words: {
        button: 'Fermer mes autres sessions',
        done: ({ closed }) =>
          closed === 0
            ? 'Vous n’aviez pas d’autre session ouverte.'
            : `${count(closed, 'autre session fermée', 'autres sessions fermées')}.`,
      },
    }),
    setShortcuts: act.resource({
      command: setShortcuts,
      may: mayEditThemself,
      words: { button: 'Raccourcis clavier', done: () => 'Raccourcis réglés.' },
      immediate: true,
      elsewhere: true,
    }),
  }),
})

function mayEditThemself(actor: AgentActor): boolean {
  return mayOnAgent(actor, 'edit', { ...actor, organizationId: actor.organization.id })
}

async function profileForm(ctx: Context<AgentActor>) {
  const { version, firstName, lastName, phone, sharesPhone, sharesEmail, mayShare } = await ownProfile(ctx)
  return {
    version,
    values: { firstName, lastName, phone: phone && formatPhone(phone), sharesPhone, sharesEmail },
    notAsked: mayShare ? [] : ['sharesPhone', 'sharesEmail'],
  }
}

function stateCell(line: AgentLine): CellValue {
  const { word, tone } = accountStateWords[line.state]
  return { text: word, tone, ...(line.state === 'locked' && { icon: 'lock' as const }) }
}
