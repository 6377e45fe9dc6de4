import * as z from 'zod'
import { isCivilDate } from '../shared/civil-time'
import {
  checkbox,
  choiceOfRow,
  drawn,
  emptyAsNull,
  id,
  optionalId,
  optionalReference,
  reference,
  requestKey,
  typedPhone,
} from '../shared/fields'
import { linkCode } from '../shared/links'
import { firstName, lastName } from '../shared/names'

/** Prefixes of the APPI numbers and how many digits follow suit; the prefixes are data. */
const appiFormats = [
  { prefixes: ['200', '201', '202'], digits: 12 },
  { prefixes: ['199', '200'], digits: 8 },
]

export function isAppiNumber(text: string): boolean {
  const [, digits] = /^(\d+)[A-Z]?$/.exec(text) ?? []
  return appiFormats.some(
    (format) => digits?.length === format.digits && format.prefixes.includes(digits.slice(0, 3)),
  )
}

export const appiNumber = z
  .string()
  .nullish()
  .transform((text) => text?.replace(/\s/g, '').toUpperCase() || null)
  .refine((text) => text === null || isAppiNumber(text), {
    error:
      'Un numéro APPI a 12 chiffres et commence par 200, 201 ou 202, ou 8 chiffres. Exemple\u00a0: 202312345678.',
  })
  .register(drawn, { kind: 'text', max: 20 })

const birth = emptyAsNull(
  z
    .string()
    .refine(isCivilDate, 'Cette date n’est pas comprise. Exemple\u00a0: 12/04/1991.')
    .register(drawn, { kind: 'date' }),
)

const identity = {
  lastName,
  firstName,
  /** Compulsory, except for central admins: a rule says so. */
  dateOfBirth: birth,
  appiNumber,
}

const reach = {
  phone: typedPhone,
  hasNoMobilePhone: checkbox,
  smsOptOut: checkbox,
}

const residence = {
  cityId: optionalReference('cities'),
  isHomeless: checkbox,
  livesAbroad: checkbox,
  followedByAntiTerrorismJudge: checkbox,
}

export const typedPerson = z.object({
  ...identity,
  ...reach,
  ...residence,
  /** A resemblance was shown and the agent says it is another person. */
  isAnotherPerson: checkbox,
})

export const registerProbationerInput = typedPerson.extend({
  assignToMe: checkbox,
  /** To their space, by SMS, as they are registered. */
  inviteToSpace: checkbox,
  requestKey,
})
export type RegisterProbationerInput = z.output<typeof registerProbationerInput>

export const updateProbationerInput = typedPerson.extend({
  probationerId: id,
  /** The instant of the last change the form was drawn from: what came since must not be undone. */
  version: z.iso.datetime(),
  /** The former number is in other hands: it opens the person's space no more. */
  formerNumberLost: checkbox,
})

/** An exact identity: the number, or the names and the date of birth. */
export const lookUpIdentityInput = z
  .object({
    lastName: emptyAsNull(lastName),
    firstName: emptyAsNull(firstName),
    dateOfBirth: birth,
    appiNumber,
  })
  .superRefine((typed, ctx) => {
    if (typed.appiNumber) return
    for (const [field, message] of Object.entries(identityMissing))
      if (!typed[field as keyof typeof identityMissing])
        ctx.addIssue({ code: 'custom', path: [field], message })
  })
  .transform(({ lastName: last, firstName: first, ...typed }) => ({
    ...typed,
    lastName: last ?? '',
    firstName: first ?? '',
  }))

const identityMissing = {
  lastName: 'Indiquez le nom, ou le numéro APPI.',
  firstName: 'Indiquez le prénom, ou le numéro APPI.',
  dateOfBirth: 'Indiquez la date de naissance, ou le numéro APPI.',
}

export const changeCityInput = z.object({
  probationerId: id,
  cityId: reference('cities', 'Choisissez la commune dans la liste.'),
})

export const probationerIdInput = z.object({ probationerId: id })

const agentInCharge = choiceOfRow('Choisissez un agent.')
/** `version`: the instant of the last change the form was drawn from. */
export const chooseAgentInput = probationerIdInput.extend({
  version: z.iso.datetime(),
  agentId: agentInCharge,
})

export const probationerIdsInput = z.object({
  probationerIds: z
    .array(id, 'Choisissez au moins une personne.')
    .min(1, 'Choisissez au moins une personne.')
    .max(200, 'Choisissez 200 personnes au plus.'),
})
export const handOverInput = probationerIdsInput.extend({ agentId: agentInCharge })
/** The record that is kept, and the one that goes into it, each as it was when they were compared. */
export const mergeInput = z.object({
  probationerId: id,
  otherId: id,
  version: z.iso.datetime(),
  otherVersion: z.iso.datetime(),
})
/** `before`: the last trace already read. */
export const readTracesInput = z.object({ probationerId: id, before: optionalId })

export const mergePreviewInput = z.object({ probationerId: id, otherId: optionalId })

/** `before`: the last line of history already read. */
export const earlierHistoryInput = z.object({ probationerId: id, before: id })

/** What is known while the agent types: any part may be missing or half typed. */
export const lookForDuplicatesInput = z.object({
  lastName: z.string().trim().max(100).default(''),
  firstName: z.string().trim().max(100).default(''),
  dateOfBirth: birth,
  phone: z.string().trim().max(30).default(''),
  appiNumber: z.string().trim().max(20).default(''),
  /** The record being edited: a person does not resemble themselves. */
  except: optionalId,
})

export const searchProbationersInput = z.object({ text: z.string().trim().max(100).default('') })

/** The end of a STOP link. */
export const smsOptOutTokenInput = z.object({ token: linkCode })
