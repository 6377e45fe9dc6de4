import { messageEventsOfHistory, messageHistorySentence, type MessageHistoryEvent } from '../message/fr'
import { formatDay, formatHour } from '../shared/french'
import type { HistoryData } from './schema'

const about = ({ date, time, place }: HistoryData) =>
  [date && time ? `${formatDay(date)} à ${formatHour(time)}` : null, place].filter(Boolean).join(', ')

const ofAppointment = (what: string) => (data: HistoryData) => `${what} : ${about(data)}`

const sentences: Record<string, (data: HistoryData) => string> = {
  'probationer.registered': () => 'Fiche créée',
  'probationer.assigned': () => 'Suivi pris en charge',
  'probationer.unassigned': () => 'Suivi rendu au service',
  'probationer.sms_enabled': () => 'SMS réactivés',
  'probationer.sms_refused_by_link': () => 'SMS refusés par la personne, depuis le lien STOP',
  'probationer.phone_to_check': () => 'Numéro à vérifier : un SMS n’est pas arrivé',
  'appointment.booked': ofAppointment('Convocation créée'),
  'appointment.cancelled': ofAppointment('Convocation annulée'),
  'appointment.attended': ofAppointment('Honorée'),
  'appointment.missed': ofAppointment('Manquée'),
  'appointment.excused': ofAppointment('Excusée'),
  'appointment.rescheduled': ofAppointment('Replanifiée'),
}

const isMessageEvent = (event: string): event is MessageHistoryEvent =>
  (messageEventsOfHistory as readonly string[]).includes(event)

/** The sentence of a line of history. An event without its own words is still shown, by its name. */
export function historySentence(event: string, data: HistoryData): string {
  if (isMessageEvent(event)) return messageHistorySentence(event, { ...data, kind: data.kind ?? 'summons' })
  return sentences[event]?.(data) ?? event
}
