import { describe, expect, it } from 'vitest'
import { charterVersion } from '../../../resources/agent/charter'
import { changeAgentRole, setShortcuts } from '../../../resources/agent/commands/account.server'
import { acceptCharter } from '../../../resources/agent/commands/charter.server'
import { agentActor } from '../../../resources/agent/queries/actor.server'
import { roleToChange } from '../../../resources/agent/queries/directory.server'
import { prisma } from '../../../resources/shared/db.server'
import { Stale } from '../../../resources/shared/errors'
import { read, transact } from '../../../resources/shared/transact.server'
import { acting, anAgent, aService, aSessionOf, system } from '../../support/accounts'

describe('who an agent is at this request', () => {
  it('sees their own service first, then those directly linked to it, and none further', async () => {
    const [court, own, sibling] = await Promise.all([aService('court'), aService(), aService()])
    await prisma.organizationLink.createMany({
      data: [own, sibling].map(({ id }) => ({ courtId: court.id, probationServiceId: id })),
    })
    const counsellor = await acting((await anAgent({ organizationId: own.id })).id)
    expect(counsellor.jurisdiction).toEqual([own.id, court.id])
    const clerk = await acting((await anAgent({ organizationId: court.id, role: 'sentence_clerk' })).id)
    expect(clerk.jurisdiction).toEqual([court.id, ...[own.id, sibling.id].sort((a, b) => a - b)])
    expect(counsellor.organization).toMatchObject({
      id: own.id,
      kind: 'probation_service',
      timeZone: 'Europe/Paris',
    })
  })

  it('is nobody once the account is gone', async () => {
    const agent = await anAgent({ organizationId: (await aService()).id })
    await prisma.agent.delete({ where: { id: agent.id } })
    expect(await read(system, (ctx) => agentActor(ctx, agent.id))).toBeNull()
  })
})

describe('keys without Ctrl or Alt', () => {
  it('are switched off and on by the agent, for themselves', async () => {
    const service = await aService()
    const [agent, colleague] = await Promise.all([
      anAgent({ organizationId: service.id }),
      anAgent({ organizationId: service.id }),
    ])
    for (const enabled of [false, true]) {
      await transact(await acting(agent.id), (ctx) => setShortcuts(ctx, { enabled }))
      expect((await acting(agent.id)).shortcutsEnabled).toBe(enabled)
      expect((await acting(colleague.id)).shortcutsEnabled).toBe(true)
    }
  })
})

describe('the security charter', () => {
  it('is asked again when its version is not the one accepted', async () => {
    const agent = await anAgent({ organizationId: (await aService()).id, charter: '2020-01' })
    expect((await acting(agent.id)).charterAccepted).toBe(false)
  })

  it('is accepted once, with its version and the hour', async () => {
    const agent = await anAgent({ organizationId: (await aService()).id, charter: null })
    const actor = await acting(agent.id)
    const accept = (version = charterVersion) =>
      transact(actor, (ctx) => acceptCharter(ctx, { version, read: true }))
    await expect(accept('2020-01')).rejects.toMatchObject({ code: 'agent.charter_changed' })
    await accept()
    const row = await prisma.agent.findUniqueOrThrow({ where: { id: agent.id } })
    expect(row.securityCharterVersion).toBe(charterVersion)
    expect(row.securityCharterAcceptedAt).toBeInstanceOf(Date)
    expect((await acting(agent.id)).charterAccepted).toBe(true)
    await expect(accept()).rejects.toMatchObject({ code: 'agent.charter_already_accepted' })
  })

  it('is not accepted without the box', async () => {
    const actor = await acting((await anAgent({ organizationId: (await aService()).id, charter: null })).id)
    const unread = { version: charterVersion, read: false }
    await expect(transact(actor, (ctx) => acceptCharter(ctx, unread))).rejects.toThrow('Cochez la case')
  })
})

describe('another role', () => {
  it('ends the sessions, and leaves the persons followed when it follows nobody', async () => {
    const { id: organizationId } = await aService()
    const admin = await acting((await anAgent({ organizationId, role: 'local_admin' })).id)
    const agent = await anAgent({ organizationId })
    const person = await prisma.probationer.create({
      data: { lastName: 'BENSALEM', firstName: 'Karim', smsOptOutToken: 'jeton', assignedAgentId: agent.id },
    })
    await aSessionOf(agent.id)
    const form = () => transact(admin, (ctx) => roleToChange(ctx, { agentId: agent.id }))
    const give = async (role: 'probation_director' | 'educator', version?: string) => {
      const { version: drawn } = await form()
      await transact(admin, (ctx) =>
        changeAgentRole(ctx, { agentId: agent.id, version: version ?? drawn, role }),
      )
    }
    const { version: first } = await form()

    await give('probation_director')
    expect(await prisma.session.count()).toBe(0)
    const assigned = () => prisma.probationer.findUniqueOrThrow({ where: { id: person.id } })
    expect((await assigned()).assignedAgentId).toBe(agent.id)

    await expect(give('educator', first)).rejects.toThrow(Stale)
    await give('educator')
    expect((await assigned()).assignedAgentId).toBeNull()
    expect(
      await prisma.historyEntry.findMany({
        where: { probationerId: person.id },
        select: { event: true, agentId: true },
      }),
    ).toEqual([{ event: 'probationer.agent_left', agentId: admin.id }])
    expect((await acting(agent.id)).role).toBe('educator')
  })

  it('is never given to oneself, nor above what one may invite', async () => {
    const { id: organizationId } = await aService()
    const admin = await acting((await anAgent({ organizationId, role: 'local_admin' })).id)
    const agent = await anAgent({ organizationId })
    const version = agent.updatedAt.toISOString()
    const give = (agentId: number, role: 'central_admin' | 'educator') =>
      transact(admin, (ctx) => changeAgentRole(ctx, { agentId, version, role }))
    await expect(give(admin.id, 'educator')).rejects.toThrow('not permitted')
    await expect(give(agent.id, 'central_admin')).rejects.toThrow('not permitted')
    await expect(transact(admin, (ctx) => roleToChange(ctx, { agentId: admin.id }))).rejects.toThrow(
      'not permitted',
    )
  })
})
