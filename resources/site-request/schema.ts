import * as z from 'zod'
import { departments } from '../city/departments'
import { publicPageSlugInput } from '../public-page/schema'
import { checkbox, choice, drawn, id, optionalText, requiredLine, wholeNumber } from '../shared/fields'
import { agentLastName, firstName } from '../shared/names'

/** Of the team; what is written to a service is never listed among them. */
export const teamKinds = ['contact', 'page_error', 'deployment', 'training', 'service_page'] as const
/** What an answer says of a request: it is no longer only received. */
const answeredStates = ['incomplete', 'accepted', 'refused', 'done'] as const
export const requestStates = ['received', ...answeredStates] as const

export const contactTopics = ['error', 'accessibility', 'other'] as const
export const trainingTopics = ['first_steps', 'slots', 'hearing_exit', 'administration', 'other'] as const

const wrongEmail = (example: string) =>
  `Cette adresse e-mail n’a pas la bonne forme. Exemple\u00a0: ${example}.`
const emailText = (missing: string) =>
  z.string({ error: missing }).trim().toLowerCase().min(1, missing).max(254, '254 caractères au plus.')

const senderEmail = emailText('Indiquez votre adresse e-mail, pour recevoir la réponse.').pipe(
  z.email(wrongEmail('prenom.nom@exemple.fr')),
)

/** One of the State's: another is refused with what to do. */
const workEmail = (missing: string) =>
  emailText(missing)
    .pipe(z.email(wrongEmail('prenom.nom@justice.fr')))
    .refine(
      (email) => /@(?:[a-z0-9-]+\.)*(?:justice|gouv)\.fr$/.test(email),
      'Une adresse professionnelle en @justice.fr ou .gouv.fr est attendue. Exemple\u00a0: prenom.nom@justice.fr.',
    )

/** Lines stay lines; a sign that nobody sees, or that turns the reading, goes. */
const typedLines = (text: string) =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, '')
    .trim()

const message = (max: number, missing: string) =>
  z
    .string({ error: missing })
    .transform(typedLines)
    .pipe(
      z
        .string()
        .regex(/[\p{L}\p{N}]/u, missing)
        .max(max, `${max} caractères au plus.`),
    )
    .register(drawn, { kind: 'long', max })

const optionalMessage = (max: number) =>
  z
    .string()
    .transform(typedLines)
    .pipe(z.string().max(max, `${max} caractères au plus.`))
    .nullish()
    .transform((text) => text || null)

const ticked = (missing: string) => checkbox.refine((yes) => yes, missing)

const identity = {
  firstName,
  lastName: agentLastName,
  position: requiredLine(100, 'Indiquez votre fonction. Exemple\u00a0: directrice pénitentiaire.'),
}
const serviceName = requiredLine(150, 'Indiquez le nom du service, comme il est écrit sur les convocations.')

const serviceKind = choice(['probation_service', 'court'], 'Choisissez un SPIP ou un tribunal.')
const departmentCode = z.enum(
  departments.map(({ code }) => code) as [string, ...string[]],
  'Choisissez le département.',
)

export const deploymentTools = ['toolSms', 'toolHearingExit', 'toolElectronicTag', 'toolSpace'] as const
const tools = {
  toolSms: checkbox,
  toolHearingExit: checkbox,
  toolElectronicTag: checkbox,
  toolSpace: checkbox,
}

/** Somewhere in a line that people write. */
const anAddress = /[^\s@]@[^\s@]+\.[^\s@]/

/** Each line names one of them, with their address. */
const localAdmins = message(
  2_000,
  'Indiquez au moins un administrateur local, avec son adresse e-mail.',
).refine(
  (text) => text.split('\n').every((line) => line.trim() === '' || anAddress.test(line)),
  'Écrivez une personne par ligne, avec son adresse e-mail. Exemple\u00a0: Sonia Marchetti, sonia.marchetti@justice.fr.',
)

