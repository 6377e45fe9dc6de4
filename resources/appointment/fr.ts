import { appointmentTypes } from '../appointment-type/catalogue'
import type { HistoryData } from '../history-entry/schema'
import type { CivilDate, CivilTime } from '../shared/civil-time'
import { formatDay, formatHour } from '../shared/french'
import type { AppointmentState } from './rules'

export const appointmentRefusals = {
  'appointment.type_not_offered': 'Votre rôle ne permet pas de convoquer pour ce type.',
  'appointment.left_alone':
    'Cette sortie d’audience demande que le tribunal et le SPIP du ressort utilisent tous deux Mon Suivi Justice.',
  'appointment.type_not_hosted': 'Ce lieu ne reçoit pas pour ce type de convocation.',
  'appointment.place_not_following': 'Ce lieu n’est pas celui d’un service qui suit la personne.',
  'appointment.place_missing': 'Choisissez le lieu.',
  'appointment.agenda_missing': 'Choisissez l’agenda.',
  'appointment.date_missing': 'Indiquez la date. Exemple\u00a0: mardi.',
  'appointment.time_missing': 'Indiquez l’heure. Exemple\u00a0: 14 h 30.',
  'appointment.slot_missing': 'Choisissez un créneau.',
  'appointment.slot_gone': 'Ce créneau n’est plus proposé. Choisissez-en un autre.',
  'appointment.slot_past': 'Ce créneau est passé. {others}',
  'appointment.slot_closed': 'Ce créneau vient d’être fermé. {others}',
  'appointment.slot_full': 'La dernière place de ce créneau vient d’être prise. {others}',
  'appointment.hour_outside': 'Les convocations se font entre 6 h et 21 h.',
  'appointment.ends_late':
    'La séance finirait après 21\u00a0h\u00a030. Choisissez une autre heure, ou une durée plus courte.',
  'appointment.past': 'Cette date ou cette heure est passée.',
  'appointment.too_far': 'La date doit être dans l’année qui vient.',
  'appointment.weekend': 'Ce jour est un samedi ou un dimanche. Choisissez un jour ouvré.',
  'appointment.holiday': 'Ce jour est férié ({holiday}). Choisissez un autre jour.',
  'appointment.same_instant': 'Cette personne est déjà convoquée à cette heure-là.',
  'appointment.overlap':
    'Cette personne est déjà attendue ailleurs à ce moment ({other}). Confirmez si vous gardez l’heure.',
  'appointment.overlap_elsewhere':
    'Cette personne est déjà attendue ailleurs à ce moment. Confirmez si vous gardez l’heure.',
  'appointment.already_booked':
    'Votre envoi précédent avait abouti\u00a0: la convocation du {when} est enregistrée. Vérifiez la fiche avant d’en faire une autre.',
  'appointment.member_not_found': 'Fiche introuvable, ou hors de votre ressort\u00a0: retirez la personne.',
  'appointment.inform_missing': 'Choisissez quels SMS envoyer.',
  'appointment.not_missed':
    'La convocation d’avant n’est plus manquée ni excusée. Ouvrez-la pour voir ce qui a changé.',
  'appointment.already_reconvened':
    'La personne est déjà reconvoquée après cette convocation. Pour un rendez-vous de plus, convoquez-la depuis sa fiche.',
  'appointment.reconvened_since':
    'La personne est déjà reconvoquée après cette convocation. Annulez d’abord la nouvelle date, ou gardez-la.',
  'appointment.same_date': 'C’est déjà sa date et son heure. Choisissez-en une autre.',
  'appointment.already_attended':
    'Cette convocation est déjà marquée honorée. Son historique dit par qui et quand.',
  'appointment.already_missed':
    'Cette convocation est déjà marquée manquée. Son historique dit par qui et quand.',
  'appointment.already_excused':
    'Cette convocation est déjà marquée excusée. Son historique dit par qui et quand.',
  'appointment.already_cancelled': 'Cette convocation a été annulée. Son historique dit par qui et quand.',
  'appointment.already_rescheduled':
    'Cette convocation a été replanifiée à une autre date. Son historique dit par qui et quand.',
  'appointment.already_past': 'L’heure est passée\u00a0: indiquez plutôt si la personne est venue.',
  'appointment.no_outcome':
    'Cette convocation n’a pas d’issue à retirer. Son historique dit ce qui a changé.',
  'appointment.seat_gone':
    'La place a été reprise par une autre personne, ou le créneau est fermé\u00a0: convoquez à une autre date.',
  'appointment.closed': 'Fermeture ou absence à ce moment{because}\u00a0: choisissez une autre date.',
  'appointment.place_archived': 'Ce lieu est archivé\u00a0: annulez, puis convoquez ailleurs.',
  'appointment.list_too_long':
    'Ce fichier a {most} lignes au plus. Réduisez la liste avec les filtres\u00a0: un jour, un lieu.',
  'appointment.not_yet': 'La convocation n’a pas encore eu lieu.',
} satisfies Record<`appointment.${string}`, string>

