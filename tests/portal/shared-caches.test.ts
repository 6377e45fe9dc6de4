import { afterAll, beforeAll, expect, it } from 'vitest'
import { sessionCookie } from '../support/agent-session'
import { startHost, type RunningHost } from '../support/server'
import { anAgent, aService } from '../support/world'

let host: RunningHost
let cookie: string
beforeAll(async () => {
  host = await startHost()
  const agent = await anAgent(await aService('SPIP 75', 'probation_service'), 'probation_counsellor')
  cookie = await sessionCookie(agent.id)
})
afterAll(() => host.stop())

it.each([
  '/',
  '/agents/deployer',
  '/agents/page-de-service',
  '/agents/aide/documents/affiche',
  '/agents/AIDE/',
])('the cookie of an agent never leaves in what a cache may keep: %s', async (path) => {
  const { headers } = await fetch(host.url + path, { headers: { Cookie: cookie }, redirect: 'manual' })
  expect(headers.get('Set-Cookie')).toBeNull()
})

it('the doors of identity still know who is signed in', async () => {
  const answer = await fetch(`${host.url}/agents/connexion`, {
    headers: { Cookie: cookie },
    redirect: 'manual',
  })
  expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/admin'])
})
