import type { CivilDate } from '../shared/civil-time'
import { formatDay, formatHour, formatMonth } from '../shared/french'
import type { Month, Period } from './rules'

export const reminderKinds = [
  'received',
  'unacknowledged',
  'not_received',
  'no_mobile',
  'opted_out',
  'none',
] as const

/** What became of the reminder: "Envoyé, sans accusé" is never told as received. */
export const reminderWords: Record<(typeof reminderKinds)[number], string> = {
  received: 'Rappel reçu',
  unacknowledged: 'Envoyé, sans accusé',
  not_received: 'Envoyé, non reçu',
  no_mobile: 'Pas de portable joignable',
  opted_out: 'Refuse les SMS',
  none: 'Pas de rappel',
}

/** Beside each figure, what it is made of. */
export const definitions = {
  toRecord: 'à renseigner, sur la période choisie\u00a0; la liste couvre les six derniers mois, jusqu’à hier',
  missed: 'manquées ÷ (honorées + manquées + excusées)',
  received: 'reçus par le téléphone ÷ envoyés',
  parts: 'parties facturées ÷ textes envoyés',
} as const

export const tooFew = 'Trop peu pour un pourcentage'
export const erasedStay =
  'Les fiches effacées après archivage restent comptées, sans aucune donnée personnelle.'

const wordsOfCode: Readonly<Record<string, string>> = {
  '12': '12 derniers mois',
  '3': '3 derniers mois',
  month: 'Mois en cours',
}
/** "12 derniers mois", "Année 2026". */
export const periodLabel = ({ code }: Period): string => wordsOfCode[code] ?? `Année ${code}`

export const monthWords = (month: Month): string => formatMonth(`${month}-01`)
const startsWithVowel = (word: string) => /^[aeiouyàâéèêîôûh]/i.test(word)
const sinceMonth = (word: string) => (startsWithVowel(word) ? `d’${word}` : `de ${word}`)

/** "de mars 2025 à février 2026", "en novembre 2026". */
export const periodWords = ({ from, to }: Pick<Period, 'from' | 'to'>): string =>
  from === to ? `en ${monthWords(from)}` : `${sinceMonth(monthWords(from))} à ${monthWords(to)}`

/** Under a point of a chart: "janv. 26" for the first one named and for January, else "févr.". */
export function briefMonthWords(month: Month, isFirst: boolean): string {
  const name = briefMonth.format(new Date(`${month}-01T00:00:00Z`))
  return isFirst || month.endsWith('-01') ? `${name} ${month.slice(2, 4)}` : name
}
const briefMonth = new Intl.DateTimeFormat('fr', { month: 'short', timeZone: 'UTC' })

/** When the figures were computed, on the wall of the reader. */
export function computedWords(computed: { date: CivilDate; time: string } | null, today: CivilDate): string {
  if (!computed) return 'Calculées à l’instant.'
  const isToday = computed.date === today
  const night = computed.time < '09:00' ? 'la nuit dernière' : 'aujourd’hui'
  const day = isToday ? night : `le ${formatDay(computed.date)}`
  return `Calculées ${day} à ${formatHour(computed.time)}.`
}

const oneDecimal = new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** "15,1": of a share in a hundred, or of a ratio. */
export const decimal = (value: number): string => oneDecimal.format(value)
/** "15,1 %"; null when there are too few. */
export const percent = (share: number | null): string | null =>
  share === null ? null : `${decimal(share * 100)}\u00a0%`
