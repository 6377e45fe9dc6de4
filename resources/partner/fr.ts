import { formatPhone } from '../shared/phone'
import type { Theme } from './schema'

export const themeWords: Record<Theme, string> = {
  work: 'Emploi et formation',
  housing: 'Logement et hébergement',
  health: 'Santé et addictions',
  mental_health: 'Santé mentale',
  violence: 'Violences dans le couple',
  victims: 'Aide aux victimes',
  law: 'Accès au droit',
  social_rights: 'Droits sociaux et démarches',
  family: 'Famille et parentalité',
  mobility: 'Transports et permis',
  digital: 'Numérique',
  french: 'Français, lecture et écriture',
  money: 'Argent et dettes',
  youth: 'Jeunes',
  sport_and_culture: 'Sport et culture',
  food: 'Aide alimentaire',
  peers: 'Parrainage et entraide',
}

/** A number as it is read; a short one as it is called. */
export const partnerPhone = (phone: string): string => (phone.startsWith('+') ? formatPhone(phone) : phone)

export const partnerRefusals = {
  'partner.phone_unreadable': 'Ce numéro n’est pas reconnu. Exemples\u00a0: 01 99 00 12 34, 115.',
  'partner.name_taken': 'Un organisme du service porte déjà ce nom.',
  'partner.archived': 'Cet organisme a été retiré.',
  'partner.shown': 'Cet organisme est déjà montré.',
} satisfies Record<`partner.${string}`, string>
