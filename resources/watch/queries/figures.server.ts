import { Prisma } from '@prisma/client'
import { inTroubleSql } from '../../message/queries/delivery.server'
import type { Context } from '../../shared/context'
import { day, minute } from '../../shared/duration'
import { failingWindow, handedStates, inTimeWithin, periodLasts, smsFail, type FiguresName } from '../rules'
import {
  figuresOfPeriod,
  queueFigures,
  usualFigures,
  type FiguresOfPeriod,
  type PeriodCode,
  type QueueFigures,
  type UsualFigures,
} from '../schema'

/** Lines of a table at most. */
const shown = 10

/** Messages `m` that have left a state of waiting: the condition of their index. */
const leftSql = Prisma.sql`m.state NOT IN ('planned', 'cancelled')`

/** Of a state, whether the message was handed over: those of which failures are a share. */
const handedSql = (state: Prisma.Sql) => Prisma.sql`${state} IN (${Prisma.join([...handedStates])})`

const ago = (ctx: Context, milliseconds: number) => new Date(ctx.now.getTime() - milliseconds)

/** What became of the messages that were due in a period: read whole, so never by a page. */
export async function countPeriod(ctx: Context, period: PeriodCode): Promise<FiguresOfPeriod> {
  const [from, { now }] = [ago(ctx, periodLasts[period]), ctx]
  const [row] = await ctx.tx.$queryRaw<{ figures: unknown }[]>`
    WITH gone AS MATERIALIZED (
      SELECT m.state::text, coalesce(m.end_reason, '') AS reason, m.due_at, m.sent_at, m.delivered_at,
             coalesce(m.sent_at, CASE WHEN m.state = 'failed' THEN m.claimed_at END) AS handed_at,
             m.parts, m.parts_billed, m.credits_used, m.appointment_id,
             CASE WHEN m.phone LIKE '+33%' THEN left(m.phone, 6) ELSE left(m.phone, 7) END AS prefix
        FROM message m
       WHERE ${leftSql} AND m.due_at >= ${from} AND m.due_at < ${now}),
    late AS (
      SELECT count(*)::int AS total FROM message m
       WHERE m.state = 'planned' AND m.due_at >= ${from} AND m.due_at < ${ago(ctx, inTimeWithin * 1000)}),
    whole AS (
      SELECT count(*) FILTER (WHERE state <> 'suppressed')::int AS due,
             count(*) FILTER (WHERE handed_at <= due_at + ${inTimeWithin}::int * interval '1 second')::int AS soon,
             count(*) FILTER (WHERE sent_at <= ${ago(ctx, 5 * minute)})::int AS of_five,
             count(*) FILTER (WHERE sent_at <= ${ago(ctx, 5 * minute)}
                                AND delivered_at <= sent_at + interval '5 minutes')::int AS in_five,
             count(*) FILTER (WHERE sent_at <= ${ago(ctx, 60 * minute)})::int AS of_hour,
             count(*) FILTER (WHERE sent_at <= ${ago(ctx, 60 * minute)}
                                AND delivered_at <= sent_at + interval '1 hour')::int AS in_hour,
             count(*) FILTER (WHERE sent_at IS NOT NULL)::int AS texts,
             coalesce(sum(parts) FILTER (WHERE sent_at IS NOT NULL), 0)::int AS parts,
             count(parts_billed)::int AS billed_texts, coalesce(sum(parts_billed), 0)::int AS parts_billed,
             coalesce(sum(parts) FILTER (WHERE parts_billed IS NOT NULL), 0)::int AS parts_of_billed,
             count(*) FILTER (WHERE parts_billed <> parts)::int AS drifting,
             coalesce(sum(credits_used), 0) AS credits_used
        FROM gone),
    states AS (SELECT state, count(*)::int AS total FROM gone GROUP BY state),
    reasons AS (
      SELECT state, reason, count(*)::int AS total FROM gone
       WHERE reason <> '' GROUP BY state, reason ORDER BY total DESC, reason LIMIT ${2 * shown}),
    prefixes AS (
      SELECT prefix, count(*)::int AS handed, count(*) FILTER (WHERE state = 'failed')::int AS failed
        FROM gone WHERE ${handedSql(Prisma.sql`state`)} AND prefix IS NOT NULL
       GROUP BY prefix ORDER BY failed DESC, handed DESC, prefix LIMIT ${shown}),
    services AS (
      SELECT a.organization_id AS id, count(*)::int AS handed,
             count(*) FILTER (WHERE gone.state = 'failed')::int AS failed
        FROM gone JOIN appointment a ON a.id = gone.appointment_id
       WHERE ${handedSql(Prisma.sql`gone.state`)}
       GROUP BY a.organization_id ORDER BY failed DESC, handed DESC, id LIMIT ${shown})
    SELECT json_build_object(
      'due', whole.due + late.total, 'handedSoon', soon,
      'ofFiveMinutes', of_five, 'inFiveMinutes', in_five, 'ofOneHour', of_hour, 'inOneHour', in_hour,
      'texts', texts, 'parts', parts, 'billedTexts', billed_texts, 'partsBilled', parts_billed,
      'partsOfBilled', parts_of_billed, 'drifting', drifting, 'creditsUsed', credits_used,
      'states', (SELECT coalesce(json_agg(one), '[]') FROM (
                   SELECT state, total FROM states
                   UNION ALL SELECT 'planned', total FROM late WHERE total > 0) one),
      'reasons', (SELECT coalesce(json_agg(reasons), '[]') FROM reasons),
      'prefixes', (SELECT coalesce(json_agg(prefixes), '[]') FROM prefixes),
      'services', (SELECT coalesce(json_agg(one), '[]') FROM (
                     SELECT id, o.name, handed, failed FROM services JOIN organization o USING (id)
                      ORDER BY failed DESC, handed DESC, id) one)) AS figures
      FROM whole, late`
  return figuresOfPeriod.parse(row?.figures)
}

