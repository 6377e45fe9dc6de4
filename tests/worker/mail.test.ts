import { createServer, type AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { requestPasswordReset, resetPassword } from '../../resources/agent/commands/password.server'
import { prisma } from '../../resources/shared/db.server'
import { env } from '../../resources/shared/env.server'
import { transact } from '../../resources/shared/transact.server'
import { mailTasks } from '../../worker/mail/tasks'
import { anAgent, aService, lastSecret, system } from '../support/accounts'
import { drainQueue, queuedJobs } from '../support/queue'

// Hashing is slow on purpose.
vi.setConfig({ testTimeout: 60_000 })

let agent: { id: number; email: string }
beforeEach(async () => {
  agent = await anAgent({ organizationId: (await aService()).id })
})
afterEach(() => {
  delete env.SMTP_URL
})

const askReset = () => transact(system, (ctx) => requestPasswordReset(ctx, { email: agent.email }))
const outbox = () => prisma.outboxItem.findMany({ where: { channel: 'email', recipient: agent.email } })

it('keeps the mail of a forgotten password in the outbox where no server is set, once', async () => {
  await askReset()
  await drainQueue(mailTasks)
  const [mail, ...others] = await outbox()
  expect(others).toEqual([])
  expect(mail?.subject).toBe('[Mon Suivi Justice] Créer un nouveau mot de passe')
  expect(mail?.body).toContain(`${env.PUBLIC_URL}/agents/reinitialisation/${await lastSecret(agent.id)}\n`)
})

it('sends nothing when the link has served meanwhile', async () => {
  await askReset()
  const token = await lastSecret(agent.id)
  const password = 'brouette-lundi-nuage'
  await transact(system, (ctx) => resetPassword(ctx, { token, password, passwordAgain: password }))
  await drainQueue(mailTasks)
  expect((await outbox()).map(({ subject }) => subject)).toEqual([
    '[Mon Suivi Justice] Votre mot de passe a changé',
  ])
})

it('hands the mail to the server that is set, and tries again when it is away', async () => {
  const server = await mailServer()
  env.SMTP_URL = `smtp://localhost:${server.port}`
  await askReset()
  await drainQueue(mailTasks)
  const [letter] = server.letters
  expect(letter).toContain(`To: ${agent.email}`)
  expect(letter).toContain(`From: Mon Suivi Justice <${env.MAIL_FROM}>`)
  expect(letter).toMatch(/Message-ID: <agent-mail-\d+@localhost>/)
  expect(await outbox()).toEqual([])
  server.close()

  const other = await anAgent({ organizationId: (await aService()).id })
  await transact(system, (ctx) => requestPasswordReset(ctx, { email: other.email }))
  await drainQueue(mailTasks)
  const waiting = (await queuedJobs()).filter(({ task }) => task === 'send-agent-mail')
  expect(waiting).toHaveLength(1)
  expect(JSON.stringify(waiting)).not.toContain(other.email)
})

/** As little of a mail server as a sender needs. */
async function mailServer() {
  const letters: string[] = []
  const server = createServer((socket) => {
    let letter: string | null = null
    socket.write('220 localhost\r\n')
    socket.on('data', (chunk) => {
      const text = chunk.toString()
      if (letter !== null) {
        letter += text
        if (!letter.endsWith('\r\n.\r\n')) return
        letters.push(letter)
        letter = null
      } else if (/^DATA/i.test(text)) {
        letter = ''
        socket.write('354 go on\r\n')
        return
      }
      socket.write(/^QUIT/i.test(text) ? '221 bye\r\n' : '250 fine\r\n')
    })
  })
  await new Promise<void>((ready) => server.listen(0, ready))
  return { letters, port: (server.address() as AddressInfo).port, close: () => server.close() }
}
