import type { OrganizationKind } from '../shared/actor'
import { daysBetween, isoWeekday, type CivilTime } from '../shared/civil-time'
import { formatDay, weekdays } from '../shared/french'
import type { Opening } from './rules'
import type { OpeningRange } from './schema'

export const kindNames: Record<OrganizationKind, string> = {
  court: 'Tribunal (application des peines)',
  probation_service: 'Service de probation (SPIP)',
}

/** "9 h", "13 h 30": an hour as it is said, with no-break spaces. */
function spokenHour(time: CivilTime): string {
  const [hours, minutes] = time.split(':')
  return `${Number(hours)}\u00a0h${minutes === '00' ? '' : `\u00a0${minutes}`}`
}

const spokenRange = ({ from, to }: OpeningRange) => `${spokenHour(from)} à ${spokenHour(to)}`

/** "9 h à 12 h, 13 h 30 à 17 h" */
export function rangesWords(ranges: readonly OpeningRange[]): string {
  return ranges.map(spokenRange).join(', ')
}

/** "lundi au jeudi", "vendredi" */
export function daysWords({ from, to }: { from: number; to: number }): string {
  const [first = '', last = ''] = [weekdays[from - 1], weekdays[to - 1]]
  if (from === to) return first
  return to === from + 1 ? `${first} et ${last}` : `${first} au ${last}`
}

/** "Ouvert aujourd’hui jusqu’à 17 h", "Fermé, rouvre lundi à 9 h". */
export function openingWords(opening: Opening): string {
  if (opening.isOpen) {
    const [next] = opening.later
    return next
      ? `Ouvert jusqu’à ${spokenHour(opening.until)}, puis de ${spokenRange(next)}`
      : `Ouvert aujourd’hui jusqu’à ${spokenHour(opening.until)}`
  }
  const { today, reopens } = opening
  if (!reopens) return 'Fermé pour le moment'
  const days = daysBetween(today, reopens.date)
  const hour = spokenHour(reopens.time)
  if (days === 0) return `Fermé, ouvre aujourd’hui à ${hour}`
  if (days === 1) return `Fermé, rouvre demain à ${hour}`
  if (days < 7) return `Fermé, rouvre ${weekdays[isoWeekday(reopens.date) - 1] ?? ''} à ${hour}`
  return `Fermé, rouvre le ${formatDay(reopens.date)} à ${hour}`
}

interface Advice {
  /** What happens there, in a sentence. */
  purpose: string
  papers: readonly string[]
  questions: readonly { question: string; answer: readonly string[] }[]
}

const noSms = {
  question: 'Je n’ai pas reçu de SMS',
  answer: [
    'Suivez votre convocation papier\u00a0: c’est elle qui compte.',
    'Le SMS est une aide. Il peut manquer si votre numéro a changé\u00a0: donnez le nouveau au service.',
  ],
}

const arrangements = {
  question: 'J’ai besoin d’un interprète ou d’un aménagement',
  answer: [
    'Appelez le service avant le rendez-vous. Dites votre langue, ou ce qui vous aide\u00a0: entrée sans marche, rendez-vous plus court, personne qui vous accompagne.',
  ],
}

/** What is true of every service of a kind, until the service says otherwise. */
export const advice: Record<OrganizationKind, Advice> = {
  probation_service: {
    purpose: 'C’est ici que se passent vos rendez-vous de suivi.',
    papers: [
      'Votre convocation papier et une pièce d’identité.',
      'Travail ou formation\u00a0: contrat, fiches de paie, inscription à France Travail.',
      'Soins\u00a0: attestations de rendez-vous.',
      'Paiements\u00a0: victime, amende, pension.',
      'Logement\u00a0: bail, facture, ou lettre de la personne qui vous héberge.',
    ],
    questions: [
      {
        question: 'Comment se passe le rendez-vous\u00a0?',
        answer: [
          'Arrivez 10 minutes en avance\u00a0: il y a souvent un contrôle à l’entrée.',
          'Vous rencontrez un conseiller. Le premier rendez-vous dure de 30 minutes à 1 heure.',
          'Vous parlez de votre situation\u00a0: logement, travail, santé, famille. Le conseiller vous explique vos obligations et la suite.',
        ],
      },
      {
        question: 'Puis-je venir avec un avocat\u00a0?',
        answer: ['Oui. Ce n’est pas obligatoire. Prévenez le service avant de venir.'],
      },
      noSms,
      arrangements,
    ],
  },
  court: {
    purpose: 'C’est ici que vous rencontrez le juge qui suit votre peine, ou son service.',
    papers: [
      'Votre convocation papier et une pièce d’identité.',
      'La décision du tribunal, si vous l’avez.',
      'Travail ou formation\u00a0: contrat, fiches de paie, inscription à France Travail.',
      'Soins et paiements\u00a0: attestations, reçus.',
      'Logement\u00a0: bail, facture, ou lettre de la personne qui vous héberge.',
    ],
    questions: [
      {
        question: 'Comment se passe le rendez-vous\u00a0?',
        answer: [
          'Arrivez 15 minutes en avance\u00a0: il y a un contrôle à l’entrée.',
          'Montrez votre convocation à l’accueil, qui vous indique la salle.',
          'Le juge ou le greffe vous explique la décision, répond à vos questions et vous dit la suite.',
        ],
      },
      {
        question: 'Puis-je venir avec un avocat\u00a0?',
        answer: [
          'Oui, et c’est conseillé quand le juge doit prendre une décision.',
          'Si vos revenus sont faibles, demandez l’aide juridictionnelle\u00a0: l’État peut payer l’avocat.',
        ],
      },
      noSms,
      arrangements,
    ],
  },
}
