import { afterAll, beforeAll, expect, it } from 'vitest'
import { pool, prisma } from '../../resources/shared/db.server'
import { env } from '../../resources/shared/env.server'
import { newSmsOptOutToken } from '../../resources/probationer/commands/opt-out.server'
import { aService, inHours } from '../support/booked'
import { messageIn, startBrevo, type Fate } from '../support/brevo-simulator'
import { killingSteps, startKillableWorkers } from '../support/killed-workers'
import { convokeMany } from '../support/many-messages'
import { startHost, type RunningHost } from '../support/server'

const secret = 'le-secret-des-recepisses-de-ce-test'
const killings = 5
const many = 100

/** What the messages meet the first time, in turn; a message that was not taken is then taken. */
const troubles: Record<string, Fate & { everyTime?: boolean }> = {
  cut: { answer: 'cut' },
  lost: { answer: 'lost' },
  busy: { answer: { status: 503, code: 'unavailable', message: '' } },
  broken: { answer: { status: 500, code: 'internal', message: '' } },
  limit: { answer: { status: 429, code: 'too_many_requests', message: '', reset: 1 } },
  refused: {
    answer: { status: 400, code: 'invalid_parameter', message: 'Invalid telephone number' },
    everyTime: true,
  },
  unacknowledged: { receipts: [] },
  shuffled: { receipts: ['delivered', 'soft_bounce', 'accepted', 'delivered'] },
  bounced: { receipts: ['hard_bounce', 'accepted', 'hard_bounce'] },
  slow: { delay: 400 },
}
const names = Object.keys(troubles)
/** Three in ten meet trouble, and two never get an answer: each costs a worker ten seconds. */
const troubleOf = (messageId: number): string | undefined =>
  messageId % 150 === 7
    ? 'silent'
    : messageId % 10 < 3
      ? names[Math.floor(messageId / 10) % names.length]
      : undefined

const met = new Set<string>()
function fateOf({ tag }: { tag: string }): Fate {
  const trouble = troubleOf(messageIn(tag))
  if (trouble === 'silent') return { answer: 'silent' }
  const fate = trouble ? troubles[trouble] : undefined
  if (!fate || (met.has(tag) && !fate.everyTime)) return { delay: 20 }
  met.add(tag)
  return fate
}

let host: RunningHost
let brevo: Awaited<ReturnType<typeof startBrevo>>
beforeAll(async () => {
  env.SMS_RECEIPT_SECRET = [secret]
  ;[host, brevo] = await Promise.all([startHost(), startBrevo({ fateOf })])
})
afterAll(async () => {
  env.SMS_RECEIPT_SECRET = undefined
  await Promise.all([host.stop(), brevo.stop()])
})

it('leaves once and is never lost, whatever dies and whatever the provider does: three workers, killed at each step between claim and record', async () => {
  const service = await aService()
  const persons = await prisma.probationer.createManyAndReturn({
    data: Array.from({ length: many + killings }, (_, n) => ({
      lastName: `PERSONNE ${n}`,
      firstName: 'Karim',
      dateOfBirth: new Date('1991-04-12'),
      phone: `+33639985${String(n).padStart(3, '0')}`,
      smsOptOutToken: newSmsOptOutToken(),
    })),
    select: { id: true },
  })
  const convoked = (from: number, to: number, runAt: Date) =>
    convokeMany(pool, {
      ...{ organizationId: service.organization.id, placeId: service.place.id, agendaId: service.agenda.id },
      persons: persons.slice(from, to).map(({ id }) => id),
      ...{ startsAt: inHours(72), kind: 'summons', dueAt: new Date(), deadline: inHours(24), runAt },
    })
  const victims = await convoked(0, killings, inHours(23))
  const others = await convoked(killings, killings + many, new Date())
  const workers = await startKillableWorkers({
    ...{ databaseUrl: env.DATABASE_URL, brevo, victims, workers: 3 },
    settings: {
      ...{ SMS_ENABLED: 'true', BREVO_API_KEY: 'simulated-key', BREVO_URL: brevo.url },
      ...{ SMS_RECEIPT_SECRET: secret, PUBLIC_URL: host.url, SMS_PER_SECOND: '1000' },
      ...{ DATABASE_POOL_SIZE: '5', WORKER_CONCURRENCY: '5' },
    },
  })
  try {
    const deaths = await workers.killThemAll()
    expect(deaths).toEqual(
      Object.fromEntries(killingSteps.map((step) => [step, killings / killingSteps.length])),
    )
    await brevo.receiptsTold()
    await workers.settled({ skip: true })
    await brevo.receiptsTold()
    await workers.settled({ skip: true })
  } finally {
    await workers.stop()
  }

  const messages = await prisma.message.findMany({ select: { id: true, state: true } })
  const stateOf = new Map(messages.map(({ id, state }) => [id, state]))
  const times = new Map<number, number>()
  for (const { tag } of brevo.taken) times.set(messageIn(tag), (times.get(messageIn(tag)) ?? 0) + 1)
  const wrong = [...victims, ...others].filter((id) => {
    const trouble = troubleOf(id)
    const left = trouble !== 'refused' || victims.includes(id)
    const expected = !left || trouble === 'bounced' ? ['failed'] : ['sent', 'delivered']
    return (times.get(id) ?? 0) !== (left ? 1 : 0) || !expected.includes(stateOf.get(id) ?? '')
  })
  expect(wrong).toEqual([])
}, 400_000)
