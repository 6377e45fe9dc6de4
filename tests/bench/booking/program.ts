import { randomUUID } from 'node:crypto'
import pg from 'pg'
import * as z from 'zod'

/**
 * A process of its own: bookings by the command, ten at once, then as many by the statements that one of them sent,
 * in their order, prepared, with the ids of another booking; so many rounds.
 */

const { agentId, placeId, typeCode, many, rounds, slotIds, personIds } = z
  .object({
    ...{
      agentId: z.number(),
      placeId: z.number(),
      typeCode: z.string(),
      many: z.number(),
      rounds: z.number(),
    },
    ...{ slotIds: z.array(z.number()), personIds: z.array(z.number()) },
  })
  .parse(JSON.parse(process.env.BENCH ?? ''))

interface Statement {
  text: string
  values: readonly unknown[]
  rows: readonly unknown[]
  rowMode?: 'array' | undefined
}

// Heard before the pool of the product is made, whose connections keep the method as they find it.
let heard: Statement[] | null = null
const sent = z.union([
  z.string().transform((text) => ({ text, values: [] as unknown[] })),
  z.object({
    text: z.string(),
    values: z.array(z.unknown()).default([]),
    rowMode: z.literal('array').optional(),
  }),
])
const query = Reflect.get(pg.Client.prototype, 'query') as (...asked: unknown[]) => unknown
Reflect.set(pg.Client.prototype, 'query', function (this: pg.Client, ...asked: unknown[]) {
  const told = heard && sent.safeParse(asked[0])
  if (!told?.success) return query.apply(this, asked)
  const values = Array.isArray(asked[1]) ? (asked[1] as unknown[]) : told.data.values
  const statement: Statement = { ...told.data, values, rows: [] }
  heard?.push(statement)
  const keep = (answer: { rows: unknown[] } | undefined) => (statement.rows = answer?.rows ?? [])
  // A pool asks with a callback, a transaction awaits.
  const then = asked.at(-1)
  if (typeof then !== 'function')
    return (query.apply(this, asked) as Promise<{ rows: unknown[] }>).then((answer) => {
      keep(answer)
      return answer
    })
  return query.apply(this, [
    ...asked.slice(0, -1),
    (error: unknown, answer: { rows: unknown[] } | undefined) => {
      keep(answer)
      ;(then as (error: unknown, answer: unknown) => void)(error, answer)
    },
  ])
})

const { agentActor } = await import('../../../resources/agent/queries/actor.server')
const { bookAppointment } = await import('../../../resources/appointment/commands/book.server')
const { orNotFound } = await import('../../../resources/shared/errors')
const { perform, read } = await import('../../../resources/shared/transact.server')

const actor = orNotFound(
  await read({ kind: 'system', task: 'bench' } as const, (ctx) => agentActor(ctx, agentId)),
  'agent',
)
let person = 0
interface Asked {
  probationerId: number
  slotId: number
  requestKey: string
}
const aBooking = (slotId: number): Asked => ({
  ...{ probationerId: personIds[person++] ?? 0, slotId, requestKey: randomUUID() },
})
const book = (asked: Asked) =>
  perform(actor, bookAppointment, { ...asked, placeId, typeCode, inform: 'now', keepOverlap: true })

const atOnce = 10
async function rateOf(slots: readonly number[], one: (asked: Asked) => Promise<unknown>): Promise<number> {
  let begun = 0
  const from = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (begun < many) await one(aBooking(slots[begun++ % slots.length] ?? 0))
    }),
  )
  return (many * 1000) / (performance.now() - from)
}

const [hot = 0, ...others] = slotIds
// As in a process that has booked for a while.
for (let n = 0; n < 50; n++) await book(aBooking(hot))

const model = aBooking(hot)
heard = []
await book(model)
const statements = heard
heard = null

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: atOnce })
/** Ids of the country are that long: no date, hour or count is taken for one. */
const shortestId = 10_000

async function replay(asked: Asked): Promise<void> {
  const instead = new Map<string, string>([
    [String(model.probationerId), String(asked.probationerId)],
    [String(model.slotId), String(asked.slotId)],
    [model.requestKey, asked.requestKey],
  ])
  const learn = (was: unknown, is: unknown): void => {
    if (typeof was === 'number' && typeof is === 'number' && was !== is && was >= shortestId)
      instead.set(String(was), String(is))
    else if (typeof was === 'object' && was !== null && typeof is === 'object' && is !== null)
      for (const [key, value] of Object.entries(was)) learn(value, Reflect.get(is, key))
  }
  const given = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+/g, (id) => instead.get(id) ?? id)
    if (typeof value === 'number') return Number(instead.get(String(value)) ?? value)
    return Array.isArray(value) ? value.map(given) : value
  }
  const client = await pool.connect()
  try {
    for (const [index, { text, values, rows, rowMode }] of statements.entries()) {
      const name = values.length > 0 ? { name: `s${index}` } : {}
      const answer = await client.query<object>({
        ...name,
        text,
        values: values.map(given),
        ...(rowMode && { rowMode: 'array' as const }),
      } as pg.QueryConfig)
      rows.forEach((row, nth) => learn(row, answer.rows[nth]))
    }
  } finally {
    client.release()
  }
}
for (let n = 0; n < 50; n++) await replay(aBooking(hot))

// In turn, since a machine is not the same from one half minute to the next.
const measured = {
  ...{ hot: () => rateOf([hot], book), hotSql: () => rateOf([hot], replay) },
  ...{ spread: () => rateOf(others, book), spreadSql: () => rateOf(others, replay) },
}
const rates = Object.fromEntries(Object.keys(measured).map((name) => [name, [] as number[]]))
for (let round = 0; round < rounds; round++)
  for (const [name, measure] of Object.entries(measured)) rates[name]?.push(await measure())
process.stdout.write(JSON.stringify(rates))
process.exit(0)
