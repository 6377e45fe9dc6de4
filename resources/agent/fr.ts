import type { Role } from '../shared/actor'
import type { AccountState } from './rules'

export const accountStateWords: Record<AccountState, { word: string; tone: 'ok' | 'info' | 'bad' | 'warn' }> =
  {
    active: { word: 'Actif', tone: 'ok' },
    invited: { word: 'Invitation envoyée', tone: 'info' },
    charter_due: { word: 'Charte à accepter', tone: 'warn' },
    locked: { word: 'Compte bloqué', tone: 'bad' },
    deleted: { word: 'Compte supprimé', tone: 'warn' },
  }

export const roleNames: Record<Role, string> = {
  central_admin: 'Administrateur central',
  local_admin: 'Administrateur local',
  sentence_judge: 'JAP',
  court_secretary: 'Secrétariat SAP',
  sentence_clerk: 'Greffe SAP',
  head_sentence_clerk: 'Direction de greffe SAP',
  head_execution_clerk: 'Direction de greffe BEX',
  execution_office_agent: 'Agent BEX',
  prosecutor: 'Parquet',
  criminal_court_clerk: 'Greffe correctionnel',
  juvenile_court_clerk: 'Greffe TPE',
  guilty_plea_clerk: 'Greffe CRPC',
  appeal_court_clerk: 'Greffe de cour d’appel',
  probation_director: 'DPIP',
  probation_counsellor: 'CPIP',
  educator: 'Éducateur',
  psychologist: 'Psychologue',
  monitoring_officer: 'Surveillant',
  probation_secretary: 'Secrétariat SPIP',
}

export const agentRefusals = {
  'agent.password_guessable':
    'Ce mot de passe serait vite trouvé. Évitez votre nom, votre service, les suites et les mots seuls. Exemple\u00a0: quatre mots sans rapport entre eux.',
  'agent.link_over': 'Ce lien n’est plus valable\u00a0: il a déjà servi, ou son délai est passé.',
  'agent.charter_already_accepted': 'Vous avez déjà accepté cette charte.',
  'agent.charter_changed': 'Le texte de la charte vient de changer. Lisez-le avant d’accepter.',
  'agent.email_taken_here': 'Un agent de ce service a déjà cette adresse.',
  'agent.email_invited_here':
    'Cet agent est déjà invité dans ce service. Vous pouvez lui renvoyer l’invitation.',
  'agent.email_taken_same_kind':
    'Cette adresse est celle d’un agent d’un autre service. S’il rejoint le vôtre, demandez sa mutation.',
  'agent.email_taken_other_kind':
    'Cette adresse est celle d’un agent d’un autre type de service\u00a0: un tribunal ne reprend pas un agent d’un SPIP, ni l’inverse. Écrivez au support.',
  'agent.email_of_team':
    'Cette adresse est celle d’un administrateur central, qui ne change pas de service par mutation. Écrivez au support.',
  'agent.transfer_by_local_admin':
    'Cette adresse est celle d’un agent d’un autre service. Seul un administrateur local peut confirmer sa mutation\u00a0: demandez-lui.',
  'agent.email_deleted_here': 'L’agent de cette adresse a ici un compte supprimé. Réactivez-le.',
  'agent.email_deleted_elsewhere':
    'L’agent de cette adresse a un compte supprimé dans un autre service. Écrivez au support.',
  'agent.email_taken': 'Cette adresse est déjà utilisée.',
  'agent.moved_meanwhile':
    'Cet agent a changé de service entre-temps, ou son adresse a changé. Rien n’est fait\u00a0: tapez de nouveau l’adresse.',
  'agent.transfer_not_possible':
    'La mutation se fait vers un autre service du même type. Choisissez-le dans la liste.',
  'agent.deleted': 'Ce compte est supprimé. Réactivez-le d’abord.',
  'agent.not_deleted': 'Ce compte n’est pas supprimé.',
  'agent.already_there': 'Vous êtes déjà dans ce service.',
  'agent.role_not_of_service': 'Cette fonction n’existe pas dans ce type de service.',
  'agent.phone_unreadable': 'Ce numéro n’est pas reconnu. Exemple\u00a0: 01 99 00 12 34.',
  'agent.present_password_wrong': 'Ce n’est pas votre mot de passe actuel.',
  'agent.no_phone_to_share': 'Indiquez le numéro que les personnes suivies pourront lire.',
  'agent.mobile_to_confirm':
    'C’est un portable\u00a0: cochez cette case s’il est professionnel, ou ne montrez pas votre téléphone.',
  'agent.already_active': 'Cet agent a déjà choisi son mot de passe. Il peut en demander un nouveau.',
  'agent.not_locked': 'Ce compte n’est pas bloqué.',
} satisfies Record<`agent.${string}`, string>
