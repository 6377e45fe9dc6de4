import { formatHour, formatBriefDate } from '../shared/french'
import type { Period } from './rules'

export const closureRefusals = {
  'closure.past': 'Ce jour est passé.',
  'closure.too_far': 'La date doit être dans l’année qui vient.',
  'closure.last_before_first': 'Le dernier jour est avant le premier.',
  'closure.too_long': 'Six mois au plus\u00a0: fermez en plusieurs fois.',
  'closure.hours_reversed': 'La dernière heure est avant la première.',
  'closure.too_many':
    'Plus de {most} personnes sont convoquées\u00a0: fermez moins de jours à la fois, ou agenda par agenda.',
  'closure.already_closed':
    'Ce formulaire a déjà fermé une période ({period})\u00a0: elle est dans la liste des fermetures. Validez de nouveau pour fermer celle-ci aussi.',
  'closure.already_lifted': 'Cette période est déjà rouverte.',
  'closure.over': 'Cette période est passée.',
} satisfies Record<`closure.${string}`, string>

/** "du lun. 9 mars au ven. 13 mars, de 9 h à 12 h" */
export function periodWords({ firstDate, lastDate, fromTime, toTime }: Period): string {
  const days =
    firstDate === lastDate
      ? formatBriefDate(firstDate)
      : `du ${formatBriefDate(firstDate)} au ${formatBriefDate(lastDate)}`
  const hours =
    fromTime !== null && toTime !== null
      ? `de ${formatHour(fromTime)} à ${formatHour(toTime)}`
      : fromTime !== null
        ? `à partir de ${formatHour(fromTime)}`
        : toTime !== null && `jusqu’à ${formatHour(toTime)}`
  return hours ? `${days}, ${hours}` : days
}

export const choiceWords = {
  move: 'Déplacée',
  cancel: 'Annulée',
  keep: 'Gardée',
} as const
