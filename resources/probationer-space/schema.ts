import * as z from 'zod'
import { newPassword, typedPassword } from '../agent/schema'
import { checkbox, drawn, id } from '../shared/fields'
import { linkCode } from '../shared/links'

// ————— What agents do —————

export const invitedInput = z.object({ probationerId: id })

// ————— What the person does —————

/** As in the address of the link. */
export const spaceLinkInput = z.object({ token: linkCode })

/** One field, which may be shown: no second one to type blind. */
export const chooseSpacePasswordInput = spaceLinkInput.extend({ password: newPassword })

const phone = z
  .string({ error: 'Indiquez votre numéro de portable.' })
  .trim()
  .min(1, 'Indiquez votre numéro de portable.')
  .max(40, 'Ce numéro est trop long.')
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
