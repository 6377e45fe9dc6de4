import type { SiteRequestKind, SiteRequestState } from '@prisma/client'
import { departmentLabel } from '../city/departments'
import { detailsOf, type contactTopics, type trainingTopics } from './schema'

export const siteRequestRefusals = {
  'site_request.trap':
    'Votre demande n’est pas partie\u00a0: un champ caché, réservé aux robots, était rempli. Il est vidé. Renvoyez le formulaire.',
  'site_request.no_tool': 'Cochez au moins un outil.',
  'site_request.no_mailbox':
    'Ce service n’a pas d’adresse e-mail connue ici. Appelez-le\u00a0: son numéro est sur votre convocation.',
  'site_request.no_email':
    'Cette demande est sans adresse e-mail\u00a0: personne ne peut recevoir la réponse.',
  'site_request.changed':
    'Cette demande a changé depuis que vous l’avez ouverte. Relisez-la, puis recommencez.',
  'site_request.not_a_page': 'Cette demande n’est pas celle de la page d’un service.',
  'site_request.page_made': 'La page demandée existe déjà.',
  'site_request.same_state': 'La demande est déjà dans cet état.',
} satisfies Record<`site_request.${string}`, string>

export const requestKindWords: Record<SiteRequestKind, string> = {
  contact: 'Message',
  page_error: 'Erreur sur une page',
  absence: 'Ne peut pas venir',
  deployment: 'Déployer le service',
  training: 'Rendez-vous de formation',
  service_page: 'Page d’un service',
}

/** In a sentence, after "votre". */
export const yourRequest: Record<SiteRequestKind, string> = {
  contact: 'message',
  page_error: 'signalement',
  absence: 'message',
  deployment: 'demande de déploiement',
  training: 'demande de rendez-vous',
  service_page: 'demande de page',
}

export const requestStateWords: Record<
  SiteRequestState,
  { word: string; tone: 'info' | 'warn' | 'ok' | 'bad' }
> = {
  received: { word: 'Reçue', tone: 'info' },
  incomplete: { word: 'À compléter', tone: 'warn' },
  accepted: { word: 'Acceptée', tone: 'ok' },
  refused: { word: 'Refusée', tone: 'bad' },
  done: { word: 'Faite', tone: 'ok' },
}

export const contactTopicWords: Record<(typeof contactTopics)[number], string> = {
  error: 'Une erreur sur ce site',
  accessibility: 'Un problème d’accessibilité',
  other: 'Une autre question sur ce site',
}

export const trainingTopicWords: Record<(typeof trainingTopics)[number], string> = {
  first_steps: 'Premiers pas\u00a0: enregistrer et convoquer',
  slots: 'Les créneaux',
  hearing_exit: 'La sortie d’audience',
  administration: 'L’administration du service',
  other: 'Autre sujet',
}

export const serviceKindWords = { probation_service: 'SPIP', court: 'Tribunal judiciaire' } as const

/** Of the fields of every form, as the team and the service read them; in no form are they worded otherwise. */
export const detailWords: Readonly<Record<string, string>> = {
  topic: 'Sujet',
  message: 'Message',
  service: 'Service concerné',
  serviceKind: 'Type de service',
  serviceName: 'Nom du service',
  jurisdiction: 'Ressort',
  departmentCode: 'Département',
  agents: 'Nombre d’agents',
  firstName: 'Prénom',
  lastName: 'Nom',
  position: 'Fonction',
  email: 'E-mail professionnel',
  approverName: 'Accord donné par',
  approverPosition: 'Sa fonction',
  approverEmail: 'Son e-mail professionnel',
  agreement: 'Accord de la hiérarchie',
  toolSms: 'Rappels par SMS',
  toolHearingExit: 'Sortie d’audience',
  toolElectronicTag: 'Poses de bracelet (DDSE)',
  toolSpace: 'Espace probationnaire',
  localAdmins: 'Administrateurs locaux',
  wishedDate: 'Date souhaitée',
  people: 'Nombre de personnes',
  availability: 'Disponibilités',
  comments: 'Commentaires',
  addressLine: 'Adresse',
  postalCode: 'Code postal',
  cityName: 'Commune',
  servicePhone: 'Standard',
  serviceEmail: 'E-mail du service',
  hours: 'Horaires',
  reception: 'Accueil',
  transport: 'Transports',
  accessibility: 'Accès en fauteuil',
  appointment: 'Convocation',
  reach: 'Pour répondre',
}

type Words = Readonly<Record<string, string>>
/** The words of the codes of each form: two of them have topics. */
const codes: { readonly [Kind in SiteRequestKind]?: Readonly<Record<string, Words>> } = {
  contact: { topic: contactTopicWords },
  training: { topic: trainingTopicWords },
  deployment: { serviceKind: serviceKindWords },
  service_page: { serviceKind: serviceKindWords },
}

/** What was sent, a line a field, in the order of its form; what was left blank is left out. */
export function detailLines(kind: SiteRequestKind, stored: unknown): { label: string; text: string }[] {
  const details: Record<string, unknown> = detailsOf[kind].safeParse(stored).data ?? {}
  return Object.keys(detailsOf[kind].shape).flatMap((name) => {
    const text = textOf(name, kind, details[name])
    return text === null ? [] : [{ label: detailWords[name] ?? name, text }]
  })
}

function textOf(name: string, kind: SiteRequestKind, value: unknown): string | null {
  if (value === true) return name === 'agreement' ? 'obtenu' : 'oui'
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return null
  if (name === 'departmentCode') return departmentLabel(value)
  return codes[kind]?.[name]?.[value] ?? value
}
