import * as z from 'zod'
import { id } from '../shared/fields'

/** Hands one test to the provider. Addressed `test:<id>`. */
export const deliverTestSms = { name: 'deliver-test-sms', payload: z.object({ testSmsId: id }) } as const

/** Asks the provider what became of a test whose outcome is unknown. */
export const reconcileTestSms = {
  name: 'reconcile-test-sms',
  payload: z.object({ testSmsId: id, absences: z.number().int().min(0) }),
} as const

/** Its job in the queue, and the reference by which the provider knows it. */
export const testSmsKey = (testSmsId: number) => `test:${testSmsId}`
export const testReconciliationKey = (testSmsId: number) => `reconcile-test:${testSmsId}`
