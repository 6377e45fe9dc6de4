import type { AppointmentTypeCode } from '../../appointment-type/catalogue'
import type { MessageKind } from './schema'

/**
 * The texts common to all services (decision M11). The service speaks first, the
 * consequence and the plan are said, nothing on the offence, the sentence or its measures. Days are
 * absolute, as a message may leave late. Two parts at most with the longest usual values, STOP link
 * included: hence few words, and none with ê, ç or œ.
 *
 * {lieu.contact} rather than {lieu.téléphone}: a place that prefers e-mail may have no phone.
 */

const when = '{rdv.date} à {rdv.heure}'
const absence = "Le juge peut tenir compte d'une absence."
const problem = 'Un problème ? {lieu.contact}'
const missedPlan = `${absence} Contactez-nous dès que possible : {lieu.contact}`
const identity = "Prenez une pièce d'identité."
const judge = "juge de l'application des peines"
const judgeAbsence = "Il peut tenir compte d'une absence."
const contact = 'Contact {lieu.contact}'
const reach = `${contact} {lieu.lien_info}`

/** Follow-up at a probation service: only the words for the appointment and its cancellation differ. */
function atProbationService(name: string, { cancelled }: { cancelled: string }): Record<MessageKind, string> {
  return {
    summons: `{lieu.nom} : ${name} ${when}, {lieu.adresse}. ${identity} ${absence} ${problem} {lieu.lien_info}`,
    reminder: `RAPPEL {lieu.nom} : ${name} ${when}, {lieu.adresse}. ${identity} ${absence} ${problem} {lieu.lien_info}`,
    cancellation: `{lieu.nom} : votre ${name} du ${when} est annulé. ${cancelled} ${reach}`,
    missed: `{lieu.nom} : vous aviez un ${name} ${when}. ${missedPlan} {lieu.lien_info}`,
    rescheduling: `{lieu.nom} : ${name} déplacé au ${when}, {lieu.adresse}. ${identity} ${absence} ${contact} {lieu.lien_info}`,
  }
}

const counsellorProposes = 'Votre conseiller vous proposera une nouvelle date.'
const placeContacts = 'Le service vous contactera pour une nouvelle date.'

