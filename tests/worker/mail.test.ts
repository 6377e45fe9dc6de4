import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { requestPasswordReset, resetPassword } from '../../resources/agent/commands/password.server'
import { prisma } from '../../resources/shared/db.server'
import { env } from '../../resources/shared/env.server'
import { log } from '../../resources/shared/log.server'
import { transact } from '../../resources/shared/transact.server'
import { mailTasks } from '../../worker/mail/tasks'
import { anAgent, aService, lastSecret, system } from '../support/accounts'
import { startRelay } from '../support/mail-relay'
import { drainQueue, queuedJobs } from '../support/queue'
import { inHours } from '../support/booked'

// Hashing is slow on purpose.
vi.setConfig({ testTimeout: 60_000 })

let agent: { id: number; email: string }
beforeEach(async () => {
  agent = await anAgent({ organizationId: (await aService()).id })
})

const askReset = () => transact(system, (ctx) => requestPasswordReset(ctx, { email: agent.email }))
const outbox = () => prisma.outboxItem.findMany({ where: { channel: 'email', recipient: agent.email } })

describe('Where no relay is set', () => {
  it('the mail of a forgotten password is kept in the outbox, once, as text and as HTML', async () => {
    await askReset()
    await drainQueue(mailTasks)
    const [mail, ...others] = await outbox()
    expect(others).toEqual([])
    expect(mail?.subject).toBe('[Mon Suivi Justice] Créer un nouveau mot de passe')
    const link = `${env.PUBLIC_URL}/agents/reinitialisation/${await lastSecret(agent.id)}`
    expect(mail?.body).toContain(`${link}\n`)
    expect(mail?.html).toContain(`<a href="${link}">Choisissez un nouveau mot de passe</a>`)
  })

  it('nothing is sent when the link has served meanwhile', async () => {
    await askReset()
    const token = await lastSecret(agent.id)
    const password = 'brouette-lundi-nuage'
    await transact(system, (ctx) => resetPassword(ctx, { token, password, passwordAgain: password }))
    await drainQueue(mailTasks)
    expect((await outbox()).map(({ subject }) => subject)).toEqual([
      '[Mon Suivi Justice] Votre mot de passe a changé',
    ])
  })
})

