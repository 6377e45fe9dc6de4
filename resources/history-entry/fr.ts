import { appointmentTypes } from '../appointment-type/catalogue'
import { stateWords } from '../appointment/fr'
import { messageEventsOfHistory, messageHistorySentence, type MessageHistoryEvent } from '../message/fr'
import { formatDay, formatHour } from '../shared/french'
import { formatPhone } from '../shared/phone'
import type { HistoryData } from './schema'

const typeOf = ({ typeCode }: HistoryData) => appointmentTypes.find(({ code }) => code === typeCode)

/** When, for what, and where, unless nobody goes anywhere. */
const about = (data: HistoryData) => {
  const { date, time, place } = data
  const type = typeOf(data)
  return [
    date && time ? `${formatDay(date)} à ${formatHour(time)}` : null,
    type?.label,
    type?.heldAtPlace === false ? null : place,
  ]
    .filter(Boolean)
    .join(', ')
}

const ofAppointment = (what: string) => (data: HistoryData) =>
  [what, about(data)].filter(Boolean).join('\u00a0: ')

const informWords = {
  now: '«\u00a0prévenir maintenant, puis rappel\u00a0»',
  reminder_only: '«\u00a0rappel seulement\u00a0»',
}

/** By their names in the record: those that tell more apart (phone, refusal of SMS) have their own line. */
const fieldWords: Readonly<Record<string, string>> = {
  lastName: 'nom',
  firstName: 'prénom',
  dateOfBirth: 'date de naissance',
  appiNumber: 'numéro APPI',
  hasNoMobilePhone: 'absence de portable',
  followedByAntiTerrorismJudge: 'suivi par le JAPAT',
  cityId: 'commune',
  isHomeless: 'sans domicile fixe',
  livesAbroad: 'habite à l’étranger',
}

const number = (phone: string | undefined) => (phone ? formatPhone(phone) : 'inconnu')

const sentences: Record<string, (data: HistoryData) => string> = {
  'probationer.registered': () => 'Fiche créée',
  'probationer.assigned': () => 'Suivi pris en charge',
  'probationer.unassigned': () => 'Suivi rendu au service',
  'probationer.sms_enabled': () => 'SMS réactivés',
  'probationer.sms_refused_by_link': () => 'SMS refusés par la personne, depuis le lien STOP',
  'probationer.sms_refused': () => 'SMS refusés par la personne, dit à un agent',
  'probationer.phone_added': ({ to }) => `Portable ajouté\u00a0: ${number(to)}`,
  'probationer.phone_changed': ({ from, to }) =>
    `Portable changé\u00a0: ${number(from)} devient ${number(to)}`,
  'probationer.phone_removed': ({ from }) => `Portable retiré\u00a0: ${number(from)}`,
  'probationer.corrected': ({ fields = [] }) => {
    const names = fields.map((field) => fieldWords[field]).filter(Boolean)
    return names.length > 0 ? `Fiche modifiée\u00a0: ${names.join(', ')}` : 'Fiche modifiée'
  },
  'probationer.phone_to_check': () => 'Numéro à vérifier\u00a0: un SMS n’est pas arrivé',
  'appointment.booked': (data) =>
    [ofAppointment('Convocation créée')(data), data.inform && informWords[data.inform]]
      .filter(Boolean)
      .join(', '),
  'appointment.cancelled': ofAppointment('Convocation annulée'),
  'appointment.attended': ofAppointment('Honorée'),
  'appointment.missed': ofAppointment('Manquée'),
  'appointment.excused': ofAppointment('Excusée'),
  'appointment.outcome_undone': (data) =>
    ofAppointment(
      data.outcome
        ? `Issue «\u00a0${stateWords[data.outcome].toLowerCase()}\u00a0» retirée`
        : 'Issue retirée',
    )(data),
  'appointment.rescheduled': ofAppointment('Replanifiée'),
}

const isMessageEvent = (event: string): event is MessageHistoryEvent =>
  (messageEventsOfHistory as readonly string[]).includes(event)

/** The sentence of a line of history. An event without its own words is still shown, by its name. */
export function historySentence(event: string, data: HistoryData): string {
  if (isMessageEvent(event)) return messageHistorySentence(event, { ...data, kind: data.kind ?? 'summons' })
  return sentences[event]?.(data) ?? event
}
