import { Prisma } from '@prisma/client'
import { afterEach, expect, test, vi } from 'vitest'
import { connectionOf, pool, prisma, readers, transaction } from '../../../resources/shared/db.server'
import { isDatabaseAway } from '../../../resources/shared/database-away'
import { env } from '../../../resources/shared/env.server'
import { rowsOf } from '../../../resources/shared/prepared.server'
import { read, transact } from '../../../resources/shared/transact.server'
import type { SystemActor } from '../../../resources/shared/actor'
import { aService } from '../../support/world'

const actor: SystemActor = { kind: 'system', task: 'test' }

afterEach(() => {
  env.DATABASE_NAMED_STATEMENTS = true
})

/** The statements that the readers' connection keeps: asked one after the other, they need only one. */
async function kept(): Promise<string[]> {
  const { rows } = await readers.query<{ statement: string }>('SELECT statement FROM pg_prepared_statements')
  return rows.map(({ statement }) => statement)
}

test('a reading is parsed once a connection, whatever it is asked for', async () => {
  const ask = (n: number) => read(actor, (ctx) => rowsOf(ctx, Prisma.sql`SELECT ${n}::int AS named`))
  expect(await ask(1)).toEqual([{ named: 1 }])
  expect(await ask(2)).toEqual([{ named: 2 }])
  expect((await kept()).filter((text) => text.includes('AS named'))).toEqual(['SELECT $1::int AS named'])
})

test('within a transaction too, and what Prisma writes by itself stays without a name', async () => {
  const names = await transact(actor, async (ctx) => {
    for (const n of [1, 2]) await rowsOf(ctx, Prisma.sql`SELECT ${n}::int AS "within"`)
    await ctx.tx.organization.count()
    return ctx.tx.$queryRaw<{ statement: string }[]>`SELECT statement FROM pg_prepared_statements`
  })
  expect(names.filter(({ statement }) => statement.includes('"within"'))).toHaveLength(1)
  expect(names.filter(({ statement }) => statement.includes('COUNT(*)'))).toEqual([])
})

test('for a pooler that keeps no statement, it is sent without a name', async () => {
  env.DATABASE_NAMED_STATEMENTS = false
  const rows = await read(actor, (ctx) => rowsOf(ctx, Prisma.sql`SELECT ${'x'}::text AS unnamed`))
  expect(rows).toEqual([{ unnamed: 'x' }])
  expect((await kept()).filter((text) => text.includes('AS unnamed'))).toEqual([])
  const within = await transact(actor, async (ctx) => {
    await rowsOf(ctx, Prisma.sql`SELECT 1 AS unnamed`)
    return ctx.tx.$queryRaw<{ statement: string }[]>`SELECT statement FROM pg_prepared_statements`
  })
  expect(within.filter(({ statement }) => statement.includes('AS unnamed'))).toEqual([])
})

test('within a transaction it finds what was just written, and reads values alike', async () => {
  const { id } = await aService('TJ de Lille', 'court')
  const values = (name: string) => Prisma.sql`
    SELECT name, ${[1, 2]}::int[] AS numbers, ARRAY['a', 'b'] AS words, '2026-10-05T08:00:00Z'::timestamptz AS at,
           DATE '2026-10-05'::text AS day, json_build_array(json_build_object('n', 1)) AS list, NULL::text AS nothing,
           count(*)::int AS count
      FROM organization WHERE id = ${id} AND name = ${name} GROUP BY name`
  const outside = await read(actor, (ctx) => rowsOf(ctx, values('TJ de Lille')))
  const within = await transact(actor, async (ctx) => {
    await ctx.tx.organization.update({ where: { id }, data: { name: 'TJ de Douai' } })
    return rowsOf(ctx, values('TJ de Douai'))
  })
  expect(outside).toEqual([
    {
      name: 'TJ de Lille',
      numbers: [1, 2],
      words: ['a', 'b'],
      at: new Date('2026-10-05T08:00:00Z'),
      day: '2026-10-05',
      list: [{ n: 1 }],
      nothing: null,
      count: 1,
    },
  ])
  expect(within).toEqual([{ ...(outside[0] as object), name: 'TJ de Douai' }])
})

test('a column that changes its type under a living pool costs a connection one answer, and it is nobody’s fault', async () => {
  await prisma.$executeRaw`CREATE TABLE retyped AS SELECT 1::int AS id, 'x'::text AS word`
  const ask = Prisma.sql`SELECT word FROM retyped`
  const outside = () => read(actor, (ctx) => rowsOf(ctx, ask))
  const within = () => transact(actor, (ctx) => rowsOf(ctx, ask))
  for (const [way, held] of [
    [outside, readers],
    [within, pool],
  ] as const) {
    expect(await way()).toEqual([{ word: 'x' }])
    await prisma.$executeRaw`ALTER TABLE retyped ALTER COLUMN word TYPE varchar(300)`
    // Asked one after the other, they go by the same connection.
    const connections = held.totalCount
    for (let failures = 0; failures <= connections; failures++) {
      const answer = await way().catch((error: unknown) => error)
      if (Array.isArray(answer)) break
      expect(isDatabaseAway(answer)).toBe(true)
    }
    expect(await way()).toEqual([{ word: 'x' }])
    await prisma.$executeRaw`ALTER TABLE retyped ALTER COLUMN word TYPE text`
  }
})

test.each([
  ['while its work waits', 'SELECT 1'],
  ['while a statement lasts', 'SELECT pg_sleep(1.5)'],
])('what goes on after its transaction took too long and was undone writes nothing: %s', async (_, slow) => {
  const { id, name } = await aService(`TJ d’Arras ${slow.length}`, 'court')
  const rename = Prisma.sql`UPDATE organization SET name = ${`${name}, renommé`} WHERE id = ${id} RETURNING id`
  let late: Promise<unknown> | undefined
  const undone = transaction(
    async (tx) => {
      const ctx = { tx, actor, now: new Date() }
      await rowsOf(ctx, rename)
      await rowsOf(ctx, Prisma.raw(slow))
      if (slow === 'SELECT 1') await vi.waitFor(() => expect(connectionOf(tx)).toBeNull(), { timeout: 5_000 })
      late = rowsOf(ctx, rename)
      await late
    },
    { timeout: 500 },
  )
  await expect(undone).rejects.toThrow()
  await expect(late).rejects.toThrow()
  expect(await prisma.organization.findUniqueOrThrow({ where: { id } })).toMatchObject({ name })
})