export const defaultTexts: Readonly<Record<AppointmentTypeCode, Readonly<Record<MessageKind, string>>>> = {
  hearing_exit_sentence_judge: {
    summons: `{lieu.nom} : le ${judge} vous attend ${when}, {lieu.adresse}. Apportez vos justificatifs. ${judgeAbsence} ${contact} {lieu.lien_info}`,
    reminder: `RAPPEL {lieu.nom} : le ${judge} vous attend ${when}, {lieu.adresse}. Avec vos justificatifs. ${judgeAbsence} ${contact} {lieu.lien_info}`,
    cancellation: `{lieu.nom} : votre rendez-vous avec le ${judge} du ${when} est annulé. Vous recevrez une nouvelle convocation. ${reach}`,
    missed: `{lieu.nom} : vous aviez rendez-vous avec le ${judge} ${when}. ${missedPlan} {lieu.lien_info}`,
    rescheduling: `{lieu.nom} : votre rendez-vous avec le ${judge} est déplacé au ${when}, {lieu.adresse}. ${absence} ${contact} {lieu.lien_info}`,
  },
  hearing_exit_probation: atProbationService('premier rendez-vous', { cancelled: placeContacts }),
  electronic_tag_fitting: atProbationService("rendez-vous d'installation", { cancelled: placeContacts }),
  sentence_judge_follow_up: {
    summons: `{lieu.nom} : le ${judge} vous attend ${when}, {lieu.adresse}. Avec papiers et justificatifs. ${judgeAbsence} ${contact} {lieu.lien_info}`,
    reminder: `RAPPEL {lieu.nom} : le juge vous attend ${when}, {lieu.adresse}. Avec papiers et justificatifs. ${judgeAbsence} ${contact} {lieu.lien_info}`,
    cancellation: `{lieu.nom} : votre rendez-vous avec le ${judge} du ${when} est annulé. Pour en savoir plus : {lieu.contact} {lieu.lien_info}`,
    missed: `{lieu.nom} : vous aviez rendez-vous avec le ${judge} ${when}. ${missedPlan} {lieu.lien_info}`,
    rescheduling: `{lieu.nom} : votre rendez-vous avec le juge est déplacé au ${when}, {lieu.adresse}. Avec papiers et justificatifs. ${judgeAbsence} ${contact} {lieu.lien_info}`,
  },
  adversarial_hearing: {
    summons: `{lieu.nom} : débat contradictoire devant le juge ${when}, {lieu.adresse}. ${identity} ${absence} ${problem} {lieu.lien_info}`,
    reminder: `RAPPEL {lieu.nom} : débat contradictoire devant le juge ${when}, {lieu.adresse}. Prenez une pièce d'identité. ${absence} ${contact} {lieu.lien_info}`,
    cancellation: `{lieu.nom} : le débat contradictoire devant le ${judge} du ${when} est annulé. Pour en savoir plus : {lieu.contact} {lieu.lien_info}`,
    missed: `{lieu.nom} : votre débat contradictoire devant le ${judge} était prévu ${when}. ${missedPlan} {lieu.lien_info}`,
    rescheduling: `{lieu.nom} : débat contradictoire devant le juge déplacé au ${when}, {lieu.adresse}. ${identity} ${judgeAbsence} ${contact} {lieu.lien_info}`,
  },
  anti_terrorism_judge: {
    summons: `{lieu.nom} : rendez-vous avec le ${judge} de Paris ${when}, en visio ou sur place comme l'indique votre convocation. ${absence} ${problem}`,
    reminder: `RAPPEL {lieu.nom} : rendez-vous avec le ${judge} de Paris ${when}, en visio ou sur place comme l'indique votre convocation. ${absence} ${contact}`,
    cancellation: `{lieu.nom} : votre rendez-vous avec le ${judge} de Paris du ${when} est annulé. Si aucune autre date n'est prévue, contactez-nous : {lieu.contact}`,
    missed: `{lieu.nom} : vous aviez rendez-vous avec le ${judge} de Paris ${when}. ${missedPlan}`,
    rescheduling: `{lieu.nom} : rendez-vous avec le ${judge} de Paris déplacé au ${when}, en visio ou sur place comme l'indique votre convocation. ${judgeAbsence} ${contact}`,
  },
  first_probation_follow_up: atProbationService('premier rendez-vous de suivi', { cancelled: placeContacts }),
  probation_follow_up: atProbationService('rendez-vous de suivi', { cancelled: counsellorProposes }),
  article_741_1: atProbationService('rendez-vous de suivi', { cancelled: placeContacts }),
  community_service_placement: {
    summons: `{lieu.nom} : entretien ou début de travail ${when}. Allez directement au lieu de travail indiqué. ${absence} ${problem} {lieu.lien_info}`,
    reminder: `RAPPEL {lieu.nom} : entretien ou début de travail ${when}. Allez directement au lieu de travail indiqué. ${absence} ${problem} {lieu.lien_info}`,
    cancellation: `{lieu.nom} : votre rendez-vous au lieu de travail du ${when} est annulé. ${counsellorProposes} ${reach}`,
    missed: `{lieu.nom} : vous aviez rendez-vous au lieu de travail ${when}. ${missedPlan} {lieu.lien_info}`,
    rescheduling: `{lieu.nom} : votre rendez-vous est déplacé au ${when}. Allez directement au lieu de travail indiqué. ${absence} ${problem} {lieu.lien_info}`,
  },
  home_visit: {
    summons: `{lieu.nom} : visite à votre domicile ${when}. Soyez chez vous à cette heure. ${absence} ${problem} {lieu.lien_info}`,
    reminder: `RAPPEL {lieu.nom} : visite à votre domicile ${when}. Soyez chez vous à cette heure. ${absence} ${problem} {lieu.lien_info}`,
    cancellation: `{lieu.nom} : la visite à votre domicile du ${when} est annulée. ${counsellorProposes} ${reach}`,
    missed: `{lieu.nom} : la visite à votre domicile du ${when} n'a pas pu avoir lieu. ${missedPlan} {lieu.lien_info}`,
    rescheduling: `{lieu.nom} : la visite à votre domicile est déplacée au ${when}. Soyez chez vous à cette heure. ${absence} ${problem} {lieu.lien_info}`,
  },
  phone_appointment: {
    summons: `{lieu.nom} : rendez-vous par téléphone ${when}. Gardez votre téléphone à portée de main. ${absence} ${problem} {lieu.lien_info}`,
    reminder: `RAPPEL {lieu.nom} : rendez-vous par téléphone ${when}. Gardez votre téléphone à portée de main. ${absence} ${problem} {lieu.lien_info}`,
    cancellation: `{lieu.nom} : votre rendez-vous par téléphone du ${when} est annulé. ${counsellorProposes} ${reach}`,
    missed: `{lieu.nom} : nous n'avons pas pu vous joindre ${when} pour votre rendez-vous par téléphone. ${missedPlan} {lieu.lien_info}`,
    rescheduling: `{lieu.nom} : votre rendez-vous par téléphone est déplacé au ${when}. Gardez votre téléphone à portée de main. ${absence} ${problem} {lieu.lien_info}`,
  },
  electronic_monitoring: atProbationService('rendez-vous de suivi technique', {
    cancelled: counsellorProposes,
  }),
  course: {
    summons: `{lieu.nom} : début de votre stage ${when}, au lieu indiqué sur votre convocation. ${identity} ${absence} ${problem} {lieu.lien_info}`,
    reminder: `RAPPEL {lieu.nom} : début de votre stage ${when}, au lieu indiqué sur votre convocation. ${identity} ${absence} ${problem} {lieu.lien_info}`,
    cancellation: `{lieu.nom} : votre stage du ${when} est annulé. ${counsellorProposes} ${reach}`,
    missed: `{lieu.nom} : votre stage débutait ${when}. ${missedPlan} {lieu.lien_info}`,
    rescheduling: `{lieu.nom} : le début de votre stage est déplacé au ${when}, {lieu.adresse}. ${identity} ${absence} ${problem} {lieu.lien_info}`,
  },
  probation_recall: {
    summons: `{lieu.nom} : rendez-vous ${when}, {lieu.adresse}. Votre présence est obligatoire. ${absence} ${problem} {lieu.lien_info}`,
    reminder: `RAPPEL {lieu.nom} : rendez-vous ${when}, {lieu.adresse}. Votre présence est obligatoire. ${absence} ${problem} {lieu.lien_info}`,
    cancellation: `{lieu.nom} : votre rendez-vous obligatoire du ${when} est annulé. ${counsellorProposes} ${reach}`,
    missed: `{lieu.nom} : vous aviez un rendez-vous obligatoire ${when}. ${missedPlan} {lieu.lien_info}`,
    rescheduling: `{lieu.nom} : rendez-vous déplacé au ${when}, {lieu.adresse}. Votre présence est obligatoire. ${absence} ${problem} {lieu.lien_info}`,
  },
  group_session: {
    summons: `{lieu.nom} : séance de groupe ${when}, {lieu.adresse}. ${identity} ${absence} ${problem} {lieu.lien_info}`,
    reminder: `RAPPEL {lieu.nom} : séance de groupe ${when}, {lieu.adresse}. ${identity} ${absence} ${problem} {lieu.lien_info}`,
    cancellation: `{lieu.nom} : la séance de groupe du ${when} est annulée. ${counsellorProposes} ${reach}`,
    missed: `{lieu.nom} : vous aviez une séance de groupe ${when}. ${missedPlan} {lieu.lien_info}`,
    rescheduling: `{lieu.nom} : séance de groupe déplacée au ${when}, {lieu.adresse}. Votre présence est obligatoire. ${absence} ${problem} {lieu.lien_info}`,
  },
}

/** A text one day before has a measured effect, two days before alone has none (decision M1). */
export const defaultReminderHours: readonly number[] = [24]
