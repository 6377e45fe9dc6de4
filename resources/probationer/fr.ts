import type { HistoryData } from '../history-entry/schema'
import { ofRequestKind, requestOutcomeWords } from '../rights-request/fr'
import { requestKinds, requestOutcomes } from '../rights-request/schema'
import { formatDay } from '../shared/french'
import { formatPhone } from '../shared/phone'
import type { MergedField } from './merge'
import type { Resemblance } from './rules'

/** True of all that is accepted: elsewhere than in its territory, a number is known by its prefix. */
const mobilesBegin =
  'commence par 06 ou 07, ou par un indicatif d’outre-mer\u00a0: +262, +508, +590, +594, +596, +681, +687 ou +689.'

export const probationerRefusals = {
  'probationer.date_of_birth_missing': 'Indiquez la date de naissance. Exemple\u00a0: 12/04/1991.',
  'probationer.too_young': 'La personne doit avoir au moins 16 ans. Vérifiez l’année.',
  'probationer.date_of_birth_unlikely': 'Vérifiez l’année de naissance. Exemple\u00a0: 12/04/1991.',
  'probationer.phone_missing':
    'Indiquez un portable, ou cochez «\u00a0N’a pas de portable\u00a0» ou «\u00a0Ne souhaite pas recevoir de SMS\u00a0».',
  'probationer.phone_unreadable': `Ce numéro n’est pas reconnu\u00a0: vérifiez ses chiffres. Un portable ${mobilesBegin}`,
  'probationer.phone_not_mobile': `Il faut un portable de métropole ou d’outre-mer. Il ${mobilesBegin}`,
  'probationer.phone_reserved_for_fiction': 'Ce numéro est réservé aux exemples. Indiquez le vrai numéro.',
  'probationer.phone_taken':
    'Ce numéro est déjà celui d’une autre personne. Un numéro ne sert qu’à une seule fiche.',
  'probationer.appi_number_taken': 'Ce numéro APPI est déjà celui d’une autre fiche.',
  'probationer.identity_taken': 'Une fiche existe déjà à ce nom, avec ce prénom et cette date de naissance.',
  'probationer.identity_alike':
    'Une fiche porte la même identité. Si c’est une autre personne, dites-le avant d’enregistrer.',
  'probationer.residence_missing':
    'Indiquez la commune, ou cochez «\u00a0Sans domicile fixe\u00a0» ou «\u00a0Habite à l’étranger\u00a0».',
  'probationer.residence_twice':
    'Gardez une seule réponse\u00a0: la commune, «\u00a0Sans domicile fixe\u00a0» ou «\u00a0Habite à l’étranger\u00a0».',
  'probationer.already_registered':
    'Votre envoi précédent avait abouti\u00a0: une fiche est enregistrée. Cherchez la personne avant d’en créer une autre.',
  'probationer.record_incomplete': 'La fiche est à compléter avant de convoquer.',
  'probationer.archived':
    'Cette fiche est archivée\u00a0: elle ne se modifie plus, et la personne n’est plus convoquée.',
  'probationer.limited':
    'L’utilisation de cette fiche est limitée, à la demande de la personne : elle se lit, et ne sert plus.',
  'probationer.divestment_pending':
    'Un dessaisissement est en cours\u00a0: la personne ne peut pas être convoquée avant la réponse.',
  'probationer.sms_not_refused': 'Cette personne reçoit déjà les SMS.',
  'probationer.already_assigned': 'Cette personne a déjà un référent.',
  'probationer.not_assigned': 'Cette personne n’a pas de référent.',
  'probationer.agent_cannot_follow':
    'Cet agent ne peut pas être référent ici\u00a0: choisissez un CPIP, un DPIP ou un administrateur local du service.',
  'probationer.handed_over_since':
    'Cette attribution ne s’annule plus\u00a0: elle a changé depuis, ou date de plus de dix minutes.',
  'probationer.list_too_long': 'Un fichier a {most} lignes au plus. Réduisez la liste avec les filtres.',
  'probationer.merge_itself': 'Choisissez une autre fiche\u00a0: celle-ci est déjà là.',
  'probationer.merge_limited':
    'L’utilisation de l’une des deux fiches est limitée\u00a0: levez la limitation avant de fusionner.',
  'probationer.merge_being_divested':
    'Un dessaisissement est en cours sur l’une des deux fiches\u00a0: il reçoit sa réponse avant la fusion.',
  'probationer.merge_same_instant':
    'Les deux fiches sont convoquées au même instant\u00a0: annulez l’une des deux convocations avant de fusionner.',
  'probationer.already_archived': 'Cette fiche est déjà archivée.',
  'probationer.not_archived': 'Cette fiche n’est pas archivée.',
  'probationer.being_divested':
    'Un dessaisissement est en cours\u00a0: la fiche ne peut pas être archivée avant la réponse.',
  'probationer.archived_erases_itself':
    'Cette fiche est archivée\u00a0: elle sera effacée d’elle-même. Pour la supprimer tout de suite, désarchivez-la d’abord. Si la personne a demandé son effacement, enregistrez d’abord sa demande.',
  'probationer.divested_not_deletable':
    'Un dessaisissement est en cours\u00a0: la fiche ne peut pas être supprimée avant la réponse.',
} satisfies Record<`probationer.${string}`, string>

