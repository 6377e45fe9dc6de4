import type { AnyMessageKind, MessageKind } from './template/schema'
import { formatDay, formatHour, formatWeekday } from '../shared/french'
import type { UnreachableReason } from '../probationer/rules'
import type { EndReason, MessageRefusal, MessageState } from './rules'
import type { MessageToCome } from './schema'

export const messageKindLabels: Record<AnyMessageKind, string> = {
  summons: 'Convocation',
  reminder: 'Rappel',
  cancellation: 'Annulation',
  missed: 'Convocation manquée',
  rescheduling: 'Replanification',
  space_invitation: 'Invitation à l’espace personnel',
  space_reset: 'Nouveau mot de passe de l’espace personnel',
  space_password_changed: 'Mot de passe de l’espace personnel changé',
  space_new_number: 'Espace personnel\u00a0: nouveau numéro',
}

/** In a sentence, after "SMS". */
export const ofKind: Record<AnyMessageKind, string> = {
  summons: 'de convocation',
  reminder: 'de rappel',
  cancellation: 'd’annulation',
  missed: 'de convocation manquée',
  rescheduling: 'de replanification',
  space_invitation: 'd’invitation à l’espace personnel',
  space_reset: 'de nouveau mot de passe de l’espace personnel',
  space_password_changed: 'qui dit que le mot de passe de l’espace personnel a changé',
  space_new_number: 'd’accès à l’espace personnel avec ce numéro',
}

export const endReasonWords: Record<EndReason, string> = {
  no_phone: 'pas de portable',
  opted_out: 'refuse les SMS',
  dead_number: 'les derniers SMS à ce numéro ne sont pas arrivés',
  archived: 'fiche archivée',
  limited: 'utilisation des données limitée',
  appointment_cancelled: 'convocation annulée',
  appointment_rescheduled: 'convocation replanifiée',
  appointment_excused: 'absence excusée à l’avance',
  appointment_settled: 'issue déjà renseignée',
  appointment_booked_again: 'convocation de nouveau planifiée',
  deadline: 'il était trop tard',
  night: 'la nuit, aucun SMS ne part',
  invalid_number: 'numéro invalide',
  unallocated_number: 'numéro non attribué',
  blacklisted: 'numéro bloqué par l’opérateur',
  rejected: 'refusé par l’opérateur',
  place_without_phone: 'le téléphone du lieu manque, et le texte le donne',
  place_without_email: 'l’e-mail du lieu manque, et le texte le donne',
  unrenderable: 'le texte n’a pas pu être préparé',
  link_over: 'son lien n’est plus valable',
  already_told: 'le même SMS venait de partir',
  sms_not_open: 'l’envoi de SMS n’est pas encore ouvert',
  unconfirmed: 'l’opérateur n’a pas pu dire s’il est parti',
  no_receipt: 'sans accusé au bout de 72 h',
}

export const messageRefusals: Record<MessageRefusal, string> = {
  'message.place_without_phone':
    'Le téléphone de ce lieu manque\u00a0: les SMS le donnent. Un administrateur local du service peut l’ajouter.',
  'message.place_without_email':
    'L’e-mail de ce lieu manque\u00a0: les SMS le donnent. Un administrateur local du service peut l’ajouter.',
  'message.text_unusable':
    'Le texte des SMS de ce type de convocation ne peut pas être préparé. Signalez-le à l’équipe Mon Suivi Justice.',
}

const reasonWords = (reason: string | null | undefined) =>
  reason && reason in endReasonWords ? endReasonWords[reason as EndReason] : null

/** How a state looks: always with its word. */
export type MessageTone = 'ok' | 'warn' | 'bad' | 'info' | 'off'

export interface MessageWords {
  word: string
  tone: MessageTone
}

/** What a message has become, in a word or a few. "Sans accusé" is never told as received. */
export function messageStateWords(message: {
  state: MessageState
  endReason?: string | null
  phoneOff?: boolean
  /** When it left; left out where it is not known whether it did. */
  sent?: object | null
}): MessageWords {
  const reason = reasonWords(message.endReason)
  switch (message.state) {
    case 'planned':
      return { word: 'Prévu', tone: 'info' }
    case 'sending':
      return { word: 'Envoi en cours', tone: 'info' }
    case 'unknown':
      return { word: 'En vérification', tone: 'warn' }
    case 'sent':
      if (message.endReason === 'no_receipt') return { word: 'Sans accusé', tone: 'warn' }
      return message.phoneOff
        ? { word: 'En attente\u00a0: téléphone éteint', tone: 'warn' }
        : { word: 'Parti', tone: 'info' }
    case 'delivered':
      return { word: 'Reçu', tone: 'ok' }
    case 'failed': {
      const what = message.sent === null ? 'Non envoyé' : 'Non reçu'
      return { word: reason ? `${what}\u00a0: ${reason}` : what, tone: 'bad' }
    }
    case 'suppressed':
      return { word: reason ? `Non envoyé\u00a0: ${reason}` : 'Non envoyé', tone: 'warn' }
    case 'expired':
      if (message.endReason === 'unconfirmed') return { word: 'Envoi non confirmé', tone: 'warn' }
      return message.endReason === 'night'
        ? { word: 'À prévenir par téléphone', tone: 'bad' }
        : { word: 'Non envoyé\u00a0: il était trop tard', tone: 'bad' }
    case 'cancelled':
      return { word: reason ? `Retiré\u00a0: ${reason}` : 'Retiré', tone: 'off' }
  }
}

