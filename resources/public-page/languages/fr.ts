import { themeWords } from '../../partner/fr'
import { formatBirth } from '../../shared/french'
import { advice, closureWords, daysWords, openingWords, rangesWords } from '../fr'
import type { ServiceWords } from './words'

export const french: ServiceWords = {
  section: 'Préparer ma convocation',
  purpose: { court: advice.court.purpose, probation_service: advice.probation_service.purpose },
  description: (officialName) => `${officialName}\u00a0: adresse, horaires, téléphone et papiers à apporter.`,
  unofficial: null,
  checking: {
    title: 'Informations à vérifier',
    text: 'Le service n’a pas vérifié cette page récemment. Appelez avant de venir.',
  },
  phone: 'Téléphone',
  call: 'Appeler le',
  itinerary: { label: 'Itinéraire', to: (title) => ` vers ${title} (OpenStreetMap)` },
  addressOnPaper: 'L’adresse est écrite sur votre convocation papier.',
  reception: 'Accueil',
  security: 'Contrôle à l’entrée',
  transport: 'Transports',
  wheelchair: 'Accès en fauteuil',
  parking: 'Voiture et stationnement',
  phoneHours: 'Au téléphone',
  opening: openingWords,
  days: daysWords,
  ranges: rangesWords,
  closed: (closure) => `Fermé${closure.from === closure.to ? ' le' : ' du'} ${closureWords(closure)}`,
  hourOf: (cityName) => `À l’heure de ${cityName}.`,
  photoBy: (credit) => `Photo\u00a0: ${credit}`,
  absence: {
    title: 'Vous ne pouvez pas venir\u00a0?',
    paragraphs: [
      'Appelez avant le rendez-vous et gardez un justificatif (travail, arrêt de maladie). Une absence sans raison valable peut être signalée au juge.',
    ],
    link: 'Prévenir ce service',
  },
  prepare: 'Préparer mon rendez-vous',
  papers: {
    title: 'Quels papiers apporter\u00a0?',
    of: { court: advice.court.papers, probation_service: advice.probation_service.papers },
    missing: 'Il vous manque un papier\u00a0? Venez quand même.',
  },
  meeting: { court: advice.court.meeting, probation_service: advice.probation_service.meeting },
  questions: { court: advice.court.questions, probation_service: advice.probation_service.questions },
  partners: {
    title: 'Qui peut m’aider près d’ici\u00a0?',
    lead: 'Ces organismes sont indiqués par le service.',
    theme: themeWords,
    audience: 'Pour qui',
    conditions: 'Conditions',
    hours: 'Horaires',
    wheelchair: 'Accès en fauteuil',
  },
  aside: 'À savoir',
  paperPrevails:
    'Seule la convocation papier a une valeur juridique. Si une information est différente ici, suivez le papier et appelez le service.',
  checkedOn: (date) => `Vérifié par le service le ${formatBirth(date)}.`,
  otherServices: 'Autres services',
  understandSummons: 'Comprendre ma convocation',
  votes: {
    label: 'Votre avis sur cette page',
    question: 'Cette page vous a-t-elle aidé\u00a0?',
    yes: 'Oui',
    no: 'Non',
    thanks: 'Merci, votre avis est compté.',
    error: 'Signaler une erreur sur cette page',
  },
}
