import type { OrganizationKind } from '../shared/actor'
import { daysBetween, isoWeekday, type CivilTime } from '../shared/civil-time'
import { formatDay, formatShortDate, weekdays } from '../shared/french'
import { formatPhone } from '../shared/phone'
import type { Question } from './languages/words'
import type { Opening } from './rules'
import type { OpeningHours, OpeningRange, PageSaid } from './schema'

export const kindNames: Record<OrganizationKind, string> = {
  court: 'Tribunal (application des peines)',
  probation_service: 'Service de probation (SPIP)',
}

export const pageStateWords = {
  draft: { word: 'Brouillon', tone: 'warn' },
  published: { word: 'En ligne', tone: 'ok' },
  archived: { word: 'Service fermé', tone: 'off' },
} as const

export const closingWords = {
  gone: 'Elle dit que le service a fermé',
  moved: 'Elle mène à la page du service qui le remplace',
} as const

export const publicPageRefusals = {
  'public_page.phone_unreadable': 'Ce numéro n’est pas reconnu. Exemple\u00a0: 01 99 00 12 34.',
  'public_page.department_unknown': 'Ce département n’existe pas. Exemples\u00a0: 92, 2A, 973.',
  'public_page.already_published': 'Cette page est déjà en ligne.',
  'public_page.not_published': 'Cette page n’est pas en ligne.',
  'public_page.already_closed': 'Cette page dit déjà que le service a fermé.',
  'public_page.no_successor': 'Choisissez la page du service qui le remplace.',
  'public_page.no_photo': 'Cette page n’a pas de photo.',
  'public_page.photo_unreadable': 'Cette photo ne se lit pas\u00a0: choisissez un fichier JPEG, PNG ou WebP.',
  'public_page.photo_small': 'Cette photo est trop petite\u00a0: {least} pixels sur {leastHigh} au moins.',
  'public_page.days_backwards': 'Le dernier jour vient avant le premier.',
  'public_page.unchanged': 'La page dit déjà cela.',
  'public_page.no_draft': 'Cette page n’a plus de brouillon.',
  'public_page.draft_pending': 'Un brouillon attend\u00a0: mettez-le en ligne ou abandonnez-le d’abord.',
} satisfies Record<`public_page.${string}`, string>

/** What a page says, by field: labels of forms and of versions. */
export const saidWords: Record<keyof PageSaid, string> = {
  title: 'Nom du service',
  officialName: 'Nom officiel',
  addressLine: 'Adresse',
  postalCode: 'Code postal',
  cityName: 'Commune',
  latitude: 'Latitude',
  longitude: 'Longitude',
  reception: 'Accueil',
  security: 'Contrôle à l’entrée',
  accessibility: 'Accès en fauteuil',
  transport: 'Transports',
  parking: 'Voiture et stationnement',
  phone: 'Téléphone',
  phoneHours: 'Heures du téléphone',
  email: 'Adresse e-mail du service',
  openingHours: 'Horaires',
  notice: 'Message',
  noticeFrom: 'Message\u00a0: premier jour',
  noticeUntil: 'Message\u00a0: dernier jour',
  papers: 'Papiers à apporter',
  meeting: 'Déroulement du rendez-vous',
  absence: 'Si la personne ne peut pas venir',
}

/** What a field of a page holds, as it is read. */
export function saidValue(field: keyof PageSaid, value: PageSaid[keyof PageSaid]): string | null {
  if (value === null || value === '') return null
  if (typeof value === 'object') return hoursSaid(value)
  if (typeof value === 'number') return String(value)
  if (field === 'phone') return formatPhone(value)
  return field === 'noticeFrom' || field === 'noticeUntil' ? formatShortDate(value) : value
}

function hoursSaid({ week, closures }: OpeningHours): string {
  const days = week.map((ranges, index) => `${weekdays[index] ?? ''} ${rangesWords(ranges) || 'fermé'}`)
  return [...days, ...closures.map((closure) => `fermé ${closureWords(closure)}`)].join('\n')
}

/** "24/12/2026 au 02/01/2027", as it is typed. */
export const closureWords = ({ from, to }: OpeningHours['closures'][number]): string =>
  from === to ? formatShortDate(from) : `${formatShortDate(from)} au ${formatShortDate(to)}`

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
  meeting: Question
  questions: readonly Question[]
}

const noSms = {
  question: 'Je n’ai pas reçu de SMS',
  answer: [
    'Suivez votre convocation papier\u00a0: c’est elle qui compte.',
    'Le SMS est une aide. Il peut manquer si votre numéro a changé\u00a0: donnez le nouveau au service.',
  ],
}

const children = {
  question: 'Puis-je venir avec mon enfant, ou serai-je en retard\u00a0?',
  answer: [
    'Faites garder votre enfant si vous le pouvez. Sinon, appelez le service avant de venir.',
    'En retard\u00a0? Appelez tout de suite, et venez quand même.',
  ],
}

const stopSms = {
  question: 'Je ne veux plus recevoir de SMS',
  answer: [
    'Touchez le lien à la fin du premier SMS reçu, ou dites-le à votre conseiller.',
    'Vous devez toujours venir à vos rendez-vous.',
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
    meeting: {
      question: 'Comment se passe le rendez-vous\u00a0?',
      answer: [
        'Arrivez 10 minutes en avance\u00a0: il y a souvent un contrôle à l’entrée.',
        'Vous rencontrez un conseiller. Le premier rendez-vous dure de 30 minutes à 1 heure.',
        'Vous parlez de votre situation\u00a0: logement, travail, santé, famille. Le conseiller vous explique vos obligations et la suite.',
      ],
    },
    questions: [
      {
        question: 'Puis-je venir avec un avocat\u00a0?',
        answer: ['Oui. Ce n’est pas obligatoire. Prévenez le service avant de venir.'],
      },
      arrangements,
      children,
      noSms,
      stopSms,
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
    meeting: {
      question: 'Comment se passe le rendez-vous\u00a0?',
      answer: [
        'Arrivez 15 minutes en avance\u00a0: il y a un contrôle à l’entrée.',
        'Montrez votre convocation à l’accueil, qui vous indique la salle.',
        'Le juge ou le greffe vous explique la décision, répond à vos questions et vous dit la suite.',
      ],
    },
    questions: [
      {
        question: 'Puis-je venir avec un avocat\u00a0?',
        answer: [
          'Oui, et c’est conseillé quand le juge doit prendre une décision.',
          'Si vos revenus sont faibles, demandez l’aide juridictionnelle\u00a0: l’État peut payer l’avocat.',
        ],
      },
      arrangements,
      children,
      noSms,
      stopSms,
    ],
  },
}
