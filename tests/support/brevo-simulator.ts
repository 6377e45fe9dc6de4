import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'

/** What one message meets: the answer to its sender, and the receipts that follow. */
export interface Fate {
  /** `cut`: taken, then the line breaks before the answer. `lost`: the line breaks and nothing was taken. */
  answer?:
    'accepts' | 'cut' | 'lost' | 'silent' | { status: number; code: string; message: string; reset?: number }
  /** Milliseconds before the answer. */
  delay?: number
  /** What the operator says, in the order in which it comes; the same one twice comes twice. */
  receipts?: readonly string[]
  /** What the operator says and whose receipts are lost: their list alone tells it. */
  lost?: readonly string[]
}

/** The words of their list for those of their receipts. */
const listed: Record<string, string> = {
  ...{ soft_bounce: 'softBounces', hard_bounce: 'hardBounces', skip: 'skipped' },
}

/** The message that a tag of ours is of. */
export const messageIn = (tag: string) => Number(tag.split(':')[1])

interface Taken {
  id: string
  tag: string
  phone: string
  text: string
  sender: string
  webUrl: string
  at: Date
}

const asked = z.object({
  sender: z.string().regex(/^[A-Za-z0-9]{1,11}$/),
  recipient: z.string().regex(/^\d{6,15}$/),
  content: z.string().min(1),
  tag: z.string().min(1),
  type: z.literal('transactional'),
  webUrl: z.url(),
})

/**
 * The HTTP interface of Brevo for transactional SMS, in memory: sends, its list of events, its account, and receipts
 * to the address that each message names.
 */
export async function startBrevo({
  apiKey = 'simulated-key',
  port = 0,
  listedAfter = 0,
  questionsAnHour = Infinity,
  fateOf = () => ({}),
}: {
  apiKey?: string
  port?: number
  /** Milliseconds before its list of events knows of a message. */
  listedAfter?: number
  /** How often its list of events may be asked until `hourPasses`. */
  questionsAnHour?: number
  fateOf?: (sms: { phone: string; text: string; tag: string }) => Fate
} = {}) {
  const taken: Taken[] = []
  const awaited = new Map<number, () => Promise<Fate>>()
  const events: { tag: string; messageId: string; event: string; date: string; phoneNumber: string }[] = []
  let credits = 10_000
  const listAsked: string[] = []
  let questionsLeft = questionsAnHour
  let refusedQuestions = 0
  const receiptsOnTheirWay = new Set<Promise<unknown>>()

  async function send(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const read = asked.safeParse(JSON.parse(await bodyOf(req)))
    if (!read.success)
      return json(res, 400, {
        code: 'invalid_parameter',
        message: `Invalid ${String(read.error.issues[0]?.path[0])}`,
      })
    const { recipient: phone, content: text, tag, sender, webUrl } = read.data
    const {
      answer = 'accepts',
      delay = 0,
      receipts = ['accepted', 'delivered'],
      lost = [],
    } = await (awaited.get(messageIn(tag))?.() ?? fateOf({ phone, text, tag }))
    awaited.delete(messageIn(tag))
    await wait(delay)
    if (typeof answer === 'object') {
      if (answer.reset !== undefined) res.setHeader('x-sib-ratelimit-reset', String(answer.reset))
      return json(res, answer.status, { code: answer.code, message: answer.message })
    }
    if (answer === 'lost') {
      req.socket.destroy()
      return
    }
    const id = String(1_000_000 + taken.length)
    const at = new Date()
    taken.push({ id, tag, phone, text, sender, webUrl, at })
    for (const event of ['sent', ...receipts, ...lost])
      events.push({
        ...{ tag, messageId: id, event: listed[event] ?? event },
        ...{ date: at.toISOString(), phoneNumber: phone },
      })
    credits -= 1
    for (const status of receipts) receiptsOnTheirWay.add(tell(webUrl, { id, tag, phone, status }))
    if (answer === 'cut') req.socket.destroy()
    else if (answer === 'accepts') json(res, 201, { messageId: Number(id) })
  }

  /** Told again as long as it is not heard. */
  async function tell(
    webUrl: string,
    { id, tag, phone, status }: { id: string; tag: string; phone: string; status: string },
  ): Promise<void> {
    for (let tries = 1; tries <= 6; tries += 1) {
      const heard = await fetch(webUrl, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          ...{ msg_status: status, tag, to: phone, messageId: Number(id), sms_count: 2, credits_used: 2 },
          ...{ remaining_credit: credits, ts_event: Math.floor(Date.now() / 1000) },
        }),
      }).then(
        ({ ok }) => ok,
        () => false,
      )
      if (heard) return
      await wait(tries * 300, undefined, { ref: false })
    }
  }

  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://simulator')
    const route = `${req.method} ${url.pathname.replace(/^\/v3/, '')}`
    if (req.headers['api-key'] !== apiKey) json(res, 401, { code: 'unauthorized', message: 'Key not found' })
    else if (route === 'POST /transactionalSMS/send') void send(req, res)
    else if (route === 'GET /transactionalSMS/statistics/events' && questionsLeft <= 0) {
      refusedQuestions += 1
      res.setHeader('x-sib-ratelimit-reset', '1800')
      json(res, 429, { code: 'too_many_requests', message: 'Limit' })
    } else if (route === 'GET /transactionalSMS/statistics/events') {
      questionsLeft -= 1
      const asked = (name: string) => url.searchParams.get(name)
      const [phone, from, to] = [asked('phoneNumber'), asked('startDate'), asked('endDate')]
      const before = new Date(Date.now() - listedAfter).toISOString()
      const found = events.filter(
        ({ phoneNumber, date }) =>
          date <= before &&
          (!asked('days') || date >= daysAgo(Number(asked('days')))) &&
          (!phone || phoneNumber === phone) &&
          (!from || !to || (date.slice(0, 10) >= from && date.slice(0, 10) <= to)),
      )
      const sorted = asked('sort') === 'asc' ? found : found.toReversed()
      const offset = Number(asked('offset') ?? 0)
      listAsked.push(`${from ?? 'all'} from ${offset}`)
      json(res, 200, { events: sorted.slice(offset, offset + Math.min(Number(asked('limit') ?? 50), 100)) })
    } else if (route === 'GET /account')
      json(res, 200, {
        plan: [
          { type: 'free', credits: 300 },
          { type: 'sms', credits },
        ],
      })
    else json(res, 404, { code: 'document_not_found', message: 'Not found' })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3`,
    taken,
    events,
    /** The pages of the list that were read. */
    listAsked,
    refusedQuestions: () => refusedQuestions,
    hourPasses: () => {
      questionsLeft = questionsAnHour
    },
    /** What the next call about this message meets, decided as it comes. Resolves once it is. */
    meet: (messageId: number, fate: () => Promise<Fate>) =>
      new Promise<void>((resolve, reject) => {
        awaited.set(messageId, async () => {
          try {
            return await fate()
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)))
            return {}
          } finally {
            resolve()
          }
        })
      }),
    /** Once the receipts of what was taken have come. */
    receiptsTold: () => Promise.all(receiptsOnTheirWay),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()

function json(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
