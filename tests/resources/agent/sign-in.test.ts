import { beforeEach, describe, expect, it, vi } from 'vitest'
import { unlockAgent } from '../../../resources/agent/commands/account.server'
import { signIn } from '../../../resources/agent/commands/sign-in.server'
import { agentActor } from '../../../resources/agent/queries/actor.server'
import { lockLasts, type KnownBrowser } from '../../../resources/agent/rules'
import { prisma } from '../../../resources/shared/db.server'
import { perform, read, transact } from '../../../resources/shared/transact.server'
import { mailTasks } from '../../../worker/mail/tasks'
import { drainQueue } from '../../support/queue'
import { acting, anAgent, aService, aSessionOf, goodPassword, system } from '../../support/accounts'

// Hashing is slow on purpose.
vi.setConfig({ testTimeout: 60_000 })

const tryPassword = (email: string, password = 'un-autre-mot-de-passe') =>
  perform(system, signIn, { email, password })

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
    expect(result).toEqual({ outcome: 'opened', agentId: agent.id, charterAccepted: true })
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
    const rows = await prisma.signInTries.findMany()
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.map(({ key }) => key).join()).not.toContain('personne')
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

  it('locks an account to new sign-ins, and leaves what is open', async () => {
    const open = await aSessionOf(agent.id)
    for (let i = 0; i < 3; i++) await tryPassword(agent.email)
    expect(await tryPassword(agent.email, goodPassword)).toEqual(locked)
    expect(await prisma.session.count({ where: { sid: open } })).toBe(1)
    expect(await read(system, (ctx) => agentActor(ctx, agent.id))).toMatchObject({ id: agent.id })
  })

  it('tells the agent by mail that the account is locked, once a lock, and how to unlock it', async () => {
    for (let i = 0; i < 5; i++) await tryPassword(agent.email)
    for (let i = 0; i < 4; i++) await tryPassword('personne.encore@justice.example')
    await drainQueue(mailTasks)
    const mails = await prisma.outboxItem.findMany({ where: { subject: { contains: 'bloqué' } } })
    const [mail, ...others] = mails.filter(({ recipient }) => recipient === agent.email)
    expect(others).toEqual([])
    expect(mail?.body).toContain('/agents/mot-de-passe-oublie')
    expect(mail?.body).toContain('administrateur local')
    expect(mails.filter(({ recipient }) => recipient.startsWith('personne'))).toEqual([])
  })

  it('traces who opened a session', async () => {
    await tryPassword(agent.email, goodPassword)
    const trace = await prisma.auditEntry.findFirst({ where: { subject: 'agent', subjectId: agent.id } })
    expect(trace?.action).toBe('sign_in_opened')
  })
})

describe('a browser that the agent has signed in from', () => {
  const aBrowser = (id: number, at = Date.now()) => ({ id: `navigateur-${id}`, agents: [{ id, at }] })
  const tryFrom = (browser: KnownBrowser, password = 'un-autre-mot-de-passe') =>
    perform(system, signIn, { email: agent.email, password, browser })

  it('opens though strangers have locked the account', async () => {
    for (let i = 0; i < 3; i++) await tryPassword(agent.email)
    expect(await tryFrom(aBrowser(agent.id), goodPassword)).toMatchObject({ outcome: 'opened' })
    expect(await tryPassword(agent.email, goodPassword)).toEqual(locked)
  })

  it('has its own three tries, and then locks the account like any other', async () => {
    await tryPassword(agent.email)
    const browser = aBrowser(agent.id)
    expect(await tryFrom(browser)).toEqual(wrong(2))
    expect(await tryFrom(browser)).toEqual(wrong(1))
    expect(await tryFrom(browser)).toEqual(locked)
    expect(await tryFrom(browser, goodPassword)).toEqual(locked)
    expect(await tryPassword(agent.email, goodPassword)).toEqual(locked)
    const admin = await acting((await anAgent({ organizationId: service.id, role: 'local_admin' })).id)
    await transact(admin, (ctx) => unlockAgent(ctx, { agentId: agent.id }))
    expect(await tryFrom(browser, goodPassword)).toMatchObject({ outcome: 'opened' })
  })

  it('is a stranger for somebody else, and after ninety days', async () => {
    const colleague = await anAgent({ organizationId: service.id })
    for (let i = 0; i < 3; i++) await tryPassword(agent.email)
    expect(await tryFrom(aBrowser(colleague.id), goodPassword)).toEqual(locked)
    expect(await tryFrom(aBrowser(agent.id, Date.now() - 91 * lockLasts), goodPassword)).toEqual(locked)
  })
})

describe('a crowd that signs in at the same instant', () => {
  it('is served to the last, and nobody else waits for it', async () => {
    const from = performance.now()
    await tryPassword(agent.email, goodPassword)
    const one = performance.now() - from
    const crowd = Array.from({ length: 30 }, () => tryPassword(agent.email, goodPassword))
    const began = performance.now()
    await read(system, (ctx) => ctx.tx.agent.count())
    const waited = performance.now() - began
    expect((await Promise.all(crowd)).map(({ outcome }) => outcome)).toEqual(Array<string>(30).fill('opened'))
    expect(waited).toBeLessThan(30 * one)
  })

  it('is told to come back when the line is longer than anybody would wait', async () => {
    const crowd = Array.from({ length: 170 }, (_, i) => tryPassword(`foule${i % 3}@justice.example`))
    const refused = (await Promise.allSettled(crowd)).filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.length).toBeLessThan(30)
    for (const one of refused) expect(one).toMatchObject({ reason: { name: 'TooMany' } })
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
