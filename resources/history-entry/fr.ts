import { messageEventsOfHistory, messageHistorySentence, type MessageHistoryEvent } from '../message/fr'
import { formatDay, formatHour } from '../shared/french'
import { formatPhone } from '../shared/phone'
import type { HistoryData } from './schema'

const about = ({ date, time, place }: HistoryData) =>
  [date && time ? `${formatDay(date)} à ${formatHour(time)}` : null, place].filter(Boolean).join(', ')

const ofAppointment = (what: string) => (data: HistoryData) => `${what} : ${about(data)}`

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
