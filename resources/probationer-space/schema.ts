import * as z from 'zod'
import { newPassword, typedPassword } from '../agent/schema'
import { checkbox, drawn, id } from '../shared/fields'
import { linkCode } from '../shared/links'
import { normalizePhone } from '../shared/phone'
import { phoneExample } from './fr'

// ————— What agents do —————

export const invitedInput = z.object({ probationerId: id })

// ————— What the person does —————

/** As in the address of the link. */
export const spaceLinkInput = z.object({ token: linkCode })

/** One field, which may be shown: no second one to type blind. */
export const chooseSpacePasswordInput = spaceLinkInput.extend({ password: newPassword })

/** As people of the mainland dial it, then as those overseas do: the ranges decide for most. */
const dialledFrom = ['75', '971', '972', '973', '974', '975', '976', '986', '987', '988'] as const

/** What a number may be, however it is spelt: nobody says here where they live. */
export const numbersTyped = (typed: string): string[] => [
  ...new Set(dialledFrom.flatMap((department) => normalizePhone(typed, department) ?? [])),
]

const phone = z
  .string({ error: 'Indiquez votre numéro de portable.' })
  .trim()
  .min(1, 'Indiquez votre numéro de portable.')
  .max(40, 'Ce numéro est trop long.')
  // Of no use to who looks for who has a space: it is said of what nobody can have.
  .refine(
    (typed) => numbersTyped(typed).length > 0,
    `Ce n’est pas un numéro de téléphone. Exemple\u00a0: ${phoneExample}`,
  )
  .register(drawn, { kind: 'text', max: 40 })

export const signInToSpaceInput = z.object({ phone, password: typedPassword })
export const requestSpaceResetInput = z.object({ phone })
export const changeSpacePasswordInput = z.object({ presentPassword: typedPassword, password: newPassword })
export const chooseSmsInput = z.object({ wanted: checkbox })
export const ownFileInput = z.object({ presentPassword: typedPassword })

export const ownAppointmentInput = z.object({ appointmentId: id })
export const ownAppointmentsInput = z.object({
  year: z.coerce.number().int().min(2000).max(2200).optional().catch(undefined),
  /** The last one of the page before. */
  after: id.optional().catch(undefined),
})