/** What a month says of the days to come: parts, the services whose last messages fail, what is planned. */
export async function countUsual(ctx: Context): Promise<UsualFigures> {
  const { now } = ctx
  const [row] = await ctx.tx.$queryRaw<{ figures: { services: UsualFigures['failing'] } }[]>`
    WITH handed AS MATERIALIZED (
      SELECT m.kind = 'reminder' AS reminds, m.state = 'failed' AS failed, m.parts, m.parts_billed, m.credits_used,
             m.due_at, coalesce(m.sent_at, m.claimed_at) AS handed_at, m.sent_at, a.organization_id
        FROM message m LEFT JOIN appointment a ON a.id = m.appointment_id
       WHERE ${leftSql} AND ${handedSql(Prisma.sql`m.state::text`)}
         AND m.due_at >= ${ago(ctx, periodLasts['30d'])} AND m.due_at < ${now}),
    last AS (
      SELECT organization_id, failed,
             row_number() OVER (PARTITION BY organization_id ORDER BY handed_at DESC NULLS LAST) AS nth
        FROM handed WHERE organization_id IS NOT NULL),
    services AS (
      SELECT organization_id AS id, count(*) FILTER (WHERE failed)::int AS failed, count(*)::int AS handed
        FROM last WHERE nth <= ${failingWindow} GROUP BY organization_id)
    SELECT json_build_object(
      'reminders', count(*) FILTER (WHERE reminds AND sent_at IS NOT NULL),
      'reminderParts', coalesce(sum(parts) FILTER (WHERE reminds AND sent_at IS NOT NULL), 0),
      'otherParts', coalesce(sum(parts) FILTER (WHERE NOT reminds AND sent_at IS NOT NULL), 0),
      'partsBilled', coalesce(sum(parts_billed), 0), 'creditsUsed', coalesce(sum(credits_used), 0),
      'days', greatest(1, ceil(extract(epoch FROM ${now}::timestamptz - min(due_at)) / 86400)),
      'services', (SELECT coalesce(json_agg(one), '[]') FROM (
                     SELECT id, o.name, failed, handed FROM services JOIN organization o USING (id)
                      WHERE failed > 0 ORDER BY failed DESC, handed, id) one)
      ) AS figures
      FROM handed`
  const planned = await ctx.tx.$queryRaw<{ day: number; total: number }[]>`
    SELECT floor(extract(epoch FROM m.due_at - ${now}::timestamptz) / 86400)::int AS day, count(*)::int AS total
      FROM message m
     WHERE m.state = 'planned' AND m.due_at >= ${now} AND m.due_at < ${ago(ctx, -7 * day)} GROUP BY 1`
  return usualFigures.parse({
    ...row?.figures,
    failing: row?.figures.services.filter(smsFail),
    planned: Array.from({ length: 7 }, (_, ahead) => planned.find((one) => one.day === ahead)?.total ?? 0),
  })
}

/** What stands in the queue. Its table is read whole: a job is a row of it for months. */
export async function countQueue(ctx: Context): Promise<QueueFigures> {
  const [row] = await ctx.tx.$queryRaw<{ figures: object }[]>`
    WITH due AS (
      SELECT task_identifier AS task, run_at, attempts, max_attempts, last_error, updated_at, locked_at
        FROM graphile_worker.jobs
       WHERE run_at <= ${now(ctx)} OR last_error IS NOT NULL),
    failing AS (
      SELECT task, count(*)::int AS total FROM due
       WHERE last_error IS NOT NULL AND attempts >= least(3, max_attempts) AND updated_at > ${ago(ctx, day)}
       GROUP BY task ORDER BY task)
    SELECT json_build_object(
      'due', count(*) FILTER (WHERE run_at <= ${now(ctx)} AND attempts < max_attempts),
      'oldestDueSeconds', coalesce(greatest(0, extract(epoch FROM ${now(ctx)} - min(run_at) FILTER (
                            WHERE locked_at IS NULL AND attempts < max_attempts))), 0),
      'failing', (SELECT coalesce(json_agg(failing), '[]') FROM failing)) AS figures
      FROM due`
  return queueFigures.parse(row?.figures)
}
const now = (ctx: Context) => Prisma.sql`${ctx.now}::timestamptz`

/** Messages that could not leave in time, in the last hour. */
export async function countExpired(ctx: Context, since: Date): Promise<number> {
  const [row] = await ctx.tx.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM message m
     WHERE ${inTroubleSql} AND m.state = 'expired' AND m.ended_at >= ${since}`
  return row?.total ?? 0
}

const shapes = {
  ...{ '24h': figuresOfPeriod, '7d': figuresOfPeriod, '30d': figuresOfPeriod },
  ...{ usual: usualFigures, queue: queueFigures },
} as const
type Shapes = typeof shapes
export type FiguresOf<Name extends FiguresName> = ReturnType<Shapes[Name]['parse']>

/** What was last counted under a name; what another release wrote in another shape is counted again, and none until then. */
export async function storedFigures<Name extends FiguresName>(
  ctx: Context,
  name: Name,
): Promise<{ computedAt: Date; figures: FiguresOf<Name> } | null> {
  const row = await ctx.tx.watchFigures.findUnique({ where: { name } })
  const read = shapes[name].safeParse(row?.data)
  return row && read.success ? { computedAt: row.computedAt, figures: read.data as FiguresOf<Name> } : null
}
