import * as z from 'zod'
import { id } from '../shared/fields'

/** Hands one test to the provider. Addressed `test:<id>`. */
export const deliverTestSms = { name: 'deliver-test-sms', payload: z.object({ testSmsId: id }) } as const

/** Its job in the queue. */
export const testSmsKey = (testSmsId: number) => `test:${testSmsId}`
