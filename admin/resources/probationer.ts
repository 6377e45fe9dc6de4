import { bookAppointment, registerAndBook } from '../../resources/appointment/commands/book.server'
import { mayOpenBooking } from '../../resources/appointment/policy'
import { bookingForm } from '../../resources/appointment/queries/booking-form.server'
import { mayStartImport } from '../../resources/import/policy'
import { probationersFile } from '../../resources/import/queries/form.server'
import { transferPerson } from '../../resources/divestment/commands/request.server'
import { cityChangedSentence } from '../../resources/divestment/fr'
import { mayUseDivestmentDesk } from '../../resources/divestment/policy'
import { personToTransfer } from '../../resources/divestment/queries/record.server'
import { whyNotTransferred } from '../../resources/divestment/rules'
import { savedSentence } from '../../resources/message/fr'
import { archiveProbationer, unarchiveProbationer } from '../../resources/probationer/commands/archive.server'
import { deleteProbationer } from '../../resources/probationer/commands/delete.server'
import { assignToMe, enableSms, unassign } from '../../resources/probationer/commands/follow-up.server'
import { chooseAgent, handOver, takeBack } from '../../resources/probationer/commands/hand-over.server'
import { agentToChoose, agentToHandOverTo } from '../../resources/probationer/queries/agents-in-charge.server'
import { changeCity } from '../../resources/probationer/commands/change-city.server'
import { lookUpIdentity } from '../../resources/probationer/commands/look-up.server'
import { mergeProbationers } from '../../resources/probationer/commands/merge.server'
import { registerProbationer } from '../../resources/probationer/commands/register.server'
import { updateProbationer } from '../../resources/probationer/commands/update.server'
import {
  mayOnProbationer,
  mayWithProbationers,
  erasureFacts,
  probationerFacts,
  probationersConvokableBy,
  probationersVisibleTo,
} from '../../resources/probationer/policy'
import { listProbationers, type ProbationerLine } from '../../resources/probationer/queries/list.server'
import { mergePreview } from '../../resources/probationer/queries/merge.server'
import { readTraces } from '../../resources/probationer/queries/read-traces.server'
import {
  probationerRecord,
  probationerToEdit,
  whatArchivingDoes,
  whatDeletingDoes,
} from '../../resources/probationer/queries/record.server'
import {
  initialOf,
  whyNotArchivable,
  whyNotAssignable,
  whyNotCityChanged,
  whyNotConvokable,
  whyNotDeletable,
  whyNotEditable,
  whyNotSmsEnabled,
  whyNotUnarchivable,
  whyNotUnassignable,
} from '../../resources/probationer/rules'
import { askForReport } from '../../resources/retention/commands/foresee.server'
import { endingsAsked, warnedDays, type EndingAsked } from '../../resources/retention/rules'
import { liftLimitation } from '../../resources/rights-request/commands/answer.server'
import { recordRequest } from '../../resources/rights-request/commands/record.server'
import { requestKindWords } from '../../resources/rights-request/fr'
import { whyNotLifted } from '../../resources/rights-request/rules'
import type { AgentActor } from '../../resources/shared/actor'
import { civilDateFromDb } from '../../resources/shared/civil-time'
import type { Context } from '../../resources/shared/context'
import { optionalId } from '../../resources/shared/fields'
import {
  agentName,
  count,
  formatBirth,
  formatBriefDay,
  formatHour,
  formatShortDate,
  fullName,
} from '../../resources/shared/french'
import { formatPhone } from '../../resources/shared/phone'
import { mayUseCentralConsole } from '../../resources/shared/rights'
import {
  handInvitationOver,
  inviteToSpace,
  resetSpaceAccess,
  revokeSpace,
} from '../../resources/probationer-space/commands/invite.server'
import { spaceStateWords } from '../../resources/probationer-space/fr'
import {
  invitableOf,
  spaceFacts,
  spaceStates,
  whyNotHandedOver,
  whyNotInvitedBySms,
  whyNotReset,
  whyNotRevoked,
} from '../../resources/probationer-space/rules'
import { recordPhoneCalls, takeBackPhoneCalls } from '../../resources/unreached/commands.server'
import { mayOpenUnreached, personsToCall } from '../../resources/unreached/policy'
import type { CellValue } from '../define/cells'
import type { ListRequest } from '../define/list'
import type { ResultOf } from '../define/action'
import { defineResource } from '../define/resource'
import { paths } from '../paths'

