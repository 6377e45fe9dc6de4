import {
  changeAgentRole,
  deleteAgent,
  editAgent,
  reactivateAgent,
  setAgentHeadquarters,
  setShortcuts,
  unlockAgent,
} from '../../resources/agent/commands/account.server'
import { inviteAgent, resendInvitation } from '../../resources/agent/commands/invitation.server'
import {
  changeOwnPassword,
  closeOtherSessions,
  updateProfile,
} from '../../resources/agent/commands/profile.server'
import { pullAgent, pushAgent, switchOrganization } from '../../resources/agent/commands/transfer.server'
import { accountStateWords, roleNames } from '../../resources/agent/fr'
import {
  accountsVisibleTo,
  agentFacts,
  isThemself,
  mayEditOther,
  mayInviteAnyone,
  mayOnAgent,
  mayOpenAgents,
  mayPullAgents,
  mayPush,
  mayReactivate,
  maySwitch,
  rolesGivenBy,
} from '../../resources/agent/policy'
import {
  agentRecord,
  agentToEdit,
  headquartersToSet,
  invitationForm,
  listAgents,
  listAgentsInput,
  roleToChange,
  type AgentLine,
} from '../../resources/agent/queries/directory.server'
import { makeCalendarAddress, stopCalendar } from '../../resources/calendar-feed/commands.server'
import { mayHaveCalendar, mayStopCalendar } from '../../resources/calendar-feed/policy'
import { calendarMadeOn } from '../../resources/calendar-feed/queries.server'
import { ownProfile } from '../../resources/agent/queries/profile.server'
import { mayStartImport } from '../../resources/import/policy'
import { agentsFile } from '../../resources/import/queries/form.server'
import { agentToDelete, agentToPush, servicesToSwitchTo } from '../../resources/agent/queries/transfer.server'
import {
  whyNotInUse,
  whyNotInvitedAgain,
  whyNotReactivated,
  whyNotUnlockable,
} from '../../resources/agent/rules'
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
  visibleTo: accountsVisibleTo,
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
    deletedAt: true,
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
      headquartersId: 'Siège',
      email: 'E-mail professionnel',
      phone: 'Téléphone',
      phoneIsProfessional: 'C’est un numéro professionnel',
      sharesPhone: 'Montrer mon téléphone aux personnes que je suis',
      sharesEmail: 'Montrer mon e-mail aux personnes que je suis',
      presentPassword: 'Mot de passe actuel',
      password: 'Nouveau mot de passe',
      passwordAgain: 'Nouveau mot de passe, une seconde fois',
    },
    hints: {
      email: 'Celle avec laquelle l’agent se connecte, et où ses liens arrivent.',
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
      {
        key: 'role',
        label: 'Fonction',
        cell: (line, actor) => ({
          text: roleNames[line.role],
          ...(line.organization !== actor.organization.name && { sub: line.organization }),
        }),
      },
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
      { name: 'unused', label: 'Sans connexion depuis 6 mois', kind: 'checkbox' },
    ],
    empty: {
      title: 'Aucun agent ne répond à ces filtres',
      hint: 'Effacez les filtres, ou ajoutez l’agent qui manque.',
    },
    read: (ctx, { filters, page, perPage }) =>
      listAgents(ctx, listAgentsInput.parse({ ...filters, page, perPage })),
  },
  actions: (act) => ({
    add: act.resourceScreen({
      may: mayInviteAnyone,
      read: invitationForm,
      screen: 'AddAgent',
      look: 'main',
      icon: 'plus',
      words: { button: 'Ajouter un agent' },
    }),
    new: act.resource({
      command: inviteAgent,
      may: mayInviteAnyone,
      read: invitationForm,
      elsewhere: true,
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
    pull: act.resource({
      command: pullAgent,
      may: mayPullAgents,
      // Confirmed there, under the effects it has.
      read: invitationForm,
      screen: 'AddAgent',
      elsewhere: true,
      words: {
        button: 'Confirmer la mutation',
        done: (moved) => `${fullName(moved)} a rejoint ${moved.service}. ${saidLeft(moved)}`,
      },
      next: ({ id }) => paths.agent(id),
    }),
    unlock: act.record('agentId', {
      command: unlockAgent,
      may: (actor, agent) => mayOnAgent(actor, 'unlock', agent),
      whyNot: whyNotUnlockable,
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
      whyNot: whyNotInvitedAgain,
      words: { button: 'Renvoyer l’invitation', done: () => 'Invitation renvoyée.' },
      immediate: true,
      elsewhere: true,
    }),
    reactivate: act.record('agentId', {
      command: reactivateAgent,
      may: mayReactivate,
      whyNot: whyNotReactivated,
      words: {
        button: 'Réactiver le compte',
        done: () => 'Compte réactivé\u00a0: l’agent reçoit un e-mail pour choisir son mot de passe.',
      },
      look: 'main',
      immediate: true,
      elsewhere: true,
      next: ({ id }) => paths.agent(id),
    }),
    edit: act.record('agentId', {
      command: editAgent,
      may: mayEditOther,
      whyNot: whyNotInUse,
      read: agentToEdit,
      words: {
        button: 'Modifier',
        title: 'Modifier un compte',
        lede: 'L’agent se connecte avec l’adresse e-mail. Changée, elle est confirmée par un e-mail à la nouvelle adresse.',
        submit: 'Enregistrer',
        done: () => 'Compte modifié.',
      },
    }),
    changeRole: act.record('agentId', {
      command: changeAgentRole,
      may: (actor, agent) => rolesGivenBy(actor, agent).length > 0,
      whyNot: whyNotInUse,
      read: roleToChange,
      about: ({ persons }) =>
        persons === 0
          ? 'Cet agent n’est référent de personne.'
          : `Cet agent est référent de ${count(persons, 'personne', 'personnes')}. Avec une fonction qui ne suit personne, ${persons === 1 ? 'elle n’a' : 'elles n’ont'} plus de référent.`,
      words: {
        button: 'Changer la fonction',
        lede: 'Les sessions ouvertes de l’agent seront fermées.',
        submit: 'Changer la fonction',
        done: () => 'Fonction changée.',
      },
    }),
    setHeadquarters: act.record('agentId', {
      command: setAgentHeadquarters,
      may: (actor, agent) => mayOnAgent(actor, 'setHeadquarters', agent),
      whyNot: whyNotInUse,
      read: headquartersToSet,
      words: {
        button: 'Siège',
        title: 'Siège de l’agent',
        lede: 'Un administrateur local d’un siège est nommé dans chacun de ses services. En SPIP, lui, les psychologues et les surveillants y changent de service d’eux-mêmes.',
        submit: 'Enregistrer',
        done: () => 'Siège enregistré.',
      },
    }),
    push: act.record('agentId', {
      command: pushAgent,
      may: mayPush,
      whyNot: whyNotInUse,
      read: agentToPush,
      about: (left) =>
        `${agentName(left)}. ${saidToBeLeft(left)} L’agent garde sa fonction et son mot de passe\u00a0; ses sessions se ferment. Un e-mail le lui dit, et un autre aux administrateurs locaux du service qu’il quitte.`,
      words: {
        button: 'Muter vers un autre service',
        title: 'Muter un agent',
        submit: 'Confirmer la mutation',
        done: (moved) => `${fullName(moved)} a rejoint ${moved.service}. ${saidLeft(moved)}`,
      },
      next: () => paths.agents,
    }),
    delete: act.record('agentId', {
      command: deleteAgent,
      may: (actor, agent) => mayOnAgent(actor, 'delete', agent),
      whyNot: whyNotInUse,
      read: agentToDelete,
      about: (left) =>
        `${agentName(left)}. ${saidToBeLeft(left)} L’agent ne peut plus se connecter, dès maintenant. Son nom et sa fonction restent un an dans les traces\u00a0; jusque-là, le compte peut être réactivé.`,
      words: {
        button: 'Supprimer',
        title: 'Supprimer le compte d’un agent',
        submit: 'Supprimer le compte',
        done: (left) => `Compte supprimé. ${saidLeft(left)}`,
      },
      look: 'danger',
      next: () => paths.agents,
    }),
    profile: act.resource({
      command: updateProfile,
      may: mayEditThemself,
      read: profileForm,
      elsewhere: true,
      screen: 'OwnProfile',
      withForm: true,
      words: {
        button: 'Mon profil',
        submit: 'Enregistrer mon profil',
        done: () => 'Profil enregistré.',
      },
      ofReader: (name) => name,
      next: () => paths.home,
    }),
    makeCalendarAddress: act.resource({
      command: makeCalendarAddress,
      given: { renews: false },
      may: mayHaveCalendar,
      words: { button: 'Créer une adresse', done: () => 'Adresse créée\u00a0: copiez-la maintenant.' },
      immediate: true,
      elsewhere: true,
    }),
    renewCalendarAddress: act.resource({
      command: makeCalendarAddress,
      given: { renews: true },
      may: mayHaveCalendar,
      words: {
        button: 'Renouveler l’adresse',
        done: () => 'Adresse renouvelée\u00a0: l’ancienne ne montre plus rien.',
      },
      immediate: true,
      elsewhere: true,
    }),
    stopCalendar: act.resource({
      command: stopCalendar,
      may: mayStopCalendar,
      words: {
        button: 'Arrêter l’abonnement',
        done: () => 'Abonnement arrêté\u00a0: l’adresse ne montre plus rien.',
      },
      look: 'danger',
      immediate: true,
      elsewhere: true,
    }),
    switchOrganization: act.resource({
      command: switchOrganization,
      may: maySwitch,
      read: servicesToSwitchTo,
      elsewhere: true,
      about: ({ persons }) =>
        `Vos sessions restent ouvertes, et personne n’est prévenu.${persons === 0 ? '' : ` Vous restez référent de ${count(persons, 'personne', 'personnes')}.`}`,
      words: {
        button: 'Changer de service',
        lede: 'Vous verrez les personnes, les lieux et les agendas du service choisi et de son ressort, et plus ceux du service actuel. Vous pourrez revenir de la même façon.',
        submit: 'Changer de service',
        done: ({ organization }) => `Vous êtes maintenant dans le service ${organization.name}.`,
      },
      ofReader: (place) => place,
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
  const { version, firstName, lastName, email, phone, mayShare, ...own } = await ownProfile(ctx)
  const { phoneIsProfessional, sharesPhone, sharesEmail } = own
  return {
    version,
    values: {
      ...{ firstName, lastName, phone: phone && formatPhone(phone) },
      ...{ phoneIsProfessional, sharesPhone, sharesEmail },
    },
    notAsked: mayShare ? [] : ['phoneIsProfessional', 'sharesPhone', 'sharesEmail'],
    /** What the preview of what persons see is made of, beside what is typed. */
    email,
    mayShare,
    calendar: await ownCalendar(ctx),
  }
}

/** What the profile says of the agent's calendar; one that was made stays to be stopped when the role is lost. */
async function ownCalendar(ctx: Context<AgentActor>) {
  const mayMake = mayHaveCalendar(ctx.actor)
  const madeOn = mayStopCalendar(ctx.actor) ? await calendarMadeOn(ctx) : null
  return mayMake || madeOn ? { madeOn, mayMake } : null
}

interface Left {
  persons: number
  appointments: number
}

/** What stays in the service, before. */
function saidToBeLeft({ persons, appointments }: Left): string {
  const lines = [
    persons > 0 && `${count(persons, 'personne', 'personnes')} de son suivi, sans référent`,
    appointments > 0 &&
      `${count(appointments, 'convocation à venir', 'convocations à venir')} après aujourd’hui, sans agent`,
  ].filter((line) => line !== false)
  return lines.length > 0
    ? `Restent dans le service\u00a0: ${lines.join('\u00a0; ')}.`
    : 'Cet agent n’est référent de personne et n’a pas de convocation à venir.'
}

/** And after. */
function saidLeft({ persons, appointments }: Left): string {
  const lines = [
    persons > 0 && `${count(persons, 'personne n’a plus', 'personnes n’ont plus')} de référent`,
    appointments > 0 && `${count(appointments, 'convocation n’a plus', 'convocations n’ont plus')} d’agent`,
  ].filter((line) => line !== false)
  return lines.length > 0 ? `${lines.join(', ')}.` : ''
}

function stateCell(line: AgentLine): CellValue {
  const { word, tone } = accountStateWords[line.state]
  return { text: word, tone, ...(line.state === 'locked' && { icon: 'lock' as const }) }
}
