import type { OrganizationKind } from '../shared/actor'

interface CatalogueEntry {
  code: string
  /** The agents' words. */
  label: string
  /** The person's words: neither jargon, nor offence, nor measure. */
  publicLabel: string
  usesPublishedSlots: boolean
  allowedOnDaysOff: boolean
  assignedToBooker: boolean
  asksProsecutionNumber: boolean
  requiredHostKind: OrganizationKind | null
  bookableByExecutionOffice: boolean
  bookableBySentenceDepartment: boolean
  bookableByProbation: boolean
  restrictedInProbation: boolean
  heldAtPlace: boolean
  sharesAddress: boolean
}

/** Offered by courts at the exit of a hearing, on slots that a service has opened. */
const onPublishedSlots = {
  usesPublishedSlots: true,
  allowedOnDaysOff: false,
  assignedToBooker: false,
  asksProsecutionNumber: true,
  bookableBySentenceDepartment: true,
  heldAtPlace: true,
  sharesAddress: true,
}

/** Offered by the sentence-enforcement department, at a free date. */
const beforeSentenceJudge = {
  usesPublishedSlots: false,
  allowedOnDaysOff: false,
  assignedToBooker: false,
  asksProsecutionNumber: false,
  requiredHostKind: null,
  bookableByExecutionOffice: false,
  bookableBySentenceDepartment: true,
  bookableByProbation: false,
  restrictedInProbation: false,
  heldAtPlace: true,
  sharesAddress: true,
}

/** Offered by probation services, at a free date. */
const inProbation = {
  usesPublishedSlots: false,
  allowedOnDaysOff: false,
  assignedToBooker: true,
  asksProsecutionNumber: false,
  requiredHostKind: null,
  bookableByExecutionOffice: false,
  bookableBySentenceDepartment: false,
  bookableByProbation: true,
  restrictedInProbation: false,
  heldAtPlace: true,
  sharesAddress: true,
}

const catalogue = [
  {
    ...onPublishedSlots,
    code: 'hearing_exit_sentence_judge',
    label: 'Sortie d’audience SAP',
    publicLabel: 'Rendez-vous avec le juge de l’application des peines',
    requiredHostKind: 'court',
    bookableByExecutionOffice: true,
    bookableByProbation: false,
    restrictedInProbation: false,
  },
  {
    ...onPublishedSlots,
    code: 'hearing_exit_probation',
    label: 'Sortie d’audience SPIP',
    publicLabel: 'Premier rendez-vous avec votre service de suivi',
    requiredHostKind: 'probation_service',
    bookableByExecutionOffice: true,
    bookableByProbation: true,
    restrictedInProbation: false,
  },
  {
    ...onPublishedSlots,
    code: 'electronic_tag_fitting',
    label: 'SAP DDSE',
    publicLabel: 'Rendez-vous de mise en place',
    requiredHostKind: null,
    bookableByExecutionOffice: false,
    bookableByProbation: true,
    restrictedInProbation: true,
  },
  {
    ...beforeSentenceJudge,
    code: 'sentence_judge_follow_up',
    label: 'Convocation de suivi JAP',
    publicLabel: 'Rendez-vous de suivi avec le juge de l’application des peines',
  },
  {
    ...beforeSentenceJudge,
    code: 'adversarial_hearing',
    label: 'SAP débat contradictoire',
    publicLabel: 'Audience devant le juge de l’application des peines',
  },
  {
    ...beforeSentenceJudge,
    code: 'anti_terrorism_judge',
    label: 'Convocation JAPAT',
    publicLabel: 'Rendez-vous avec le juge de l’application des peines de Paris',
  },
  {
    ...inProbation,
    code: 'first_probation_follow_up',
    label: '1re convocation de suivi SPIP',
    publicLabel: 'Premier rendez-vous de suivi',
  },
  {
    ...inProbation,
    code: 'probation_follow_up',
    label: 'Convocation de suivi SPIP',
    publicLabel: 'Rendez-vous de suivi',
  },
  {
    ...inProbation,
    code: 'article_741_1',
    label: 'Convocation 741-1',
    publicLabel: 'Rendez-vous de suivi',
  },
  {
    ...inProbation,
    code: 'community_service_placement',
    label: 'Placement TIG/TNR',
    publicLabel: 'Rendez-vous sur votre lieu de travail',
    allowedOnDaysOff: true,
  },
  {
    ...inProbation,
    code: 'home_visit',
    label: 'Visite à domicile',
    publicLabel: 'Visite à votre domicile',
    heldAtPlace: false,
  },
  {
    ...inProbation,
    code: 'phone_appointment',
    label: 'RDV téléphonique',
    publicLabel: 'Rendez-vous par téléphone',
    heldAtPlace: false,
  },
  {
    ...inProbation,
    code: 'electronic_monitoring',
    label: 'Convocation DDSE',
    publicLabel: 'Rendez-vous de suivi',
    allowedOnDaysOff: true,
  },
  {
    ...inProbation,
    code: 'course',
    label: 'Convocation stage',
    publicLabel: 'Début de votre stage',
  },
  {
    ...inProbation,
    code: 'probation_recall',
    label: 'Convocation rappel SPIP',
    publicLabel: 'Rendez-vous obligatoire',
  },
  {
    ...inProbation,
    code: 'group_session',
    label: 'Action collective',
    publicLabel: 'Séance de groupe',
  },
] as const satisfies readonly CatalogueEntry[]

export type AppointmentTypeCode = (typeof catalogue)[number]['code']

export interface AppointmentType extends CatalogueEntry {
  code: AppointmentTypeCode
  position: number
}

/** The sixteen kinds of appointment, in the order in which they are offered. */
export const appointmentTypes: readonly AppointmentType[] = catalogue.map((type, index) => ({
  ...type,
  position: index + 1,
}))