/** Beside who asks for them: what waits with it. */
export const convokedAfterAnswer = 'La personne ne peut pas être convoquée avant la réponse.'

export type ProbationerRefusal = keyof typeof probationerRefusals

export const resemblanceWords: Record<Resemblance, string> = {
  same_appi_number: 'Même numéro APPI',
  same_phone: 'Même numéro de portable',
  same_identity: 'Même nom, même prénom, même date de naissance',
  same_identity_one_appi_number: 'Même identité, un seul des deux a un numéro APPI',
}

/** By their names in the record: those that tell more apart (phone, refusal of SMS) have their own line. */
const fieldWords: Readonly<Record<string, string>> = {
  lastName: 'nom',
  firstName: 'prénom',
  dateOfBirth: 'date de naissance',
  appiNumber: 'numéro APPI',
  hasNoMobilePhone: 'absence de portable',
  followedByAntiTerrorismJudge: 'suivi par le juge antiterroriste',
  cityId: 'commune',
  isHomeless: 'sans domicile fixe',
  livesAbroad: 'habite à l’étranger',
}

/** What a record received from the one merged into it. */
export const mergedWords: Record<MergedField, string> = {
  dateOfBirth: 'date de naissance',
  phone: 'portable',
  appiNumber: 'numéro APPI',
  residence: 'domicile',
  assignedAgent: 'référent',
  smsOptOut: 'refus des SMS',
  followedByAntiTerrorismJudge: 'suivi par le juge antiterroriste',
  unarchived: 'désarchivée',
}

const ofRequest = ({ kind }: HistoryData) => {
  const known = requestKinds.find((one) => one === kind)
  return known ? ` ${ofRequestKind[known]}` : ''
}

const number = (phone: string | undefined) => (phone ? formatPhone(phone) : 'inconnu')

export const probationerHistory = {
  'probationer.registered': () => 'Fiche créée',
  'probationer.imported': () => 'Fiche créée depuis un export d’APPI',
  'probationer.followed_by_import': ({ place }) =>
    `Suivie aussi par ${place ?? 'un autre service'}, depuis un export d’APPI`,
  'probationer.followed_by_city': ({ service = '' }) => `Suivie désormais par ${service}, d’après la commune`,
  'probationer.assigned': () => 'Suivi pris en charge',
  'probationer.handed_over': ({ agent }) => `Suivi confié à ${agent ?? 'un autre agent'}`,
  'probationer.unassigned': () => 'Suivi rendu au service',
  'probationer.agent_left': () => 'Plus d’agent référent\u00a0: il a quitté ses fonctions dans le service',
  'probationer.sms_enabled': () => 'SMS réactivés',
  'probationer.sms_refused_by_link': () => 'SMS refusés par la personne, depuis le lien STOP',
  'probationer.sms_refused': () => 'SMS refusés par la personne, dit à un agent',
  'probationer.phone_added': ({ to }) => `Portable ajouté\u00a0: ${number(to)}`,
  'probationer.phone_changed': ({ from, to }) =>
    `Portable changé\u00a0: ${number(from)} devient ${number(to)}`,
  'probationer.phone_removed': ({ from }) => `Portable retiré\u00a0: ${number(from)}`,
  'probationer.corrected': ({ fields = [] }) => {
    const names = fields.map((field) => fieldWords[field]).filter(Boolean)
    return names.length > 0 ? `Fiche modifiée\u00a0: ${names.join(', ')}` : 'Fiche modifiée'
  },
  'probationer.archived': ({ date }) =>
    date ? `Fiche archivée\u00a0: elle sera effacée le ${formatDay(date)}` : 'Fiche archivée',
  'probationer.archived_inactive': ({ date }) =>
    `Fiche archivée d’elle-même\u00a0: ni convocation ni changement de service depuis douze mois.${date ? ` Elle sera effacée le ${formatDay(date)}.` : ''}`,
  'probationer.unarchived': () => 'Fiche désarchivée',
  'probationer.merged': ({ fields = [], from }) => {
    const names = fields.flatMap((field) =>
      Object.hasOwn(mergedWords, field) ? [mergedWords[field as MergedField]] : [],
    )
    return [
      `Fiche fusionnée avec une autre de la même personne${names.length > 0 ? `\u00a0: ${names.join(', ')}` : ''}`,
      from && `le portable ${formatPhone(from)} n’est pas gardé`,
    ]
      .filter(Boolean)
      .join('\u00a0; ')
  },
  'probationer.request_recorded': ({ date, ...data }) =>
    `Demande${ofRequest(data)} enregistrée${date ? `\u00a0: reçue le ${formatDay(date)}` : ''}`,
  'probationer.request_answered': ({ reason, ...data }) => {
    const outcome = requestOutcomes.find((one) => one === reason)
    return `Réponse à la demande${ofRequest(data)}${outcome ? `\u00a0: ${requestOutcomeWords[outcome].toLowerCase()}` : ''}`
  },
  'probationer.limited': () => 'Utilisation de la fiche limitée, à la demande de la personne',
  'probationer.limitation_lifted': () => 'Limitation levée',
  'probationer.phone_to_check': () => 'Numéro à vérifier\u00a0: un SMS n’est pas arrivé',
} satisfies Record<`probationer.${string}`, (data: HistoryData) => string>
