import * as z from 'zod'
import { roles } from '../shared/actor'
import {
  checkbox,
  choice,
  choiceOfRow,
  drawn,
  id,
  optionalChoiceOfRow,
  optionalId,
  optionalReference,
  typedPhone,
} from '../shared/fields'
import { agentLastName, firstName } from '../shared/names'

export const email = z
  .string({ error: 'Indiquez l’adresse e-mail.' })
  .trim()
  .toLowerCase()
  .min(1, 'Indiquez l’adresse e-mail.')
  .max(254, 'Une adresse e-mail a 254 caractères au plus.')
  .pipe(z.email('Cette adresse e-mail n’a pas la bonne forme. Exemple\u00a0: prenom.nom@justice.fr.'))
  .register(drawn, { kind: 'email', max: 254 })

// The same letters may be typed as one sign or two, according to the machine.
const composed = (password: string) => password.normalize('NFC')

/** Longer than what may be chosen, and bounded: hashing takes the time of what it is given. */
export const typedPassword = z
  .string({ error: 'Indiquez le mot de passe.' })
  .min(1, 'Indiquez le mot de passe.')
  .max(1_000, 'Un mot de passe a 128 caractères au plus.')
  .transform(composed)
  .register(drawn, { kind: 'password', autoComplete: 'current-password' })

const passwordLength = { min: 12, max: 128 }

export const newPassword = z
  .string({ error: 'Choisissez un mot de passe.' })
  .transform(composed)
  .pipe(
    z
      .string()
      .min(
        passwordLength.min,
        'Le mot de passe doit avoir au moins 12 caractères. Exemple\u00a0: quatre mots sans rapport.',
      )
      .max(passwordLength.max, 'Le mot de passe a 128 caractères au plus. Raccourcissez-le.'),
  )
  .register(drawn, { kind: 'password', autoComplete: 'new-password' })

export const knownBrowser = z.object({
  id: z.string().max(100),
  agents: z
    .array(z.object({ id: z.int(), at: z.number() }))
    .max(20)
    .readonly(),
})

export const signInInput = z.object({
  email,
  password: typedPassword,
  /** As the door read it in the cookie it had signed. */
  browser: knownBrowser.nullish().transform((browser) => browser ?? null),
})

export const requestPasswordResetInput = z.object({ email })

/** As in the address of the link. */
const token = z.string().max(200)

export const linkInput = z.object({ token, purpose: z.enum(['invitation', 'password_reset']) })

const typedTwice = {
  password: newPassword,
  passwordAgain: z
    .string({ error: 'Tapez de nouveau le mot de passe.' })
    .min(1, 'Tapez de nouveau le mot de passe.')
    .register(drawn, { kind: 'password', autoComplete: 'new-password' }),
}
const isSameTwice = (typed: { password: string; passwordAgain: string }) =>
  typed.password === composed(typed.passwordAgain)
const notTheSame = {
  path: ['passwordAgain'],
  error: 'Les deux mots de passe ne sont pas les mêmes. Tapez-les de nouveau.',
}

/** A password chosen through a link, typed twice. */
export const choosePasswordInput = z.object({ token, ...typedTwice }).refine(isSameTwice, notTheSame)

export const changeOwnPasswordInput = z
  .object({ presentPassword: typedPassword, ...typedTwice })
  .refine(isSameTwice, notTheSame)

export const closeOtherSessionsInput = z.object({})

export const acceptCharterInput = z.object({
  /** The version that was read: the text may have changed since the page was opened. */
  version: z.string().max(50),
  read: checkbox.refine((read) => read, {
    error: 'Cochez la case pour dire que vous avez lu la charte et que vous vous engagez à la respecter.',
  }),
})

export const role = choice(roles, 'Choisissez une fonction de la liste.')

export const inviteAgentInput = z.object({
  firstName,
  lastName: agentLastName,
  email,
  role,
  phone: typedPhone,
  /** One's own service, unless a central admin says another. */
  organizationId: optionalReference('organizations'),
})

/** `version`: the instant of the last change the form was drawn from. */
export const updateProfileInput = z.object({
  version: z.iso.datetime(),
  firstName,
  lastName: agentLastName,
  /** As typed; read with the territory of the service by the command. */
  phone: typedPhone,
  /** Asked of a mobile that is shared. */
  phoneIsProfessional: checkbox,
  sharesPhone: checkbox,
  sharesEmail: checkbox,
})

/** An agent's own keyboard: keys without Ctrl or Alt may be switched off (WCAG 2.1.4). */
export const setShortcutsInput = z.object({ enabled: z.boolean() })

export const agentIdInput = z.object({ agentId: id })

/** `organizationId`: where the agent is to arrive, one's own service unless a central admin says another. */
export const whoseEmailInput = z.object({ email, organizationId: optionalId })

export const pullAgentInput = z.object({
  /** Who is known by the e-mail alone: an id would let anybody of the country be named. */
  email,
  organizationId: optionalId,
  /** The service the agent was in when the effects were read. */
  fromOrganizationId: id,
  confirmed: checkbox.refine((confirmed) => confirmed, {
    error: 'Cochez la case pour confirmer que cet agent rejoint le service.',
  }),
})

export const pushAgentInput = z.object({
  agentId: id,
  version: z.iso.datetime(),
  organizationId: choiceOfRow('Choisissez le service dans la liste.'),
})

export const switchOrganizationInput = z.object({
  organizationId: choiceOfRow('Choisissez le service dans la liste.'),
})

export const editAgentInput = z.object({
  agentId: id,
  version: z.iso.datetime(),
  firstName,
  lastName: agentLastName,
  email,
  /** As typed; read with the territory of the agent's service by the command. */
  phone: typedPhone,
})

export const changeAgentRoleInput = z.object({ agentId: id, version: z.iso.datetime(), role })

export const setAgentHeadquartersInput = z.object({
  agentId: id,
  version: z.iso.datetime(),
  headquartersId: optionalChoiceOfRow,
})
