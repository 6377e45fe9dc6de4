import * as z from 'zod'
import { drawn, id, requiredLine } from '../shared/fields'

export const sendTestSmsInput = z.object({
  phone: requiredLine(30, 'Écrivez un numéro de portable.').register(drawn, { kind: 'phone', max: 30 }),
})

export const testSmsIdInput = z.object({ testSmsId: id })
export const putOffTestSmsInput = testSmsIdInput.extend({ patience: z.number() })

export const listTestSmsInput = z.object({
  page: z.coerce.number().int().min(1).max(2_000).default(1).catch(1),
  perPage: z.coerce.number().int().min(1).max(50).default(25).catch(25),
})