const endingWords: Record<EndingAsked, string> = {
  any: 'Bientôt archivées ou effacées',
  archived: 'Bientôt archivées',
  erased: 'Bientôt effacées',
}

export const probationers = defineResource('Probationer', {
  visibleTo: probationersVisibleTo,
  mayOpen: (actor) => mayWithProbationers(actor, 'index'),
  navigation: { section: 'daily', icon: 'people' },
  title: 'lastName',
  columns: ['lastName', 'firstName'],
  nameOf: ({ dateOfBirth, ...person }, actor) =>
    // Beyond the jurisdiction, the minimum.
    mayOnProbationer(actor, 'show', person)
      ? [fullName(person), dateOfBirth && formatShortDate(civilDateFromDb(dateOfBirth))]
          .filter(Boolean)
          .join(', ')
      : `${initialOf(person.lastName)} ${person.firstName}`,
  facts: {
    ...probationerFacts,
    ...erasureFacts,
    ...spaceFacts,
    lastName: true,
    firstName: true,
    dateOfBirth: true,
  },
  words: {
    plural: 'Probationnaires',
    noun: ['personne', 'personnes'],
    columns: { lastName: 'Nom', firstName: 'Prénom' },
    values: { kind: requestKindWords },
    fields: {
      agentId: 'Référent',
      organizationId: 'Nouveau service',
      reason: 'Raison',
      kind: 'Ce que la personne demande',
      receivedOn: 'Demande reçue le',
    },
  },
  record: { read: probationerRecord, idField: 'probationerId', screen: 'ProbationerRecord' },
  list: {
    columns: [
      {
        key: 'name',
        label: 'Nom',
        cell: (line: ProbationerLine, { organization }) => {
          const under = [
            // The reader knows their own service.
            !line.organizations.includes(organization.name) && line.organizations.join(', '),
            line.archivedOn && `Archivée le ${formatShortDate(line.archivedOn)} si rien ne change`,
          ].filter(Boolean)
          return {
            text: fullName(line),
            to: paths.probationer(line.id),
            ...(under.length > 0 && { sub: under.join('. ') }),
          }
        },
      },
      {
        key: 'birth',
        label: 'Naissance',
        unbroken: true,
        cell: ({ dateOfBirth }) => dateOfBirth && formatShortDate(dateOfBirth),
      },
      { key: 'appi', label: 'N° APPI', unbroken: true, named: true, cell: (line) => line.appiNumber },
      { key: 'phone', label: 'Portable', unbroken: true, cell: ({ phone }) => phone && formatPhone(phone) },
      {
        key: 'agent',
        label: 'Référent',
        cell: ({ assignedAgent: agent }) => agent && agentName(agent),
      },
      { key: 'next', label: 'Prochaine convocation', unbroken: true, cell: nextCell },
      { key: 'act', label: '', end: true, cell: actCell },
    ],
    filters: [
      { name: 'text', label: 'Personne', kind: 'text', hint: 'Nom, téléphone, naissance, n° APPI' },
      { name: 'agentId', label: 'Référent', kind: 'select', all: 'Tous' },
      { name: 'mine', label: 'Mes suivis', kind: 'checkbox' },
      { name: 'withoutAppointment', label: 'Sans convocation à venir', kind: 'checkbox' },
      { name: 'wholeJurisdiction', label: 'Tout le ressort', kind: 'checkbox' },
      {
        name: 'ending',
        label: `Fin de la fiche, sous ${warnedDays} jours`,
        kind: 'select',
        all: 'Toutes les fiches',
        options: endingsAsked.map((value) => ({ value, label: endingWords[value] })),
        rare: true,
      },
      {
        name: 'space',
        label: 'Espace personnel',
        kind: 'select',
        all: 'Tous',
        options: spaceStates.map((value) => ({ value, label: spaceStateWords[value].word })),
        rare: true,
      },
    ],
    empty: {
      title: 'Aucune personne ne répond à ces filtres',
      hint: 'Élargissez à tout le ressort, ou cherchez par téléphone, date de naissance ou numéro APPI.',
    },
    choices: 'probationerChoices',
    files: {
      addresses: [{ address: 'files/probationnaires.csv', label: 'CSV' }],
      may: (actor) => mayWithProbationers(actor, 'exportOwn'),
      only: (actor) => (mayWithProbationers(actor, 'exportList') ? null : 'vos suivis seulement'),
    },
    bulkActionsOf: ({ mayHandOver }) => (mayHandOver ? ['handOver'] : []),
    read: (ctx, { filters, page, perPage }) => readList(ctx, filters, page, perPage),
  },
  actions: (act) => ({
    registerAndConvoke: act.resource({
      command: registerAndBook,
      may: mayOpenBooking,
      read: bookingForm,
      screen: 'Book',
      look: 'main',
      icon: 'plus',
      words: { button: 'Enregistrer et convoquer', done: () => 'Convocation enregistrée.' },
      // The top bar has it on every page.
      elsewhere: true,
    }),
    register: act.resource({
      command: registerProbationer,
      may: (actor) => mayWithProbationers(actor, 'index'),
      words: { button: 'Enregistrer sans convoquer', done: () => 'Personne enregistrée.' },
      elsewhere: true,
      screen: 'Book',
      next: ({ id }) => paths.probationer(id),
    }),
    lookUp: act.resource({
      command: lookUpIdentity,
      may: (actor) => mayWithProbationers(actor, 'lookUp'),
      screen: 'LookUpIdentity',
      icon: 'search',
      words: {
        button: 'Chercher hors du ressort',
        title: 'Chercher une personne hors du ressort',
        lede: 'Par son identité exacte, une seule personne ou aucune. Chaque recherche est tracée.',
        done: ({ found }) => (found ? 'Une personne trouvée.' : 'Personne.'),
      },
    }),
    foresee: act.resource({
      command: askForReport,
      may: mayUseCentralConsole,
      immediate: true,
      icon: 'clock',
      words: {
        button: 'Ce que la nuit effacera',
        done: ({ archived, erased }) =>
          `La nuit prochaine\u00a0: ${count(archived, 'fiche archivée', 'fiches archivées')}, ${count(erased, 'fiche effacée', 'fiches effacées')}. Rien n’est fait\u00a0: la liste vous est envoyée par e-mail.`,
      },
    }),
    importMany: act.resourceScreen({
      may: (actor) => mayStartImport(actor, 'probationers'),
      read: probationersFile,
      screen: 'UploadFile',
      words: {
        button: 'Importer d’APPI',
        title: 'Importer des personnes suivies',
        lede: 'Chaque ligne finit dans le rapport\u00a0: créée, rattachée, laissée de côté ou refusée, avec sa raison.',
      },
    }),
    changeCity: act.record('probationerId', {
      command: changeCity,
      may: (actor) => mayWithProbationers(actor, 'lookUp'),
      whyNot: whyNotCityChanged,
      reaches: probationersConvokableBy,
      // In the jurisdiction the form of the record does it.
      elsewhere: true,
      immediate: true,
      words: {
        button: 'Changer la commune',
        done: cityChangedSentence,
      },
    }),
    convoke: act.record('probationerId', {
      command: bookAppointment,
      may: mayOpenBooking,
      whyNot: (person, _now, actor) => whyNotConvokable(actor, person),
      reaches: probationersConvokableBy,
      read: bookingForm,
      screen: 'Book',
      look: 'main',
      icon: 'plus',
      words: { button: 'Convoquer', done: () => 'Convocation enregistrée.' },
    }),
    edit: act.record('probationerId', {
      command: updateProbationer,
      may: (actor, person) => mayOnProbationer(actor, 'edit', person),
      whyNot: whyNotEditable,
      read: probationerToEdit,
      screen: 'EditProbationer',
      icon: 'pen',
      words: {
        button: 'Modifier',
        title: 'Modifier la fiche',
        done: ({ messages, services, divestment }) =>
          [
            savedSentence('La fiche est enregistrée', messages),
            (divestment !== null || services.length > 0) && cityChangedSentence({ services, divestment }),
          ]
            .filter(Boolean)
            .join(' '),
      },
    }),
    assignToMe: act.record('probationerId', {
      command: assignToMe,
      may: (actor, person) => mayOnProbationer(actor, 'assignToMe', person),
      whyNot: whyNotAssignable,
      words: { button: 'Me l’attribuer', done: () => 'Vous êtes maintenant son référent.' },
      immediate: true,
      elsewhere: true,
    }),
    unassign: act.record('probationerId', {
      command: unassign,
      may: (actor, person) => mayOnProbationer(actor, 'unassign', person),
      whyNot: whyNotUnassignable,
      words: {
        button: 'Rendre le suivi au service',
        done: () => 'Le suivi est rendu au service.',
      },
      immediate: true,
      elsewhere: true,
    }),
    chooseAgent: act.record('probationerId', {
      command: chooseAgent,
      may: (actor, person) => mayOnProbationer(actor, 'chooseAgent', person),
      whyNot: whyNotEditable,
      read: agentToChoose,
      // Beside the agent's name.
      elsewhere: true,
      words: {
        button: 'Changer le référent',
        title: 'Choisir le référent',
        submit: 'Enregistrer',
        done: ({ agent }) => `Le suivi est confié à ${agent}.`,
      },
    }),
    handOver: act.bulk('probationerIds', {
      command: handOver,
      may: (actor, person) => mayOnProbationer(actor, 'handOver', person),
      whyNot: whyNotEditable,
      read: agentToHandOverTo,
      undo: 'takeBack',
      words: {
        button: 'Confier à un agent',
        title: 'Confier ces personnes à un agent',
        lede: 'Il devient leur référent, à la place de celui qu’elles avaient.',
        submit: 'Confier',
        done: ({ count: given, agent }) =>
          given === 0
            ? `${agent} en était déjà le référent.`
            : `${count(given, 'personne confiée', 'personnes confiées')} à ${agent}.`,
      },
    }),
    takeBack: act.bulk('probationerIds', {
      command: takeBack,
      may: (actor, person) => mayOnProbationer(actor, 'handOver', person),
      immediate: true,
      elsewhere: true,
      words: {
        button: 'Annuler l’attribution',
        done: ({ count: taken }) =>
          `Attribution annulée\u00a0: ${count(taken, 'personne rendue', 'personnes rendues')} à qui les suivait.`,
      },
    }),
    recordPhoneCalls: act.bulk('probationerIds', {
      command: recordPhoneCalls,
      may: mayOpenUnreached,
      reaches: personsToCall,
      immediate: true,
      elsewhere: true,
      undo: 'takeBackPhoneCalls',
      words: {
        button: 'Prévenue par téléphone',
        done: ({ called }) =>
          `Noté\u00a0: ${count(called, 'personne prévenue', 'personnes prévenues')} par téléphone.`,
      },
    }),
    takeBackPhoneCalls: act.bulk('probationerIds', {
      command: takeBackPhoneCalls,
      may: mayOpenUnreached,
      reaches: personsToCall,
      immediate: true,
      elsewhere: true,
      words: {
        button: 'Remettre à prévenir',
        done: ({ takenBack }) =>
          `${count(takenBack, 'personne est', 'personnes sont')} de nouveau à prévenir.`,
      },
    }),
    export: act.recordScreen('probationerId', {
      may: (actor, person) => mayOnProbationer(actor, 'export', person),
      screen: 'ExportPerson',
      words: {
        button: 'Toutes ses données',
        title: 'Toutes les données de cette personne',
        lede: 'À remettre à la personne qui demande à voir ce que l’outil garde d’elle (droit d’accès). L’export est tracé.',
      },
    }),
    archive: act.record('probationerId', {
      command: archiveProbationer,
      may: (actor, person) => mayOnProbationer(actor, 'archive', person),
      whyNot: whyNotArchivable,
      read: whatArchivingDoes,
      look: 'danger',
      words: {
        button: 'Archiver',
        title: 'Archiver cette fiche\u00a0?',
        lede: 'Une fiche archivée se lit encore, mais ne se modifie plus\u00a0: plus de convocation, plus de SMS. Un administrateur local peut la désarchiver.',
        submit: 'Archiver la fiche',
        done: (archived) => `Fiche archivée\u00a0: elle sera effacée le ${formatBirth(archived.erasedOn)}.`,
      },
      about: ({ erasedOn: day, appointmentsToCome }) =>
        `Elle sera effacée le ${formatBirth(day)}.${
          appointmentsToCome > 0
            ? ` ${count(appointmentsToCome, 'convocation à venir reste à annuler', 'convocations à venir restent à annuler')}.`
            : ''
        }`,
    }),
    delete: act.record('probationerId', {
      command: deleteProbationer,
      may: (actor, person) => mayOnProbationer(actor, 'delete', person),
      whyNot: whyNotDeletable,
      read: whatDeletingDoes,
      look: 'danger',
      words: {
        button: 'Supprimer',
        title: 'Supprimer définitivement cette fiche\u00a0?',
        lede: 'Tout ce qui concerne cette personne disparaît aussitôt, dans tous les services, et rien ne le ramène\u00a0: identité, numéro, convocations, SMS, historique, dessaisissements, espace personnel. Les places à venir sont libérées, les SMS prévus ne partent pas. Seuls restent des comptes sans nom, pour les statistiques.',
        submit: 'Supprimer définitivement',
        done: () => 'Fiche supprimée\u00a0: il n’en reste rien.',
      },
      about: whatGoes,
      next: () => paths.probationers,
    }),
    transfer: act.record('probationerId', {
      command: transferPerson,
      may: mayUseDivestmentDesk,
      whyNot: whyNotTransferred,
      read: personToTransfer,
      icon: 'swap',
      words: {
        button: 'Transférer',
        title: 'Transférer cette fiche à un autre service',
        lede: 'Sur la demande écrite des services\u00a0: elle passe aussitôt au service choisi et à ceux qui lui sont liés. Les services d’avant ne la voient plus, et l’agent référent est retiré.',
        submit: 'Transférer la fiche',
        done: ({ service, isArchived }) =>
          `La fiche passe à ${service}.${isArchived ? ' Elle reste archivée.' : ''}`,
      },
      about: ({ services, toCome }) =>
        `Suivie par ${services.join(', ') || 'aucun service'}.${
          toCome > 0
            ? ` ${count(toCome, 'convocation à venir reste là où elle est', 'convocations à venir restent là où elles sont')}.`
            : ''
        }`,
    }),
    unarchive: act.record('probationerId', {
      command: unarchiveProbationer,
      may: (actor, person) => mayOnProbationer(actor, 'unarchive', person),
      whyNot: whyNotUnarchivable,
      words: {
        button: 'Désarchiver',
        done: ({ messages }) => savedSentence('La fiche est désarchivée', messages),
      },
      look: 'main',
      immediate: true,
      elsewhere: true,
    }),
    merge: act.record('probationerId', {
      command: mergeProbationers,
      may: (actor, person) => mayOnProbationer(actor, 'merge', person),
      read: mergePreview,
      screen: 'MergeRecords',
      icon: 'swap',
      words: {
        button: 'Fusionner',
        title: 'Fusionner deux fiches de la même personne',
        done: ({ messages }) => savedSentence('Les deux fiches n’en font plus qu’une', messages),
      },
    }),
    readTraces: act.recordScreen('probationerId', {
      may: (actor, person) => mayOnProbationer(actor, 'readTraces', person),
      read: readTraces,
      screen: 'ReadTraces',
      elsewhere: true,
      words: { button: 'Qui a ouvert cette fiche' },
    }),
    recordRequest: act.record('probationerId', {
      command: recordRequest,
      may: (actor, person) => mayOnProbationer(actor, 'recordRequest', person),
      elsewhere: true,
      words: {
        button: 'Enregistrer une demande',
        title: 'Enregistrer une demande sur ses données',
        lede: 'Accès, rectification, effacement ou limitation\u00a0: la réponse est due dans le mois. Le droit d’opposition n’existe pas ici.',
        submit: 'Enregistrer la demande',
        done: ({ dueOn }) => `Demande enregistrée\u00a0: à répondre avant le ${formatBirth(dueOn)}.`,
      },
    }),
    liftLimitation: act.record('probationerId', {
      command: liftLimitation,
      may: (actor, person) => mayOnProbationer(actor, 'answerRequest', person),
      whyNot: whyNotLifted,
      elsewhere: true,
      words: {
        button: 'Lever la limitation',
        title: 'Lever la limitation\u00a0?',
        lede: 'La fiche sert de nouveau\u00a0: elle se modifie, la personne est convoquée et reçoit des SMS. Dites-le à la personne avant.',
        submit: 'Lever la limitation',
        done: ({ messages }) => savedSentence('La limitation est levée', messages),
      },
    }),
    enableSms: act.record('probationerId', {
      command: enableSms,
      may: (actor, person) => mayOnProbationer(actor, 'enableSms', person),
      whyNot: whyNotSmsEnabled,
      words: {
        button: 'Réactiver les SMS',
        done: ({ messages }) => savedSentence('Les SMS sont réactivés', messages),
      },
      immediate: true,
      elsewhere: true,
    }),
    inviteToSpace: act.record('probationerId', {
      command: inviteToSpace,
      may: (actor, person) => mayOnProbationer(actor, 'inviteToSpace', person),
      whyNot: (person, now) => whyNotInvitedBySms(invitableOf(person), now),
      words: {
        button: 'Inviter à son espace',
        done: ({ isAgain }) => (isAgain ? 'La relance part par SMS.' : 'L’invitation part par SMS.'),
      },
      immediate: true,
      elsewhere: true,
    }),
    handInvitationOver: act.record('probationerId', {
      command: handInvitationOver,
      may: (actor, person) => mayOnProbationer(actor, 'inviteToSpace', person),
      whyNot: (person, now) => whyNotHandedOver(invitableOf(person), now),
      screen: 'SpacePaper',
      elsewhere: true,
      words: { button: 'Inviter sur papier', done: () => 'Invitation préparée\u00a0: imprimez-la.' },
    }),
    revokeSpace: act.record('probationerId', {
      command: revokeSpace,
      may: (actor, person) => mayOnProbationer(actor, 'inviteToSpace', person),
      whyNot: whyNotRevoked,
      look: 'danger',
      elsewhere: true,
      words: {
        button: 'Fermer l’accès',
        title: 'Fermer l’accès à l’espace personnel',
        lede: 'Tout de suite, sur tous ses appareils. Les liens envoyés n’ouvrent plus rien. La personne garde ses convocations et ses SMS.',
        submit: 'Fermer l’accès',
        done: () => 'L’accès est fermé.',
      },
    }),
    resetSpaceAccess: act.record('probationerId', {
      command: resetSpaceAccess,
      may: (actor, person) => mayOnProbationer(actor, 'resetSpaceAccess', person),
      whyNot: whyNotReset,
      elsewhere: true,
      words: {
        button: 'Réinitialiser l’accès',
        title: 'Réinitialiser l’accès à l’espace personnel',
        lede: 'Le mot de passe actuel n’ouvre plus rien, et une nouvelle invitation devient possible.',
        submit: 'Réinitialiser l’accès',
        done: () => 'L’accès est réinitialisé\u00a0: la personne peut être invitée de nouveau.',
      },
    }),
  }),
})

