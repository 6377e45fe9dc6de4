import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimMessage, recordSendResult } from '../../resources/message/commands/deliver.server'
import { prisma } from '../../resources/shared/db.server'
import { env } from '../../resources/shared/env.server'
import { anAppointment, aPerson, aService, at, inHours, planFor } from '../support/booked'

/** Somebody else's client, with the clock of the database. */
const paris = new pg.Client(env.DATABASE_URL)

beforeAll(async () => {
  const name = new URL(env.DATABASE_URL).pathname.slice(1)
  const client = new pg.Client(env.DATABASE_URL)
  await client.connect()
  await client.query(`ALTER DATABASE ${name} SET timezone TO 'Europe/Paris'`)
  await client.end()
  await paris.connect()
})
afterAll(() => paris.end())

async function instantIn(sql: string): Promise<number> {
  const { rows } = await paris.query<{ ms: string }>(
    `SELECT (extract(epoch FROM (${sql})) * 1000)::text AS ms`,
  )
  return Number(rows[0]?.ms)
}

test('a database that lives in Paris keeps and runs messages at the instant meant', async () => {
  expect((await paris.query<{ TimeZone: string }>('SHOW timezone')).rows).toEqual([
    { TimeZone: 'Europe/Paris' },
  ])
  const service = await aService()
  const { id: appointmentId } = await anAppointment(service, (await aPerson()).id, inHours(72))
  const now = new Date()
  await at(now, (ctx) => planFor(ctx, appointmentId, true))
  const { id: messageId } = await prisma.message.findFirstOrThrow({
    where: { appointmentId, kind: 'summons' },
  })
  const runAt = `SELECT run_at FROM graphile_worker.jobs WHERE key = 'message:${messageId}'`
  expect(await instantIn(runAt)).toBe(now.getTime())
  expect(await instantIn(`SELECT due_at FROM message WHERE id = ${messageId}`)).toBe(now.getTime())
  expect(Math.abs((await instantIn('SELECT now()')) - Date.now())).toBeLessThan(60_000)

  await at(now, (ctx) => claimMessage(ctx, { messageId }))
  await at(now, (ctx) => recordSendResult(ctx, { messageId, outcome: { kind: 'refused_for_now' } }))
  expect(await instantIn(runAt)).toBe(now.getTime() + 30_000)
})
