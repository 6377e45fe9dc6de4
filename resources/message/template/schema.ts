import * as z from 'zod'
import { appointmentTypes, type AppointmentTypeCode } from '../../appointment-type/catalogue'
import { checkbox, choice, id, optionalId } from '../../shared/fields'

export const messageKinds = ['summons', 'reminder', 'cancellation', 'missed', 'rescheduling'] as const
export type MessageKind = (typeof messageKinds)[number]

/** About the person's own space: what they say is ours, and no service edits it. */
export const spaceMessageKinds = [
  'space_invitation',
  'space_reset',
  'space_password_changed',
  'space_new_number',
] as const
export type SpaceMessageKind = (typeof spaceMessageKinds)[number]

/** Of a message, whatever it is about. */
export type AnyMessageKind = MessageKind | SpaceMessageKind

/** What a template may ask for. Words for the people who edit templates, hence French. */
export const placeholders = [
  'rdv.date',
  'rdv.heure',
  'lieu.nom',
  'lieu.adresse',
  'lieu.téléphone',
  'lieu.contact',
  'lieu.lien_info',
] as const
export type Placeholder = (typeof placeholders)[number]

/** What fills a template: already written for eyes. A value that a place does not have is absent. */
export type TemplateValues = Readonly<Partial<Record<Placeholder, string | null>>>

const typeCodes = appointmentTypes.map(({ code }) => code) as [AppointmentTypeCode, ...AppointmentTypeCode[]]

/** Which text: the one common to all services (no organization), or that of one. */
export const textInput = z.object({
  organizationId: optionalId,
  typeCode: z.enum(typeCodes, 'Choisissez un type de convocation.'),
  kind: z.enum(messageKinds, 'Choisissez un message.'),
})
export type TextAddress = z.output<typeof textInput>

/** More than any text that leaves in four SMS. */
export const textMax = 1_000

/** Lines stay, as an SMS has them; blanks that are one to the eye are one, and signs that nobody sees go. */
export const tidied = (typed: string) =>
  typed
    .normalize('NFC')
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/gu, '\n')
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim()

/** The rules say what is wrong with it. */
const text = z
  .string('Écrivez le texte.')
  .transform(tidied)
  .pipe(z.string().max(textMax, `${textMax} caractères au plus.`))

/** The version in force on the screen of whoever acts: another one since then is told, not undone. */
const seenVersionId = id

export const writeTextInput = textInput.extend({ text, seenVersionId })
export const restoreVersionInput = z.object({ versionId: id, seenVersionId })
export const followDefaultInput = textInput.extend({ organizationId: id, seenVersionId })

/** When a reminder leaves, in hours before; `common` as the common text says. */
export const reminderChoices = ['common', '24', '48', 'both'] as const
export type ReminderChoice = (typeof reminderChoices)[number]
export const setReminderInput = textInput.omit({ kind: true }).extend({
  hours: choice(reminderChoices, 'Choisissez quand part le rappel.'),
})

export const proposeTextInput = textInput.omit({ organizationId: true }).extend({ text, seenVersionId })
export const proposalIdInput = z.object({ proposalId: id })
/** `anyway`: the text in force is no longer the one that the service started from, and the answer is the same. */
export const acceptProposalInput = proposalIdInput.extend({ seenVersionId, anyway: checkbox })

export const answerMax = 500
export const refuseProposalInput = proposalIdInput.extend({
  answer: z
    .string('Dites pourquoi, en une phrase.')
    .trim()
    .min(3, 'Dites pourquoi, en une phrase.')
    .max(answerMax, `${answerMax} caractères au plus.`),
})

/** The editor's address: what it does not say, or says wrong, is the first of its kind. */
export const editorInput = z.object({
  service: optionalId.catch(null),
  type: z.enum(typeCodes).nullish().catch(null),
  kind: z.enum(messageKinds).catch('summons'),
})

/** As typed, faults included. */
export const previewTextInput = textInput.extend({ text: z.string().max(textMax * 2) })

const paged = z.object({
  page: z.coerce.number().int().min(1).max(2_000).default(1).catch(1),
  perPage: z.coerce.number().int().min(1).max(50).default(25).catch(25),
})
export const listOwnTextsInput = paged
export const listProposalsInput = paged.extend({ over: checkbox.catch(false) })