function whatGoes({ appointments, appointmentsToCome, messages }: ResultOf<typeof whatDeletingDoes>): string {
  const toCome = appointmentsToCome > 0 ? ` (${appointmentsToCome} à venir)` : ''
  const goes = [
    appointments > 0 && `${count(appointments, 'convocation')}${toCome}`,
    messages > 0 && count(messages, 'SMS envoyé', 'SMS envoyés'),
  ].filter(Boolean)
  return goes.length > 0
    ? `Avec elle\u00a0: ${goes.join(', ')}.`
    : 'Cette personne n’a ni convocation ni SMS.'
}

/** What the address of the list asks of persons. */
export function filtersOfPersons(filters: ListRequest['filters']) {
  const agentId = optionalId.safeParse(filters.agentId).data ?? null
  const ending = endingsAsked.find((one) => one === filters.ending)
  const space = spaceStates.find((one) => one === filters.space)
  return {
    ...(filters.text && { text: filters.text }),
    mine: filters.mine === 'on',
    ...((agentId !== null || filters.agentId === 'none') && { agentId }),
    withoutAppointment: filters.withoutAppointment === 'on',
    wholeJurisdiction: filters.wholeJurisdiction === 'on',
    ...(ending && { ending }),
    ...(space && { space }),
  }
}

