import { count, formatBirth, formatInstant } from '../shared/french'
import { endReasonWords, messageStateWords } from '../message/fr'
import { messageStates, type EndReason } from '../message/rules'
import {
  countedEvery,
  failingWindow,
  fewestForShare,
  teamZone,
  type FiguresName,
  type WatchedTask,
} from './rules'
import { minute } from '../shared/duration'
import type { PeriodCode, Trouble } from './schema'

export const periodLabels: Record<PeriodCode, string> = {
  '24h': '24 heures',
  '7d': '7 jours',
  '30d': '30 jours',
}

export const taskLabels: Record<WatchedTask, string> = {
  'sweep-due-messages': 'Balayage des SMS à envoyer',
  'reconcile-messages': 'Vérification des envois incertains',
  'release-dead-workers': 'Reprise des tâches interrompues',
  'count-supervision': 'Calcul de la supervision',
  'check-alerts': 'Vérification des alertes',
  'read-provider-events': 'Relecture des accusés chez le fournisseur',
  'ask-credits': 'Relevé du crédit',
  'close-without-receipt': 'Clôture des SMS sans accusé',
  'archive-inactive': 'Archivage des fiches inactives',
  'erase-archived': 'Effacement des fiches archivées',
  'mark-endings': 'Repérage des fins de conservation',
  'refresh-figures': 'Calcul des statistiques',
  'erase-expired': 'Ménage des traces et des journaux',
  'forget-relocations': 'Ménage des déménagements',
  'remind-of-pages': 'Rappel des pages de services à relire',
  'settle-relocations': 'Déménagements du jour',
  'settle-divestments': 'Dessaisissements du jour',
  'search-duplicates': 'Recherche de doublons',
  'generate-slots': 'Création des créneaux récurrents',
}

export const taskLabel = (task: string) => (task in taskLabels ? taskLabels[task as WatchedTask] : task)
/** "chaque minute", "toutes les 30 minutes": how often figures are counted. */
export const countedEveryWords = (name: FiguresName): string => {
  const minutes = countedEvery[name] / minute
  return minutes === 1 ? 'chaque minute' : `toutes les ${minutes} minutes`
}

const number = (value: number) => Math.round(value).toLocaleString('fr-FR')
const at = (instant: Date) => formatInstant(instant, teamZone)

/** Beside each figure, what it is made of. */
export const definitions = {
  handedSoon:
    'acceptés par le fournisseur, ou refusés pour de bon, dix secondes au plus après leur heure ÷ SMS dont l’heure est venue, ceux qu’il ne fallait pas envoyer mis à part',
  inFiveMinutes:
    'reçus par le téléphone cinq minutes au plus après leur envoi ÷ envoyés depuis plus de cinq minutes',
  inOneHour: 'reçus par le téléphone une heure au plus après leur envoi ÷ envoyés depuis plus d’une heure',
  oldestDue: 'le SMS prévu dont l’heure est passée depuis le plus longtemps',
  due: 'SMS dont l’heure est venue, pas encore confiés au fournisseur',
  sending: 'SMS que le fournisseur est en train de prendre',
  unknown: 'SMS dont on ne sait pas si le fournisseur les a pris\u00a0: il est interrogé',
  states:
    'SMS dont l’heure est venue dans la période, tels qu’ils sont aujourd’hui\u00a0; ceux qui ont été retirés n’y sont pas',
  reasons: 'Pourquoi des SMS de la période n’ont pas été envoyés, ou pas reçus',
  prefixes:
    'Échecs définitifs ÷ SMS remis, par premiers chiffres du numéro\u00a0: un opérateur en difficulté se voit là',
  services:
    'Échecs définitifs ÷ SMS remis, par service qui reçoit la personne\u00a0; les plus touchés d’abord',
  failing: `Un quart au moins d’échecs définitifs parmi les ${failingWindow} derniers SMS remis du service, en trente jours, à partir de ${fewestForShare} SMS`,
  parts: 'parties calculées par nos soins ÷ textes envoyés',
  drift: 'accusés qui comptent un autre nombre de parties que nous\u00a0; un écart qui dure fausse le prix',
  price: 'parties × prix d’une partie, un réglage\u00a0: une estimation, la facture fait foi',
  creditsUsed: 'ce que le fournisseur dit avoir décompté, dans ses accusés',
  credit: 'ce que le fournisseur dit qu’il reste, demandé toutes les heures et lu dans ses accusés',
  forecast:
    'rappels déjà prévus × parties moyennes d’un rappel, plus la moyenne quotidienne des autres SMS × 7\u00a0; moyennes des trente derniers jours',
  receipts:
    'Dernier accusé venu de lui-même\u00a0; sans accusé pendant trois heures ouvrées (8\u00a0h – 20\u00a0h) après des envois, une alerte part',
  runs: 'Dernier passage de chaque tâche automatique\u00a0; en retard, une alerte part',
  queue: 'Tâches dont l’heure est venue\u00a0; celles qui échouent plusieurs fois, depuis un jour',
} as const

interface TroubleWords {
  title: string
  /** What to do about it. */
  advice: string
}

