import type { AppointmentTypeCode } from '../appointment-type/catalogue'
import type { OwnState, SpaceState } from './rules'
import type { SpaceMessageKind } from '../message/template/schema'

export const spaceRefusals = {
  'space.not_enabled': 'L’espace personnel n’est pas ouvert dans ce service.',
  'space.revoked': 'L’accès de cette personne a été fermé.',
  'space.already_open': 'Cette personne a déjà créé son espace.',
  'space.no_invitation_left': 'Il ne reste plus d’invitation à envoyer.',
  'space.invited_today': 'Une invitation est partie il y a moins d’un jour.',
  'space.sms_refused': 'Cette personne refuse les SMS.',
  'space.no_phone': 'Cette personne n’a pas de portable enregistré.',
  'space.dead_number': 'Les derniers SMS à ce numéro ne sont pas arrivés\u00a0: corrigez-le d’abord.',
  'space.no_paper': 'Ce service n’invite pas sur papier.',
  'space.sms_arrives': 'Cette personne reçoit les SMS\u00a0: invitez-la par SMS.',
  'space.nothing_to_close': 'Cette personne n’a pas d’accès à fermer.',
  'space.nothing_to_reset': 'Cette personne n’a pas d’accès à rouvrir.',
  'space.read_only': 'Rien n’a changé\u00a0: votre dossier se lit encore, mais ne change plus.',
  'space.link_over': 'Ce lien n’est plus valable.',
  'space.password_guessable':
    'Ce mot de passe est trop facile à deviner. Prenez quatre mots sans rapport entre eux.',
  'space.present_password_wrong': 'Ce n’est pas votre mot de passe actuel.',
  'space.same_password': 'C’est déjà votre mot de passe. Choisissez-en un autre.',
} satisfies Record<`space.${string}`, string>

/** A number of nobody, as one is typed; in one piece at the end of a line. */
export const phoneExample = '06\u00a039\u00a098\u00a012\u00a034'

/** The state of the space, in a word or a few, for agents. */
export const spaceStateWords: Record<SpaceState, { word: string; tone: 'ok' | 'warn' | 'info' | 'off' }> = {
  never: { word: 'Sans invitation', tone: 'off' },
  invited: { word: 'Invitation envoyée', tone: 'info' },
  reinvited: { word: 'Relance envoyée', tone: 'info' },
  open: { word: 'Espace créé', tone: 'ok' },
  revoked: { word: 'Accès fermé', tone: 'warn' },
}

/** Told to who may not, so that they know whom to ask. */
export const whoInvites =
  'Seuls l’agent référent, un DPIP ou un administrateur local d’un service qui suit la personne peuvent l’inviter.'
export const whoResets =
  'Un DPIP d’un service qui suit la personne, ou un administrateur central, peut réinitialiser l’accès.'

/** The state of an appointment, as its person is told. */
export const ownStateWords: Record<
  OwnState,
  { word: string; tone: 'info' | 'success' | 'warning' | 'none' }
> = {
  to_come: { word: 'À venir', tone: 'info' },
  past: { word: 'Passé', tone: 'none' },
  attended: { word: 'Vous y étiez', tone: 'success' },
  missed: { word: 'Absence', tone: 'warning' },
  excused: { word: 'Absence excusée', tone: 'none' },
  cancelled: { word: 'Annulé', tone: 'none' },
  rescheduled: { word: 'Déplacé', tone: 'none' },
}

const follow = 'Vous rencontrez votre conseiller, qui fait le point avec vous.'
const firstMeeting =
  'C’est le premier rendez-vous après le jugement. On vous explique la suite et vos obligations.'
const atJudge = 'Le juge vérifie avec vous comment se passe votre suivi.'
const equipment = 'Venez au lieu indiqué, ou soyez chez vous si votre papier le dit.'

/** What happens at each kind of appointment, in simple words: neither the measure, nor the offence. */
export const ownHelp: Record<AppointmentTypeCode, string> = {
  hearing_exit_sentence_judge: firstMeeting,
  hearing_exit_probation: firstMeeting,
  electronic_tag_fitting: `${equipment} Un agent vous explique comment cela marche.`,
  sentence_judge_follow_up: atJudge,
  adversarial_hearing: 'Le juge vous écoute avant de décider. Le procureur et un greffier sont là.',
  anti_terrorism_judge: atJudge,
  first_probation_follow_up: 'Vous rencontrez votre conseiller pour la première fois.',
  probation_follow_up: follow,
  article_741_1: 'C’est le rendez-vous qui suit votre sortie. Vous rencontrez le service qui vous suit.',
  community_service_placement: 'Vous rencontrez les personnes chez qui vous allez travailler.',
  home_visit: 'Votre conseiller vient chez vous. Soyez là à l’heure dite.',
  phone_appointment: 'Restez joignable, et décrochez même si le numéro est masqué.',
  electronic_monitoring: `${equipment} On fait le point avec vous.`,
  course: 'Soyez à l’heure, et restez pendant toute la durée.',
  probation_recall: 'Votre conseiller fait le point avec vous, et vous rappelle vos obligations.',
  group_session: 'Vous êtes en groupe. Soyez à l’heure, et restez jusqu’à la fin.',
}

export const spaceHistory = {
  'space.invited': () => 'Invitation à l’espace personnel envoyée par SMS',
  'space.invited_again': () => 'Invitation à l’espace personnel relancée par SMS',
  'space.handed_over': () => 'Invitation à l’espace personnel remise sur papier',
  'space.printed_again': () =>
    'Invitation sur papier imprimée de nouveau\u00a0: la première feuille n’ouvre plus rien',
  'space.opened': () => 'Espace personnel créé par la personne',
  'space.sms_refused': () => 'SMS refusés par la personne, depuis son espace',
  'space.sms_taken_again': () => 'SMS acceptés de nouveau par la personne, depuis son espace',
  'space.revoked': () => 'Accès à l’espace personnel fermé',
  'space.reset': () => 'Accès à l’espace personnel rouvert\u00a0: la personne peut être invitée de nouveau',
}

const invitationText = (rank: number) =>
  rank > 1
    ? 'Mon Suivi Justice\u00a0: votre espace personnel vous attend. Lien valable 7 jours\u00a0:'
    : 'Mon Suivi Justice\u00a0: ouvrez votre espace personnel. Lien valable 7 jours\u00a0:'

/**
 * What an SMS of the space says before its link, if it has one. Neither name, nor service, nor sentence: whoever reads
 * over a shoulder learns nothing.
 */
export function spaceSmsText(kind: SpaceMessageKind, invitationRank: number): string {
  switch (kind) {
    case 'space_invitation':
      return invitationText(invitationRank)
    case 'space_reset':
      return 'Mon Suivi Justice\u00a0: choisissez un nouveau mot de passe. Lien valable 30 min\u00a0:'
    case 'space_password_changed':
      return 'Mon Suivi Justice\u00a0: le mot de passe de votre espace a changé. Ce n’est pas vous\u00a0? Appelez votre service.'
    case 'space_new_number':
      return 'Mon Suivi Justice\u00a0: votre espace s’ouvre maintenant avec ce numéro. Mot de passe oublié\u00a0? Demandez-en un autre sur le site.'
  }
}
