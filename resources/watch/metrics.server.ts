import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { SystemActor } from '../shared/actor'
import type { Context } from '../shared/context'
import { isOneOf } from '../shared/digest.server'
import { env } from '../shared/env.server'
import { log } from '../shared/log.server'
import { read } from '../shared/transact.server'
import { alertsNow } from './queries/alerts.server'
import { storedFigures } from './queries/figures.server'
import { accountNow, lastRuns, messagesWaiting, receiptsNow } from './queries/now.server'
import { forecastOf, teamZone } from './rules'
import { civilOf } from '../shared/civil-time'

const reader: SystemActor = { kind: 'system', task: 'metrics' }

/** What a process says of itself. */
const ofProcess = new Registry()
const requests = new Histogram({
  name: 'msj_http_request_duration_seconds',
  help: 'How long requests took, by door and class of status.',
  labelNames: ['door', 'status'],
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [ofProcess],
})

/** Notes how long a request took; nothing where nobody asks for metrics. */
export function observeRequest({ path, status, ms }: { path: string; status: number; ms: number }): void {
  if (!env.METRICS_TOKEN) return
  const [, first = ''] = /^\/(admin|agents|recepisses|calendrier|stop|s)(?:\/|$)/.exec(path) ?? []
  requests.observe({ door: first || 'portal', status: `${Math.floor(status / 100)}xx` }, ms / 1000)
}

/** What is shared by all processes, as the database says it now; whatever it does not say is absent, not zero. */
async function readShared(ctx: Context): Promise<Registry> {
  const registry = new Registry()
  const say = (name: string, help: string, value: number | null | undefined) => {
    if (typeof value === 'number') new Gauge({ name: `msj_${name}`, help, registers: [registry] }).set(value)
  }
  const sayEach = (
    name: string,
    help: string,
    label: string,
    values: Iterable<readonly [string, number]>,
  ) => {
    const gauge = new Gauge({ name: `msj_${name}`, help, labelNames: [label], registers: [registry] })
    for (const [of, value] of values) gauge.inc({ [label]: of }, value)
  }
  const [waiting, receipts, account, day, usual, queue, runs, { standing }, counted] = await Promise.all([
    messagesWaiting(ctx),
    receiptsNow(ctx),
    accountNow(ctx),
    storedFigures(ctx, '24h'),
    storedFigures(ctx, 'usual'),
    storedFigures(ctx, 'queue'),
    lastRuns(ctx),
    alertsNow(ctx),
    ctx.tx.watchFigures.findMany({ select: { name: true, computedAt: true } }),
  ])
  const stamp = (instant: Date | null) => instant && instant.getTime() / 1000
  const waited = waiting.oldestDueAt ? (ctx.now.getTime() - waiting.oldestDueAt.getTime()) / 1000 : 0
  const needed = usual && forecastOf(0, usual.figures, civilOf(ctx.now, teamZone).date).needed
  const { due, sending, unknown } = waiting

  say('database_up', '1 when the database answered this question.', 1)
  sayEach(
    'messages_waiting',
    'Messages due, being handed over, or of unknown outcome.',
    'state',
    Object.entries({ due, sending, unknown }),
  )
  say('messages_late', 'Messages due for more than fifteen minutes.', waiting.late)
  say('messages_due_seconds', 'How long the oldest message that is due has waited.', waited)
  say('receipts_awaited', 'Messages sent in the last 72 hours that no receipt has ended.', receipts.awaited)
  say('receipt_last_timestamp_seconds', 'When the last receipt came by itself.', stamp(receipts.lastAt))
  say('sms_credit', 'Credits left at the provider.', account.credits)
  say('sms_credit_timestamp_seconds', 'When the provider said so.', stamp(account.creditsAt))
  say('sms_credit_needed', 'Credits for the next seven days.', needed)
  if (day) {
    const { states, due, handedSoon, ofFiveMinutes, inFiveMinutes, ofOneHour, inOneHour, texts, parts } =
      day.figures
    const counts = {
      ...{ due, handed_soon: handedSoon, of_five_minutes: ofFiveMinutes, in_five_minutes: inFiveMinutes },
      ...{ of_one_hour: ofOneHour, in_one_hour: inOneHour, texts, parts },
    }
    const help = 'Of the messages due in the last 24 hours, by what is counted.'
    sayEach('messages_day', help, 'figure', Object.entries(counts))
    sayEach(
      'messages_day_state',
      'Messages due in the last 24 hours, by state.',
      'state',
      states.map(({ state, total }) => [state, total]),
    )
  }
  if (queue) {
    const { due, oldestDueSeconds, failing } = queue.figures
    say('jobs_due', 'Jobs whose hour has come.', due)
    say('jobs_due_seconds', 'How long the oldest job that is due has waited.', oldestDueSeconds)
    sayEach(
      'jobs_failing',
      'Jobs that failed several times in the last day.',
      'task',
      failing.map(({ task, total }) => [task, total]),
    )
  }
  sayEach(
    'task_last_run_timestamp_seconds',
    'When a task that runs by itself last did.',
    'task',
    runs.map(({ task, startedAt }) => [task, startedAt.getTime() / 1000]),
  )
  sayEach(
    'figures_timestamp_seconds',
    'When figures that are kept were counted.',
    'name',
    counted.map(({ name, computedAt }) => [name, computedAt.getTime() / 1000]),
  )
  sayEach(
    'alerts',
    'Alerts that stand.',
    'kind',
    standing.map(({ trouble }) => [trouble.kind, 1]),
  )
  return registry
}

let collecting = false
/** Questions that come together share one reading. */
let reading: Promise<string> | undefined

/**
 * Answers who scrapes: `all` with what the database shares, which every web process says alike; otherwise what this
 * process says of itself. Without a secret in the settings there is nothing here.
 */
export async function answerMetrics(
  authorization: string | undefined,
  { all }: { all: boolean },
): Promise<{ status: 200 | 401 | 404; headers: Record<string, string>; body: string }> {
  const secrets = env.METRICS_TOKEN
  if (!secrets) return { status: 404, headers: {}, body: '' }
  const [, given] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  if (!given || !isOneOf(given, secrets))
    return { status: 401, headers: { 'WWW-Authenticate': 'Bearer' }, body: '' }
  // From the first question on: its timers cost something, and only who is scraped pays.
  if (!collecting) collectDefaultMetrics({ register: ofProcess })
  collecting = true
  const own = await ofProcess.metrics()
  if (all) reading ??= shared().finally(() => (reading = undefined))
  return {
    status: 200,
    headers: { 'Content-Type': ofProcess.contentType, 'Cache-Control': 'no-store' },
    body: all ? `${own}${await reading}` : own,
  }
}

async function shared(): Promise<string> {
  try {
    return await (await read(reader, readShared)).metrics()
  } catch (error) {
    log.warn({ err: error }, 'metrics could not be read')
    return '# TYPE msj_database_up gauge\nmsj_database_up 0\n'
  }
}