export type AppointmentRefusal = keyof typeof appointmentRefusals

export const stateWords: Record<AppointmentState, string> = {
  booked: 'Planifiée',
  attended: 'Honorée',
  missed: 'Manquée',
  excused: 'Excusée',
  cancelled: 'Annulée',
  rescheduled: 'Replanifiée',
}

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

const instead = (words: string) => (data: HistoryData) =>
  data.otherDate && data.otherTime
    ? `${words} ${formatDay(data.otherDate)} à ${formatHour(data.otherTime)}`
    : null

const informWords = {
  now: '«\u00a0prévenir maintenant, puis rappel\u00a0»',
  reminder_only: '«\u00a0rappel seulement\u00a0»',
}

export const appointmentHistory = {
  'appointment.booked': (data) =>
    [ofAppointment('Convocation créée')(data), data.inform && informWords[data.inform]]
      .filter(Boolean)
      .join(', '),
  'appointment.booked_instead': (data) =>
    [ofAppointment('Convocation créée')(data), instead('en remplacement de celle du')(data)]
      .filter(Boolean)
      .join(', '),
  'appointment.cancelled': (data) =>
    [ofAppointment('Convocation annulée')(data), data.reason].filter(Boolean).join(', '),
  'appointment.attended': ofAppointment('Honorée'),
  'appointment.missed': ofAppointment('Manquée'),
  'appointment.excused': ofAppointment('Excusée'),
  'appointment.outcome_undone': (data) =>
    ofAppointment(
      data.outcome
        ? `Issue «\u00a0${stateWords[data.outcome].toLowerCase()}\u00a0» retirée`
        : 'Issue retirée',
    )(data),
  'appointment.rescheduled': (data) =>
    [ofAppointment('Replanifiée')(data), instead('nouvelle date le')(data), data.reason]
      .filter(Boolean)
      .join(', '),
  'appointment.relocated': ofAppointment('Le lieu a déménagé'),
} satisfies Record<`appointment.${string}`, (data: HistoryData) => string>

/** Of an absence taken back too late to be unsaid. */
export const absenceTold = (people: number) =>
  people === 1
    ? 'Le SMS d’absence est déjà parti\u00a0: prévenez la personne.'
    : `${people} SMS d’absence sont déjà partis\u00a0: prévenez ces personnes.`

/** What is offered instead of a slot that cannot be had: three hours, the agenda named where it is another. */
export function otherSlotsSentence(
  free: readonly { date: CivilDate; time: CivilTime; agenda: string | null }[],
): string {
  const hours = new Set(
    free.map(
      ({ date, time, agenda }) => `${formatDay(date)} à ${formatHour(time)}${agenda ? ` (${agenda})` : ''}`,
    ),
  )
  return hours.size > 0
    ? `Prochaines places libres\u00a0: ${[...hours].slice(0, 3).join(', ')}.`
    : 'Aucune autre place n’est libre dans ce lieu.'
}