describe('A relay', () => {
  let relay: Awaited<ReturnType<typeof startRelay>>
  beforeEach(async () => {
    await prisma.$executeRaw`DELETE FROM graphile_worker._private_jobs`
    await prisma.jobRun.deleteMany()
    relay = await startRelay()
    env.SMTP_URL = relay.url
  })
  afterEach(async () => {
    delete env.SMTP_URL
    await relay.stop()
  })
  const jobs = async () => (await queuedJobs()).filter(({ task }) => task === 'send-agent-mail')
  const runs = () =>
    prisma.jobRun.findMany({
      where: { task: 'send-agent-mail' },
      select: { handled: true, leftOut: true },
      orderBy: { id: 'asc' },
    })
  const again = () => prisma.$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now()`

  it('is spoken to over TLS, and takes one mail with its two parts, under our reference', async () => {
    await askReset()
    await drainQueue(mailTasks)
    expect(relay.taken).toMatchObject([{ from: env.MAIL_FROM, to: [agent.email], secure: true }])
    const raw = relay.taken[0]?.raw ?? ''
    expect(raw).toMatch(/^From: Mon Suivi Justice <ne-pas-repondre@/m)
    expect(raw).toContain(`To: ${agent.email}\r\n`)
    expect(raw).toMatch(/^Message-ID: <agent-mail-\d+@localhost>/m)
    expect(raw).toMatch(/^Auto-Submitted: auto-generated/m)
    expect(raw).toMatch(/^Content-Type: multipart\/alternative/m)
    const secret = await lastSecret(agent.id)
    const [, asText = '', asHtml = ''] = raw.split(/^--\S+\r\n/m).map(decoded)
    expect(asText).toMatch(/^Content-Type: text\/plain; charset=utf-8/m)
    expect(asText).toContain('Choisissez un nouveau mot de passe\u00a0:')
    expect(asText).toContain(`/agents/reinitialisation/${secret}`)
    expect(asHtml).toMatch(/^Content-Type: text\/html; charset=utf-8/m)
    expect(asHtml).toContain('<html lang="fr">')
    expect(asHtml).toContain(`/agents/reinitialisation/${secret}">`)
    expect(await outbox()).toEqual([])
    expect(await runs()).toEqual([{ handled: 1, leftOut: 0 }])
  })

  it('carries several mails on one connection', async () => {
    const other = await anAgent({ organizationId: (await aService()).id })
    for (const { email } of [agent, other]) {
      await transact(system, (ctx) => requestPasswordReset(ctx, { email }))
      await drainQueue(mailTasks)
    }
    const [first, second] = relay.taken
    expect(second).toMatchObject({ to: [other.email], connection: first?.connection })
  })

  it('that speaks in clear, or whose certificate nobody signed, is handed nothing', async () => {
    env.SMTP_URL = relay.urlOfWhoDoesNotTrust
    await askReset()
    await drainQueue(mailTasks)
    expect(await jobs()).toHaveLength(1)
    const clear = await startRelay({ startTls: false })
    env.SMTP_URL = clear.url
    await again()
    await drainQueue(mailTasks)
    expect(await jobs()).toHaveLength(1)
    expect([...relay.taken, ...clear.taken]).toEqual([])
    await clear.stop()
  })

  it('that asks for patience, or is away, is asked again: it is the same mail, and its job names nobody', async () => {
    relay.answers({ step: 'data', code: 451 })
    await askReset()
    await drainQueue(mailTasks)
    expect(relay.taken).toEqual([])
    const [waiting] = await jobs()
    expect(waiting?.runAt.getTime()).toBeGreaterThan(Date.now())
    expect(JSON.stringify(waiting)).not.toContain(agent.email)
    const { id } = await prisma.agentToken.findFirstOrThrow({ where: { agentId: agent.id } })

    relay.answers(null)
    const address = env.SMTP_URL
    env.SMTP_URL = 'smtp://localhost:9?requireTLS=true'
    await again()
    await drainQueue(mailTasks)
    expect(await jobs()).toHaveLength(1)
    env.SMTP_URL = address
    await again()
    await drainQueue(mailTasks)
    expect(await jobs()).toEqual([])
    await prisma.$executeRaw`SELECT graphile_worker.add_job('send-agent-mail', ${JSON.stringify({ tokenId: id })}::json)`
    await drainQueue(mailTasks)
    expect(relay.taken.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1]?.trim())).toEqual(
      Array.from({ length: 2 }, () => `<agent-mail-${id}@localhost>`),
    )
  })

  it.each(['recipient', 'data'] as const)(
    'that refuses for good (%s) is not asked for ever, and the log says so without an address',
    async (step) => {
      const told = vi.spyOn(log, 'error')
      relay.answers({ step, code: 550 })
      await askReset()
      await drainQueue(mailTasks)
      expect(await jobs()).toEqual([])
      expect(await runs()).toEqual([{ handled: 0, leftOut: 1 }])
      expect(told).toHaveBeenCalledExactlyOnceWith(
        { reference: expect.stringMatching(/^agent-mail-\d+$/) as string, outcome: 'refused' },
        'mail',
      )
      told.mockRestore()
    },
  )

  it('away for long is given up while the mail is of use: within a day, and no later than its link', async () => {
    env.SMTP_URL = 'smtp://localhost:9?requireTLS=true'
    await askReset()
    let hours = 0
    for (let tries = 1; (await jobs()).some(({ runAt }) => runAt <= new Date()); tries += 1) {
      expect(tries).toBeLessThan(25)
      await drainQueue(mailTasks)
      const [job] = await prisma.$queryRaw<{ wait: number; left: boolean }[]>`
        SELECT extract(epoch FROM run_at - now())::float8 / 3600 AS wait, attempts < max_attempts AS left
          FROM graphile_worker._private_jobs`
      if (!job?.left) break
      hours += job.wait
      await again()
    }
    expect(hours).toBeGreaterThan(6)
    expect(hours).toBeLessThan(24)

    env.SMTP_URL = relay.url
    await prisma.$executeRaw`DELETE FROM graphile_worker._private_jobs`
    await askReset()
    await prisma.agentToken.updateMany({ where: { agentId: agent.id }, data: { expiresAt: inHours(-0.1) } })
    await drainQueue(mailTasks)
    expect(relay.taken).toEqual([])
  })
})

/** A part as it reads: quoted-printable, undone. */
const decoded = (part: string) =>
  Buffer.from(
    part
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')
