import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AgentActor } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { sessionCookie } from '../support/agent-session'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent } from '../support/world'

let host: RunningHost
let country: Awaited<ReturnType<typeof aCountry>>
let localAdmin: AgentActor

beforeAll(async () => {
  country = await aCountry()
  localAdmin = await anAgent(country.spip, 'local_admin')
  host = await startHost()
}, 120_000)
afterAll(() => host.stop())

interface Answer {
  ok: boolean
  result: Record<string, unknown>
  message?: string
  fieldErrors: Record<string, string>
}

async function asks(actor: AgentActor, path: string, input: object = {}) {
  const response = await fetch(`${host.url}/admin/api/msj/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie: await sessionCookie(actor.id),
      'sec-fetch-site': 'same-origin',
    },
    body: JSON.stringify(input),
  })
  return { status: response.status, ...((await response.json()) as Answer) }
}

async function locked(service: { id: number }) {
  const agent = await anAgent(service, 'probation_counsellor')
  await prisma.agent.update({
    where: { id: agent.id },
    data: { lockedAt: new Date(), failedAttempts: 3, passwordHash: 'chosen' },
  })
  return agent.id
}

const isLocked = async (id: number) =>
  (await prisma.agent.findUniqueOrThrow({ where: { id } })).lockedAt !== null

describe('an agent locked out after three wrong passwords', () => {
  it('is unlocked by the local admin of their service, who sees since when', async () => {
    const agentId = await locked(country.spip)
    const { result } = await asks(localAdmin, 'queries/agentRecord', { agentId })
    expect(result).toMatchObject({ state: 'locked', mayUnlock: true, mayResendInvitation: false })
    expect(result.locked).not.toBeNull()

    expect((await asks(localAdmin, 'commands/unlockAgent', { agentId })).ok).toBe(true)
    expect(await isLocked(agentId)).toBe(false)
    const after = await asks(localAdmin, 'queries/agentRecord', { agentId })
    expect(after.result).toMatchObject({ state: 'active', mayUnlock: false })
  })

  it('is not unlocked by a colleague, nor by the local admin of a linked or of another service', async () => {
    const agentId = await locked(country.spip)
    const strangers = [
      [await anAgent(country.spip, 'probation_director'), 403],
      [await anAgent(country.branch, 'local_admin'), 404],
      [await anAgent(country.foreign, 'local_admin'), 404],
    ] as const
    for (const [actor, status] of strangers)
      expect((await asks(actor, 'commands/unlockAgent', { agentId })).status).toBe(status)
    expect(await isLocked(agentId)).toBe(true)
  })
})

describe('inviting an agent', () => {
  const nadia = { firstName: 'Nadia', lastName: 'Roussel', role: 'probation_counsellor', phone: '' }

  it('creates the account in one’s own service; the list says the invitation waits; it can be sent again', async () => {
    const email = 'n.roussel@justice.example'
    const { result } = await asks(localAdmin, 'commands/inviteAgent', { ...nadia, email })
    const agentId = Number(result.id)
    expect(await prisma.agent.findUniqueOrThrow({ where: { id: agentId } })).toMatchObject({
      organizationId: country.spip.id,
      email,
    })
    expect((await asks(localAdmin, 'queries/agentRecord', { agentId })).result).toMatchObject({
      state: 'invited',
      mayResendInvitation: true,
    })
    const list = await fetch(
      `${host.url}/admin/api/resources/Agent/actions/list?state=invited&text=roussel`,
      {
        headers: { cookie: await sessionCookie(localAdmin.id) },
      },
    )
    const { meta, records } = (await list.json()) as {
      meta: object
      records: { id: number; params: object }[]
    }
    expect(meta).toMatchObject({ total: 1, act: { text: 'Inviter un agent' } })
    expect(records[0]).toMatchObject({ id: agentId, params: { state: { text: 'Invitation envoyée' } } })
    expect((await asks(localAdmin, 'commands/resendInvitation', { agentId })).ok).toBe(true)
  })

  it('says beside each field what is wrong', async () => {
    const blank = { firstName: '', lastName: '', role: '', email: 'nadia', phone: '' }
    const { fieldErrors } = await asks(localAdmin, 'commands/inviteAgent', blank)
    expect(Object.keys(fieldErrors).sort()).toEqual(['email', 'firstName', 'lastName', 'role'])
    const phone = await asks(localAdmin, 'commands/inviteAgent', { ...nadia, email: 'a@b.fr', phone: '12' })
    expect(Object.keys(phone.fieldErrors)).toEqual(['phone'])
  })

  it('offers the roles the actor may give, and the services they may give them in', async () => {
    const own = await asks(localAdmin, 'queries/invitationForm')
    expect(own.result.services).toEqual([
      { id: country.spip.id, name: 'SPIP de Nanterre', kind: 'probation_service' },
    ])
    expect(own.result.roles).toMatchObject({ court: [] })

    const central = await asks(await anAgent(country.spip, 'central_admin'), 'queries/invitationForm')
    expect((central.result.services as object[]).length).toBe(4)

    const counsellor = await anAgent(country.spip, 'probation_counsellor')
    expect((await asks(counsellor, 'queries/invitationForm')).status).toBe(403)
    const refused = await asks(counsellor, 'commands/inviteAgent', { ...nadia, email: 'x@justice.example' })
    expect(refused.status).toBe(403)
  })
})