/** Why nothing will leave, on a label. */
export const unreachableWords: Record<UnreachableReason, MessageWords> = {
  opted_out: { word: 'Refuse les SMS', tone: 'off' },
  no_phone: { word: 'Pas de portable', tone: 'warn' },
  dead_number: { word: 'Numéro à corriger', tone: 'bad' },
  archived: { word: 'Fiche archivée', tone: 'off' },
  limited: { word: 'Fiche limitée', tone: 'off' },
}

/**
 * Where the SMS of an appointment stand, on a label: what will leave is promised only to a person who can
 * receive it, with its day and hour at the place.
 */
export function deliveryWords(
  delivery: {
    kind: MessageKind
    state: MessageState
    endReason: string | null
    phoneOff: boolean
    due: { date: string; time: string }
  } | null,
  unreachable: UnreachableReason | null,
): MessageWords {
  if (unreachable && (!delivery || delivery.state === 'planned')) return unreachableWords[unreachable]
  if (!delivery) return { word: 'Aucun SMS', tone: 'off' }
  if (delivery.state === 'suppressed' && delivery.endReason && delivery.endReason in unreachableWords)
    return unreachableWords[delivery.endReason as UnreachableReason]
  if (delivery.state === 'planned' && delivery.kind === 'reminder') {
    const { date, time } = delivery.due
    return { word: `Rappel ${formatWeekday(date)}, ${formatHour(time)}`, tone: 'info' }
  }
  // On a label, the reason of a failure is left to the page of the appointment.
  const { word, tone } = messageStateWords(delivery.state === 'sent' ? delivery : { state: delivery.state })
  return { word: `SMS ${word.slice(0, 1).toLowerCase()}${word.slice(1)}`, tone }
}

/** After an act that lets a person receive SMS again: what is saved, what will leave for them, and when. */
export function savedSentence(saved: string, messages: readonly MessageToCome[]): string {
  const sentences = messages.slice(0, 2).map(({ kind, leavesNow, date, time }) => {
    const when = leavesNow ? 'part maintenant' : `partira ${formatDay(date)} à ${formatHour(time)}`
    return `Un SMS ${ofKind[kind]} ${when}.`
  })
  if (messages.length > 2) sentences.push('D’autres suivront.')
  return [`${saved}.`, ...sentences].join(' ')
}

interface ReminderPlanned {
  reminderHours: number
  leavesNow: boolean
}

const reminderPeriods = (reminders: readonly ReminderPlanned[]) =>
  reminders
    .map(({ reminderHours }) => (reminderHours === 24 ? 'la veille' : `${reminderHours / 24} jours avant`))
    .join(' et ')

/** The two choices of an agent who books, in the words of what each really sends; before the date, in general. */
export function informWords(
  choices: { now: readonly ReminderPlanned[]; reminder_only: readonly ReminderPlanned[] } | null,
): { now: string; reminderOnly: string; whyNoReminder: string | null } {
  if (!choices)
    return {
      now: 'Prévenir maintenant, puis rappeler',
      reminderOnly: 'Rappeler seulement',
      whyNoReminder: null,
    }
  const alone = choices.reminder_only
  const leavesNow = alone.some((reminder) => reminder.leavesNow)
  return {
    now:
      choices.now.length > 0
        ? `Prévenir maintenant, puis rappeler ${reminderPeriods(choices.now)}`
        : 'Prévenir maintenant, sans rappel',
    reminderOnly: leavesNow
      ? 'Envoyer le rappel maintenant, seul'
      : alone.length > 0
        ? `Rappeler ${reminderPeriods(alone)} seulement`
        : 'Ne rien envoyer',
    whyNoReminder:
      choices.now.length > 0
        ? null
        : alone.length === 0
          ? 'Pas de rappel\u00a0: ce type de convocation n’en a pas.'
          : leavesNow
            ? 'Pas de rappel\u00a0: la date est trop proche, le premier SMS suffit.'
            : 'Pas de rappel\u00a0: il partirait moins de six heures après le premier SMS.',
  }
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

export const messageEventsOfHistory = [
  'message.sent',
  'message.delivered',
  'message.failed',
  'message.suppressed',
  'message.expired',
  'message.cancelled',
  'message.reminder_cancelled',
] as const
export type MessageHistoryEvent = (typeof messageEventsOfHistory)[number]

/** The sentence of a history line about a message. The text as sent is shown beside it. */
export function messageHistorySentence(
  event: MessageHistoryEvent,
  data: { kind: AnyMessageKind; reason?: string },
): string {
  const sms = `SMS ${ofKind[data.kind]}`
  const reason = reasonWords(data.reason)
  const because = reason ? `\u00a0: ${reason}` : ''
  switch (event) {
    case 'message.sent':
      return `${sms} parti`
    case 'message.delivered':
      return `${sms} reçu par le téléphone`
    case 'message.failed':
      return `${sms} non reçu${because}`
    case 'message.suppressed':
      return `${sms} non envoyé${because}`
    case 'message.expired':
      return data.reason === 'unconfirmed'
        ? `${sms} non confirmé${because}`
        : `${sms} non envoyé\u00a0: ${reason ?? endReasonWords.deadline}`
    case 'message.cancelled':
      return `${capital(sms)} retiré${because}`
    case 'message.reminder_cancelled':
      return `SMS de rappel retiré${because}`
  }
}