/** What each form asks besides the sender's address, in the order of the form. */
export const detailsOf = {
  contact: z.object({
    topic: choice(contactTopics, 'Choisissez le sujet de votre message.'),
    message: message(2_000, 'Écrivez votre message.'),
    service: optionalText(150),
  }),
  page_error: z.object({ message: message(2_000, 'Dites ce qui ne va pas sur cette page.') }),
  absence: z.object({
    firstName,
    lastName: agentLastName,
    appointment: requiredLine(
      120,
      'Indiquez le jour et l’heure de votre convocation. Exemple\u00a0: lundi 12 octobre à 9 h 30.',
    ),
    message: message(1_000, 'Dites pourquoi vous ne pouvez pas venir.'),
    reach: requiredLine(
      200,
      'Indiquez un téléphone ou une adresse e-mail, pour que le service vous réponde.',
    ).refine(
      (text) => anAddress.test(text) || (text.match(/\p{Nd}/gu)?.length ?? 0) >= 9,
      'Indiquez un numéro de téléphone entier ou une adresse e-mail. Exemple\u00a0: 06 12 34 56 78.',
    ),
  }),
  deployment: z.object({
    serviceKind,
    serviceName,
    jurisdiction: requiredLine(150, 'Indiquez le ressort. Exemple\u00a0: tribunal judiciaire de Versailles.'),
    departmentCode,
    agents: wholeNumber(
      { from: 1, to: 5_000 },
      'Indiquez le nombre d’agents, en chiffres. Exemple\u00a0: 24.',
    ),
    ...identity,
    email: workEmail('Indiquez votre adresse e-mail professionnelle.'),
    approverName: requiredLine(150, 'Indiquez le prénom et le nom de la personne qui a donné son accord.'),
    approverPosition: requiredLine(100, 'Indiquez sa fonction. Exemple\u00a0: directeur de greffe.'),
    approverEmail: workEmail('Indiquez son adresse e-mail professionnelle.'),
    agreement: ticked(
      'Cochez la case une fois l’accord obtenu\u00a0: sans lui, la demande ne peut pas être étudiée.',
    ),
    localAdmins,
    ...tools,
    wishedDate: optionalText(60),
    comments: optionalMessage(2_000),
  }),
  training: z.object({
    serviceName,
    ...identity,
    email: workEmail('Indiquez votre adresse e-mail professionnelle.'),
    topic: choice(trainingTopics, 'Choisissez le sujet du rendez-vous.'),
    people: wholeNumber(
      { from: 1, to: 500 },
      'Indiquez le nombre de personnes, en chiffres. Exemple\u00a0: 3.',
    ),
    availability: requiredLine(200, 'Indiquez vos disponibilités. Exemple\u00a0: mardi et jeudi matin.'),
    comments: optionalMessage(2_000),
  }),
  service_page: z.object({
    serviceKind,
    serviceName,
    departmentCode,
    addressLine: requiredLine(160, 'Indiquez le numéro et la rue.'),
    postalCode: z
      .string({ error: 'Indiquez le code postal.' })
      .trim()
      .regex(/^\d{5}$/, 'Un code postal a cinq chiffres. Exemple\u00a0: 92000.'),
    cityName: requiredLine(80, 'Indiquez la commune.'),
    servicePhone: requiredLine(30, 'Indiquez le numéro du standard.').refine(
      (text) => (text.match(/\p{Nd}/gu)?.length ?? 0) >= 9,
      'Indiquez le numéro entier du standard. Exemple\u00a0: 01 99 00 12 34.',
    ),
    serviceEmail: z
      .literal('')
      .transform(() => null)
      .or(emailText('').pipe(z.email(wrongEmail('spip.nanterre@justice.fr'))))
      .nullish()
      .transform((email) => email ?? null),
    hours: optionalMessage(500),
    reception: optionalMessage(300),
    transport: optionalMessage(300),
    accessibility: optionalMessage(300),
    ...identity,
    email: workEmail('Indiquez votre adresse e-mail professionnelle.'),
    comments: optionalMessage(2_000),
  }),
}

/** Where addresses hold a secret, in any language. */
const secretPlaces =
  /\/(?:stop|stop_sms|s|i|mdp|admin|espace|boite-d-envoi|apercu|calendrier|invitation|reinitialisation)(?:\/|$)/i

/** A page of this site as it may be kept: no query, and nowhere that an address is a secret. */
export const sitePage = z
  .string()
  .max(200, { abort: true })
  // A slash ends each name: with one that may be left out, a long name is read in all the ways that cut it.
  .regex(/^\/(?:[a-z0-9_.-]+\/)*[a-z0-9_.-]*$/i)
  .refine((path) => !secretPlaces.test(path))

const sent = {
  /** Made by the page once, so that a double submit is one. */
  requestKey: z.uuid().nullable().catch(null).default(null),
  /** A field that nobody sees: programs fill it. */
  trap: z.string().catch('?').default(''),
}

export const sendContactInput = z.object({ ...detailsOf.contact.shape, email: senderEmail, ...sent })
export const sendPageErrorInput = z.object({
  page: sitePage.nullable().catch(null).default(null),
  ...detailsOf.page_error.shape,
  email: z
    .literal('')
    .transform(() => null)
    .or(senderEmail)
    .nullish()
    .transform((email) => email ?? null),
  ...sent,
})
export const sendAbsenceInput = z.object({
  ...publicPageSlugInput.shape,
  ...detailsOf.absence.shape,
  ...sent,
})
export const requestDeploymentInput = z.object({ ...detailsOf.deployment.shape, ...sent })
export const requestServicePageInput = z.object({ ...detailsOf.service_page.shape, ...sent })
export const requestTrainingInput = z.object({ ...detailsOf.training.shape, ...sent })

/** Letters that are not mistaken for one another, as `linkLetters`, in capitals. */
export const referenceInput = z.object({
  reference: z
    .string()
    .toUpperCase()
    .regex(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/),
})

/** `version`: the instant of the last change the form was drawn from. */
const target = { requestId: id, version: z.iso.datetime() }
const stateMissing = 'Choisissez l’état de la demande.'

export const requestIdInput = z.object({ requestId: id })
export const answerSiteRequestInput = z.object({
  ...target,
  answer: message(4_000, 'Écrivez la réponse.'),
  state: choice(answeredStates, stateMissing),
})
export const changeStateInput = z.object({ ...target, state: choice(requestStates, stateMissing) })

export const listSiteRequestsInput = z.object({
  reference: z.string().max(100).optional().catch(undefined),
  kind: z.enum(teamKinds).optional().catch(undefined),
  state: z.enum(requestStates).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(2_000).default(1).catch(1),
  perPage: z.coerce.number().int().min(1).max(50).default(25).catch(25),
})

/** What was done with a request, as it is kept in its row. */
export const stepShape = z.object({
  at: z.iso.datetime(),
  by: z.string(),
  state: z.enum(requestStates),
  answer: z.string().nullable(),
})
export const stepsShape = z.array(stepShape)