async function readList(
  ctx: Context<AgentActor>,
  filters: ListRequest['filters'],
  page: number,
  perPage: number,
) {
  const list = await listProbationers(ctx, { ...filtersOfPersons(filters), page, perPage })
  return {
    ...list,
    narrowed: list.narrowed
      ? { sentence: 'Seulement celles que suit votre service.', liftedBy: 'wholeJurisdiction' }
      : null,
  }
}

function nextCell({ nextAppointment: next, ...person }: ProbationerLine): CellValue {
  return (
    next && {
      text: `${formatBriefDay(next.date)}, ${formatHour(next.time)}`,
      to: paths.appointment(next.id),
      sub: next.label,
      label: `${formatBriefDay(next.date)}, ${formatHour(next.time)}, ${fullName(person)}`,
      kind: 'light',
    }
  )
}

function actCell(line: ProbationerLine): CellValue {
  if (line.erasedOn)
    return { text: `Archivée jusqu’au ${formatShortDate(line.erasedOn)}`, tone: 'off', icon: 'lock' }
  if (line.limited) return { text: 'Utilisation limitée', tone: 'off', icon: 'lock' }
  if (line.divestmentPendingFor)
    return { text: `Dessaisissement vers ${line.divestmentPendingFor}`, tone: 'warn', icon: 'swap' }
  const label = `Convoquer ${fullName(line)}`
  return line.mayBook ? { text: 'Convoquer', to: paths.convoke(line.id), kind: 'act', label } : null
}