/** What is to be mended, and how: calm, without anybody's name. */
export function troubleWords(trouble: Trouble): TroubleWords {
  switch (trouble.kind) {
    case 'messages_late':
      return {
        title: `${count(trouble.facts.late, 'SMS attend', 'SMS attendent')} depuis plus de quinze minutes, le plus ancien depuis le ${at(trouble.facts.oldestDueAt)}`,
        advice:
          'Vérifiez que le programme d’envoi tourne (npm run worker), puis que le fournisseur répond\u00a0: le journal dit chaque remise. Ce qui est encore utile partira de lui-même.',
      }
    case 'messages_expired':
      return {
        title: `Depuis une heure, ${count(trouble.facts.expired, 'SMS n’a pas pu partir à temps', 'SMS n’ont pas pu partir à temps')}`,
        advice:
          'Les agents le lisent sur la convocation et peuvent téléphoner. Cherchez ce qui a retenu les envois\u00a0: programme d’envoi arrêté, fournisseur en panne, crédit épuisé.',
      }
    case 'receipts_silent':
      return {
        title: `Aucun accusé de réception n’est venu pour les SMS envoyés depuis le ${at(trouble.facts.since)}`,
        advice:
          'Les SMS partent. Vérifiez que l’adresse des récépissés répond de l’extérieur et que le fournisseur l’appelle. En attendant, sa liste d’événements est relue.',
      }
    case 'service_failing':
      return {
        title: `${trouble.facts.name}\u00a0: ${number(trouble.facts.failed)} échecs définitifs sur ses ${number(trouble.facts.handed)} derniers SMS`,
        advice:
          'Regardez les raisons dans la supervision. Des numéros invalides\u00a0: prévenez l’administrateur local du service. Un refus de l’opérateur\u00a0: écrivez au fournisseur.',
      }
    case 'credit_low':
      return {
        title: `Il reste peu de crédit\u00a0: ${number(trouble.facts.credits)}, pour ${number(trouble.facts.needed)} attendus en sept jours${
          trouble.facts.endsOn ? `\u00a0; à ce rythme, épuisé le ${formatBirth(trouble.facts.endsOn)}` : ''
        }`,
        advice: 'Rechargez le compte du fournisseur. Sans crédit, les SMS attendent puis expirent.',
      }
    case 'credit_unread':
      return {
        title: `Le fournisseur ne dit plus le crédit restant depuis le ${at(trouble.facts.since)}`,
        advice: 'Vérifiez la clé du fournisseur et son droit de lire le compte.',
      }
    case 'task_late':
      return {
        title: `${taskLabel(trouble.about)}\u00a0: pas de passage depuis le ${at(trouble.facts.lastAt)}`,
        advice:
          'Vérifiez que le programme d’envoi tourne (processus «\u00a0worker\u00a0»), puis ses erreurs dans le journal (lignes «\u00a0job failed\u00a0»).',
      }
    case 'task_incomplete':
      return {
        title: `${taskLabel(trouble.about)}\u00a0: ${count(trouble.facts.leftOut, 'élément laissé', 'éléments laissés')} de côté au dernier passage`,
        advice: 'Le journal dit lesquels, par numéro. Le prochain passage les reprendra.',
      }
    case 'jobs_failing':
      return {
        title: `${count(trouble.facts.total, 'tâche échoue', 'tâches échouent')} plusieurs fois de suite\u00a0: ${trouble.facts.tasks.map(taskLabel).join(', ')}`,
        advice:
          'Le journal dit pourquoi («\u00a0job failed\u00a0»). Une tâche qui n’est pas épuisée est reprise d’elle-même.',
      }
  }
}

/** "+33612" → "06 12", "+262692" → "+262 692": how the beginning of a number is read. */
export function prefixWords(prefix: string): string {
  const [, national] = /^\+33(\d{3})$/.exec(prefix) ?? []
  if (national) return `0${national.slice(0, 1)}\u00a0${national.slice(1)}…`
  return `${prefix.slice(0, 4)}\u00a0${prefix.slice(4)}…`
}

const capital = (text: string) => text.slice(0, 1).toLocaleUpperCase('fr') + text.slice(1)

/** What a message has become, among many; one that is planned though its hour has come waits. */
export function stateLabel(state: string): string {
  const known = messageStates.find((one) => one === state)
  return known === 'planned' ? 'En attente' : known ? messageStateWords({ state: known }).word : state
}

export const reasonLabel = (reason: string): string =>
  reason in endReasonWords ? capital(endReasonWords[reason as EndReason]) : reason

/** "12 ms", "3 s", "4 min", "2 h 05", "3 jours". */
export function lastedWords(ms: number): string {
  const [seconds, minutes] = [Math.round(ms / 1_000), Math.round(ms / 60_000)]
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))}\u00a0ms`
  if (seconds < 90) return `${seconds}\u00a0s`
  if (minutes < 90) return `${minutes}\u00a0min`
  if (minutes < 48 * 60)
    return `${Math.floor(minutes / 60)}\u00a0h\u00a0${String(minutes % 60).padStart(2, '0')}`
  return `${Math.round(minutes / 1_440)}\u00a0jours`
}
