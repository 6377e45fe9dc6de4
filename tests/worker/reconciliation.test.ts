import { beforeEach, describe, expect, it, vi } from 'vitest'
import { referenceOf } from '../../resources/message/reference'
import { prisma } from '../../resources/shared/db.server'
import { brevo } from '../../worker/sms/brevo'
import { deliveryTasks } from '../../worker/sms/delivery'
import type { SmsProvider } from '../../worker/sms/provider'
import { reconciliationTasks } from '../../worker/sms/reconciliation'
import { aService, inHours, type Service } from '../support/booked'
import { startBrevo } from '../support/brevo-simulator'
import { drainQueue } from '../support/queue'
import { absentFor, claimedFor, convokedBy, lookForUnsettled, provider } from './story'

/** What became of messages whose answer was lost, as the pages of the provider's list say, or cannot. */
type Listed = { references: string[]; externalId: string; at: Date | null }

let service: Service
beforeEach(async () => {
  service = await aService()
  await prisma.providerPace.deleteMany()
  await prisma.message.updateMany({
    where: { state: { in: ['unknown', 'sending', 'planned'] } },
    data: { state: 'cancelled' },
  })
  await prisma.$executeRaw`DELETE FROM graphile_worker._private_jobs`
})

const secondsAgo = (seconds: number) => inHours(-seconds / 3600)

/** Handed over so many seconds ago, and nobody knows more. */
async function unsettled(many: number, seconds: number) {
  const stories: Awaited<ReturnType<typeof convokedBy>>[] = []
  for (let person = 0; person < many; person += 1) {
    const story = await convokedBy(service)
    const { id } = await story.summons()
    await prisma.message.update({
      where: { id },
      data: { state: 'unknown', phone: story.phone, textSent: 'x', claimedAt: secondsAgo(seconds) },
    })
    stories.push(story)
  }
  const each = <Value>(of: (story: (typeof stories)[number]) => Promise<Value>) =>
    Promise.all(stories.map(of))
  return {
    ids: await each(async (story) => (await story.summons()).id),
    events: await each(async (story): Promise<Listed> => ({
      references: [referenceOf({ ...(await story.summons()), kind: 'message' })],
      externalId: 'ours',
      at: secondsAgo(seconds),
    })),
    states: () => each(async (story) => (await story.summons()).state),
  }
}
const othersListed = (many: number, secondsOld = (n: number) => n / 10): Listed[] =>
  Array.from({ length: many }, (_, n) => ({
    ...{ references: ['other'], externalId: 'x', at: secondsAgo(secondsOld(n)) },
  }))

/** By the pages of this list; nobody is asked for by number. */
function byPages(events: readonly Listed[], meanwhile: () => unknown = () => undefined) {
  const asked: number[] = []
  const listing: SmsProvider = {
    send: () => Promise.resolve({ kind: 'unknown' }),
    lookup: () => Promise.resolve({ kind: 'unreachable' }),
    readReceipt: () => null,
    latest: ({ from }) => {
      asked.push(from)
      meanwhile()
      return Promise.resolve({
        ...{ kind: 'page', events: events.slice(from, from + 100) },
        whole: from + 100 > events.length,
      })
    },
  }
  return { asked, tasks: reconciliationTasks(listing) }
}
/** Two runs, a minute apart. */
async function lookedForTwice(tasks: ReturnType<typeof byPages>['tasks'], ids: readonly number[]) {
  await lookForUnsettled(tasks)
  for (const id of ids) await absentFor(61, id)
  await lookForUnsettled(tasks)
}

describe('Many messages whose answer was lost', () => {
  it('are found on the page where they are, and no page is read beyond', async () => {
    const { events, states } = await unsettled(8, 200)
    const { asked, tasks } = byPages([...othersListed(150), ...events, ...othersListed(900, () => 210)])
    await lookForUnsettled(tasks)
    expect(await states()).toEqual(Array(8).fill('sent'))
    expect(asked).toEqual([0, 100])
  })

  it('that the pages reach and do not have, twice, never left', async () => {
    const { ids, states } = await unsettled(8, 200)
    const { asked, tasks } = byPages(othersListed(250, (n) => n * 10))
    await lookForUnsettled(tasks)
    expect(await states()).toEqual(Array(8).fill('unknown'))
    for (const id of ids) await absentFor(61, id)
    await lookForUnsettled(tasks)
    expect(await states()).toEqual(Array(8).fill('planned'))
    expect(asked).toEqual([0, 100, 0, 100])
  })

  it.each([
    [
      'of which one event is of another day',
      (events: Listed[]) => events.splice(50, 0, ...othersListed(1, () => 30 * 3600)),
    ],
    ['that is read from its other end', (events: Listed[]) => events.reverse()],
    ['that is empty', (events: Listed[]) => events.splice(0)],
    ['that knows of nothing younger', (events: Listed[]) => events.splice(0, 60)],
  ])('are not thought absent by a list %s', async (_, disturb) => {
    const { ids, states } = await unsettled(8, 200)
    const events = othersListed(90, (n) => n * 4)
    disturb(events)
    await lookedForTwice(byPages(events).tasks, ids)
    expect(await states()).toEqual(Array(8).fill('unknown'))
  })

  it('are not thought absent by a list that was read before it could know, however late that is written down', async () => {
    const { ids, states } = await unsettled(4, 65)
    const now = Date.now()
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      // The pages take a minute and a half.
      const slowly = () => vi.setSystemTime(now + 90_000)
      await lookForUnsettled(
        byPages(
          othersListed(90, (n) => n * 20),
          slowly,
        ).tasks,
      )
    } finally {
      vi.useRealTimers()
    }
    const { absentSince } = await prisma.message.findFirstOrThrow({ where: { id: { in: ids } } })
    expect(absentSince).toBeNull()
    expect(await states()).toEqual(Array(4).fill('unknown'))
  })

  it('and whose list stays out of reach are told an hour past their deadline, whatever else waits', async () => {
    const far = await unsettled(20, 18_000)
    const late = await unsettled(1, 18_000)
    await prisma.message.updateMany({
      where: { id: { in: far.ids } },
      data: { deadline: inHours(500) },
    })
    await prisma.message.updateMany({ where: { id: { in: late.ids } }, data: { deadline: inHours(-2) } })
    await lookForUnsettled(provider([]).tasks)
    expect(await late.states()).toEqual(['expired'])
    expect(await far.states()).toEqual(Array(20).fill('unknown'))
  })
})

it('What the list has forgotten since is told as unconfirmed, and never sent again', async () => {
  const account = await startBrevo({ fateOf: () => ({ answer: 'cut', receipts: [] }) })
  try {
    const by = brevo({
      ...{ apiKey: 'simulated-key', sender: 'RDVJustice', baseUrl: account.url, timeout: 1 },
      receiptsAt: 'http://127.0.0.1:1/recepisses/secret',
    })
    const tasks = { ...deliveryTasks(by), ...reconciliationTasks(by) }
    const story = await convokedBy(service)
    const { id } = await story.summons()
    await prisma.message.update({ where: { id }, data: { deadline: inHours(24 * 21) } })
    await drainQueue(tasks)
    await claimedFor(4 * 86_400, id)
    for (const event of account.events) event.date = inHours(-96).toISOString()
    await lookForUnsettled(tasks)
    expect(await story.summons()).toMatchObject({ state: 'expired', endReason: 'unconfirmed' })
    await drainQueue(tasks)
    expect(account.taken).toHaveLength(1)
  } finally {
    await account.stop()
  }
})
