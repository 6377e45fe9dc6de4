import { expect, test } from 'vitest'
import { describeError, maskedPath } from '../../../resources/shared/log.server'

test.each([
  'Can’t send mail: 550 5.1.1 <claire.vasseur@justice.example>: unknown',
  'no route to +33639980001',
  'no route to 0639980001',
  'no route to 06 39 98 00 01, nor to +594 694 20 30 40',
])('an error that quotes a person is told without them: %s', (message) => {
  const told = JSON.stringify(describeError(new Error(message)))
  expect(told).not.toMatch(/vasseur|39980001|39 98|694/)
  expect(told).toContain('log.test.ts')
})

test('where an error comes from stays readable', () => {
  const error = new Error('broken')
  error.stack = 'Error: broken\n    at run (/house/node_modules/@remix-run/express/dist/server.js:40:10)'
  expect(describeError(error).stack).toBe(error.stack)
})

test.each([
  '/stop/a1B2c3D4e5',
  '/STOP/a1B2c3D4e5',
  '/Agents/Reinitialisation/a1B2c3D4e5',
  '/calendrier/a1B2c3D4e5/convocations.ics',
])('the secret of %s is not written', (path) => {
  expect(maskedPath(path)).not.toContain('a1B2c3D4e5')
})
