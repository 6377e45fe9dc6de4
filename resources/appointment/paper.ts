import { advice } from '../public-page/fr'
import type { OrganizationKind } from '../shared/actor'
import { formatPhone } from '../shared/phone'

/** What the papers of the service leave out for some types: neither the measure, nor the offence. */
const alsoBring: Readonly<Record<string, readonly string[]>> = {
  electronic_tag_fitting: ['Vos horaires de travail, de formation ou de soins.'],
  electronic_monitoring: ['Ce qui justifie un changement d’horaires, si vous en demandez un.'],
  adversarial_hearing: ['Ce que vous voulez montrer au juge. Vous pouvez venir avec un avocat.'],
  community_service_placement: ['Vos horaires, vos diplômes ou permis.'],
  course: ['De quoi écrire.'],
}

/** What the paper says of how the person is met, and what they bring, by type; elsewhere, of the paper itself. */
export function wordsOnPaper({
  heldAtPlace,
  type,
  service,
  phone,
  visitPapers = null,
  summons = 'Cette convocation',
}: {
  heldAtPlace: boolean
  type: string
  service: { kind: OrganizationKind }
  phone: string | null
  /** In the words of the place, when it has its own. */
  visitPapers?: readonly string[] | null
  summons?: string
}): { title: string; bringing: string; papers: readonly string[]; prevented: string } {
  if (heldAtPlace)
    return {
      title: 'Vous devez venir au rendez-vous ci-dessous.',
      bringing: 'À apporter',
      papers: [...(visitPapers ?? advice[service.kind].papers), ...(alsoBring[type] ?? [])],
      prevented: 'Vous ne pouvez pas venir\u00a0?',
    }
  const prevented = 'Vous avez un empêchement\u00a0?'
  if (type === 'home_visit')
    return {
      title: 'Le service viendra chez vous. Votre présence est obligatoire.',
      bringing: 'À préparer',
      papers: [`${summons} et une pièce d’identité.`],
      prevented,
    }
  return {
    title: 'Le service vous appellera. Répondre est obligatoire.',
    bringing: 'À préparer',
    papers: [
      phone
        ? `Le téléphone ${formatPhone(phone)}, près de vous à cette heure.`
        : 'Donnez au service un numéro où vous joindre.',
      `${summons}.`,
    ],
    prevented,
  }
}

export const onlyPaperHolds = 'Cette convocation papier est la seule qui a une valeur juridique.'
export const smsIsNoPaper = 'Un SMS peut vous rappeler ce rendez-vous\u00a0; il ne remplace pas ce papier.'

export const whatToDo = (contact: string | null) =>
  `${
    contact ? `Appelez ou écrivez avant le rendez-vous (${contact})` : 'Prévenez le service avant la date'
  } et gardez un justificatif. Une absence sans raison valable peut être signalée au juge.`
export const withoutPapers = 'Il vous manque un papier\u00a0? Venez quand même.'
export const comeEarly =
  'Arrivez dix minutes avant l’heure. Un interprète, un aménagement\u00a0? Appelez avant.'
export const nameByHand = 'Nom, prénom, naissance\u00a0: ……………………………………'
export const handedOn = 'Remise en main propre le …… /…… /………'
