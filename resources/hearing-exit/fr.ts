import type { DeskType } from './schema'

/** Why an empty seat is not booked by who reads it. */
export type WhyNotSeat = 'role' | 'place' | 'past'

export const deskWords: Record<DeskType, { entry: string; title: string; empty: string }> = {
  hearing_exit_sentence_judge: {
    entry: 'Devant le JAP',
    title: 'Sortie d’audience devant le JAP',
    empty: 'Aucun créneau de sortie d’audience devant le JAP à venir',
  },
  hearing_exit_probation: {
    entry: 'Au SPIP',
    title: 'Sortie d’audience au SPIP',
    empty: 'Aucun créneau de sortie d’audience au SPIP à venir',
  },
  electronic_tag_fitting: {
    entry: 'Pose de bracelet',
    title: 'Pose de bracelet électronique',
    empty: 'Aucun créneau de pose de bracelet à venir',
  },
}

/** Why the exit of a hearing is not whole here: said in the form, beside the slots, above the desk. */
export const aloneWords = {
  court:
    'Seule la sortie d’audience devant le JAP est proposée\u00a0: le SPIP de votre ressort n’utilise pas encore Mon Suivi Justice.',
  probation_service:
    'Aucune sortie d’audience n’est proposée\u00a0: le tribunal de votre ressort n’utilise pas encore Mon Suivi Justice.',
  interJurisdiction:
    'Le SPIP de votre ressort n’utilise pas encore Mon Suivi Justice\u00a0: seuls ceux d’autres ressorts reçoivent à la sortie d’une audience.',
} as const

/** Beside a seat that is not booked by who reads it. */
export const seatWords: Record<WhyNotSeat, string> = {
  role: 'votre rôle ne convoque pas ici',
  place: 'ce service ou son tribunal y convoque',
  past: 'heure passée',
}

/** Above a desk that is only read. */
export const readOnlyWords: Record<Exclude<WhyNotSeat, 'past'>, string> = {
  role: 'Vous lisez cet agenda\u00a0: votre rôle ne convoque pas pour ce type.',
  place: 'Vous lisez cet agenda\u00a0: le service qui reçoit, ou son tribunal, y convoque.',
}

/** A seat that went while somebody was being convoked there. */
export const seatGoneWords = {
  full: 'La dernière place vient d’être prise',
  closed: 'Ce créneau vient d’être fermé',
  past: 'L’heure de ce créneau est passée',
} as const
