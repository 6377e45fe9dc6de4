import type { DivestmentDecisionState, DivestmentState } from '@prisma/client'
import type { HistoryData } from '../history-entry/schema'
import type { Blocking } from './rules'

/** Of a comment or a reason: as long as a line of a list shows it. */
export const commentMax = 120

export const divestmentRefusals = {
  'divestment.not_possible_here': 'Une demande n’est pas possible ici\u00a0: appelez le service.',
  'divestment.code_12': 'Code 12\u00a0: aucun dessaisissement. Contactez un administrateur.',
  'divestment.limited':
    'L’utilisation de cette fiche est limitée, à la demande de la personne\u00a0: aucun dessaisissement.',
  'divestment.already_following': 'Ce service suit déjà la personne.',
  'divestment.already_pending':
    'Une demande est déjà en attente pour cette personne\u00a0: une seule à la fois.',
  'divestment.expected':
    'La personne est convoquée par un service qui la suit\u00a0: appelez-le avant de la demander.',
  'divestment.no_source':
    'Aucun service n’est à dessaisir\u00a0: seuls ceux de ce ressort suivent la personne.',
  'divestment.record_incomplete': 'La fiche est à compléter avant de répondre.',
  'divestment.over': 'Cette demande est déjà terminée\u00a0: rien n’est changé.',
  'divestment.already_answered': 'Votre service a déjà répondu\u00a0: rien n’est changé.',
} satisfies Record<`divestment.${string}`, string>

type Tone = 'ok' | 'warn' | 'bad' | 'off' | 'info'

export const divestmentStateWords: Record<DivestmentState, { word: string; tone: Tone }> = {
  pending: { word: 'En attente', tone: 'warn' },
  accepted: { word: 'Acceptée', tone: 'ok' },
  auto_accepted: { word: 'Acceptée d’office', tone: 'ok' },
  refused: { word: 'Refusée', tone: 'bad' },
  withdrawn: { word: 'Retirée', tone: 'off' },
}

export const decisionStateWords: Record<DivestmentDecisionState, { word: string; tone: Tone }> = {
  pending: { word: 'N’a pas répondu', tone: 'warn' },
  accepted: { word: 'A accepté', tone: 'ok' },
  auto_accepted: { word: 'Accepté d’office', tone: 'ok' },
  refused: { word: 'A refusé', tone: 'bad' },
  ignored: { word: 'Sans réponse', tone: 'off' },
}

export const blockingWords: Record<Blocking, string> = {
  nobody_answers: 'Personne ne peut répondre dans ces services',
  incomplete: 'Fiche à compléter',
  expected: 'Délai passé, la personne est convoquée',
  late: 'Délai passé\u00a0: acceptée d’office la nuit prochaine',
  waiting: 'Réponse attendue',
}

/** The same, in a line of a list. */
export const blockingTags: Record<Blocking, string> = {
  nobody_answers: 'Personne ne répond',
  incomplete: 'Fiche à compléter',
  expected: 'Convocation à venir',
  late: 'Délai passé',
  waiting: 'En attente',
}

/** What a row says that nobody wrote. */
export const standardComments = {
  quiet: 'Acceptée d’office\u00a0: aucune convocation depuis six mois, ou fiche archivée.',
  nobody: 'Aucun agent de ce service ne peut répondre.',
  byCourt: 'Le tribunal répond pour les deux services.',
  late: 'Acceptée d’office\u00a0: pas de réponse en dix jours.',
  otherRefused: 'Un autre service a refusé.',
  withdrawn: 'Demande retirée.',
  desk: 'Décidé par l’équipe nationale.',
}

/** What another commune opened. */
const divestmentOpenedWords = {
  pending:
    'Le dessaisissement est demandé aux services qui suivaient la personne\u00a0: réponse sous 10 jours.',
  auto_accepted: 'La fiche passe aux services de la commune.',
}

export function cityChangedSentence({
  services,
  divestment,
}: {
  services: readonly string[]
  divestment: keyof typeof divestmentOpenedWords | null
}): string {
  const followed =
    services.length > 0 ? `suivi aussi par ${services.join(' et ')}` : 'aucun service ne s’ajoute'
  if (divestment === null) return `Commune changée\u00a0: ${followed}.`
  return divestment === 'pending' && services.length > 0
    ? `Commune changée\u00a0: ${followed}. ${divestmentOpenedWords[divestment]}`
    : `Commune changée. ${divestmentOpenedWords[divestment]}`
}

/** The same, before it is done. */
export function cityForeseenSentence({
  services,
  divestment,
}: Parameters<typeof cityChangedSentence>[0]): string {
  const named = services.join(' et ')
  if (divestment === 'auto_accepted')
    return `La fiche passera aussitôt à ${named}\u00a0: les services qui suivent la personne n’y auront plus accès.`
  return [
    named
      ? `La personne sera suivie aussi par ${named}, qui ${services.length > 1 ? 'liront' : 'lira'} sa fiche.`
      : divestment === null && 'Aucun service ne s’ajoutera.',
    divestment === 'pending' &&
      'Le dessaisissement sera demandé aux services qui suivent la personne\u00a0: réponse sous 10 jours.',
  ]
    .filter(Boolean)
    .join(' ')
}

const said = (comment: string | undefined) => (comment ? `\u00a0: «\u00a0${comment}\u00a0»` : '')

export const divestmentHistory = {
  'divestment.requested': ({ service = '', comment }) =>
    `Dessaisissement demandé par ${service}${said(comment)}`,
  'divestment.auto_accepted': ({ service = '' }) =>
    `Dessaisissement accepté d’office, au profit de ${service}`,
  'divestment.agreed': ({ service = '', comment }) =>
    `Dessaisissement accepté par ${service}${said(comment)}`,
  'divestment.accepted': ({ service = '' }) => `Fiche passée à ${service}, par dessaisissement`,
  'divestment.refused': ({ service = '', comment }) =>
    `Dessaisissement refusé par ${service}${said(comment)}`,
  'divestment.withdrawn': ({ service = '' }) => `Demande de dessaisissement retirée par ${service}`,
  'divestment.transferred': ({ service = '' }) => `Fiche transférée à ${service}`,
} satisfies Record<`divestment.${string}`, (data: HistoryData) => string>
