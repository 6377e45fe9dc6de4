import { beforeEach, describe, expect, it, vi } from 'vitest'
import { unlockAgent } from '../../../resources/agent/commands/account.server'
import { signIn } from '../../../resources/agent/commands/sign-in.server'
import { agentActor } from '../../../resources/agent/queries/actor.server'
import { lockLasts } from '../../../resources/agent/rules'
import { prisma } from '../../../resources/shared/db.server'
import { read, transact } from '../../../resources/shared/transact.server'
import { acting, anAgent, aService, aSessionOf, goodPassword, system } from './people'

// Hashing is slow on purpose.
vi.setConfig({ testTimeout: 60_000 })

const tryPassword = (email: string, password = 'un-autre-mot-de-passe') =>
  transact(system, (ctx) => signIn(ctx, { email, password }))

const tryLater = (email: string, password: string, milliseconds: number) =>
  transact(system, (ctx) =>
    signIn({ ...ctx, now: new Date(ctx.now.getTime() + milliseconds) }, { email, password }),
  )

let service: { id: number }
let agent: { id: number; email: string }
beforeEach(async () => {
  service = await aService()
  agent = await anAgent({ organizationId: service.id })
})

const wrong = (triesLeft: number) => ({ outcome: 'wrong', triesLeft })
const locked = { outcome: 'locked' }

describe('signing in', () => {
  it('opens with the right password, however the e-mail is typed', async () => {
    const result = await tryPassword(`  ${agent.email.toUpperCase()} `, goodPassword)
    expect(result).toEqual({ outcome: 'opened', agentId: agent.id })
  })

  it('warns before the last try, locks at the third, and then opens to no password', async () => {
    expect(await tryPassword(agent.email)).toEqual(wrong(2))
    expect(await tryPassword(agent.email)).toEqual(wrong(1))
    expect(await tryPassword(agent.email)).toEqual(locked)
    expect(await tryPassword(agent.email, goodPassword)).toEqual(locked)
  })

  it('says the same, try by try, of an e-mail nobody has', async () => {
    const known = []
    const unknown = []
    for (const day of [0, 0, 0, 0, 0.9, 1.1, 1.1, 1.1, 1.1, 3]) {
      known.push(await tryLater(agent.email, 'faux-mot-de-passe', day * lockLasts))
      unknown.push(await tryLater('personne@justice.example', 'faux-mot-de-passe', day * lockLasts))
    }
    expect(unknown).toEqual(known)
    expect(known.map(({ outcome }) => outcome).join(' ')).toBe(
      'wrong wrong locked locked locked wrong wrong locked locked wrong',
    )
  })

  it('says the same of an account whose invitation was never accepted', async () => {
    const invited = await anAgent({ organizationId: service.id, password: null })
    expect(await tryPassword(invited.email, '$argon2id$')).toEqual(wrong(2))
  })

  it('takes as long to refuse an unknown e-mail', async () => {
    const time = async (email: string) => {
      const start = performance.now()
      await tryPassword(email)
      return performance.now() - start
    }
    await Promise.all([time('chauffe@justice.example'), time(agent.email)])
    const known: number[] = []
    const unknown: number[] = []
    for (let i = 0; i < 15; i++) {
      const one = await anAgent({ organizationId: service.id })
      known.push(await time(one.email))
      unknown.push(await time(`inconnu${i}@justice.example`))
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[7] ?? 0
    expect(median(unknown) / median(known)).toBeGreaterThan(0.5)
    expect(median(unknown) / median(known)).toBeLessThan(2)
  })

  it('keeps nothing of the e-mail nobody has', async () => {
    await tryPassword('personne.de.connu@justice.example')
    const rows = await prisma.rateLimit.findMany()
    expect(rows.map(({ key }) => key).join()).not.toContain('personne')
    // The clean-up of the rate limits goes by it.
    expect(rows.every(({ expire }) => expire !== null)).toBe(true)
  })

  it('counts wrong passwords sent at the same instant one by one', async () => {
    for (const email of [agent.email, 'toujours.personne@justice.example']) {
      const results = await Promise.all(Array.from({ length: 8 }, () => tryPassword(email)))
      expect(results.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(2)
      expect(results.filter(({ outcome }) => outcome === 'locked')).toHaveLength(6)
    }
  })

  it('forgets the wrong tries once the right password is given', async () => {
    await tryPassword(agent.email)
    await tryPassword(agent.email)
    await tryPassword(agent.email, goodPassword)
    expect(await tryPassword(agent.email)).toEqual(wrong(2))
  })

  it('opens again by itself after 24 hours', async () => {
    for (let i = 0; i < 3; i++) await tryPassword(agent.email)
    expect(await tryLater(agent.email, goodPassword, lockLasts - 1_000)).toEqual(locked)
    expect(await tryLater(agent.email, goodPassword, lockLasts + 1_000)).toMatchObject({ outcome: 'opened' })
  })

  it('ends the open sessions of an account that gets locked, and of no other', async () => {
    const other = await anAgent({ organizationId: service.id })
    await aSessionOf(agent.id)
    const kept = await aSessionOf(other.id)
    for (let i = 0; i < 3; i++) await tryPassword(agent.email)
    const sids = (await prisma.session.findMany({ select: { sid: true } })).map(({ sid }) => sid)
    expect(sids).toEqual([kept])
    expect(await read(system, (ctx) => agentActor(ctx, agent.id))).toBeNull()
  })

  it('traces who opened a session', async () => {
    await tryPassword(agent.email, goodPassword)
    const trace = await prisma.auditEntry.findFirst({ where: { subject: 'agent', subjectId: agent.id } })
    expect(trace?.action).toBe('sign_in_opened')
  })
})

describe('unlocking', () => {
  beforeEach(async () => {
    for (let i = 0; i < 3; i++) await tryPassword(agent.email)
  })

  it('is done by a local admin of the service, and the agent signs in', async () => {
    const admin = await acting((await anAgent({ organizationId: service.id, role: 'local_admin' })).id)
    await transact(admin, (ctx) => unlockAgent(ctx, { agentId: agent.id }))
    expect(await tryPassword(agent.email, goodPassword)).toMatchObject({ outcome: 'opened' })
  })

  it('is refused to a colleague, and unknown to a local admin of another service', async () => {
    const colleague = await acting((await anAgent({ organizationId: service.id })).id)
    await expect(transact(colleague, (ctx) => unlockAgent(ctx, { agentId: agent.id }))).rejects.toThrow(
      'not permitted',
    )
    const elsewhere = (await aService()).id
    const stranger = await acting((await anAgent({ organizationId: elsewhere, role: 'local_admin' })).id)
    await expect(transact(stranger, (ctx) => unlockAgent(ctx, { agentId: agent.id }))).rejects.toThrow(
      'not found',
    )
  })
})
