import type { AgentActor } from '../../shared/actor'
import { civilOf } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { env } from '../../shared/env.server'
import { assertAllowed } from '../../shared/errors'
import { log } from '../../shared/log.server'
import { mayUseCentralConsole } from '../../shared/rights'
import { troubleWords } from '../fr'
import {
  figuresAreOld,
  forecastOf,
  isLate,
  silenceAllowed,
  teamZone,
  watchedTaskNames,
  workedBetween,
} from '../rules'
import { supervisionInput, type PeriodCode } from '../schema'
import { alertsNow, lastCheck, type Alert } from './alerts.server'
import { storedFigures } from './figures.server'
import { accountNow, lastRuns, messagesWaiting, receiptsNow } from './now.server'

/** A part of the page, read by itself. */
export type CardAnswer<Data> = { failed: false; data: Data } | { failed: true }

/**
 * How SMS leave and arrive, for the central team (no person is read): what is true now; what a worker counted over a
 * period, with its minute. A card that cannot be read says so, and the others are there.
 */
export const supervision = query(supervisionInput, async (ctx: Context<AgentActor>, { period }) => {
  assertAllowed(mayUseCentralConsole(ctx.actor), 'read the supervision')
  const failures: unknown[] = []
  const card = async <Data>(name: string, read: Promise<Data>): Promise<CardAnswer<Data>> => {
    try {
      return { failed: false, data: await read }
    } catch (err) {
      failures.push(err)
      log.error({ err, card: name }, 'card of the supervision failed')
      return { failed: true }
    }
  }
  const [alerts, figures, waiting, credit, receipts, runs, queue] = await Promise.all([
    card('alerts', alertsOf(ctx)),
    card('figures', figuresOf(ctx, period)),
    card('waiting', messagesWaiting(ctx)),
    card('credit', creditOf(ctx)),
    card('receipts', receiptsOf(ctx)),
    card('runs', runsOf(ctx)),
    card('queue', queueOf(ctx)),
  ])
  const cards = { alerts, figures, waiting, credit, receipts, runs, queue }
  // Nothing could be read: the page itself is not there.
  if (failures.length === Object.keys(cards).length) throw failures[0]
  return { period, now: ctx.now, cards }
})

async function alertsOf(ctx: Context) {
  const told = ({ id, trouble, raisedAt, endedAt }: Alert) => ({
    ...{ id, raisedAt, endedAt },
    ...troubleWords(trouble),
  })
  const [{ standing, ended }, check] = await Promise.all([alertsNow(ctx), lastCheck(ctx)])
  return {
    ...{ standing: standing.map(told), ended: ended.map(told) },
    ...check,
    mailed: (env.ALERT_EMAILS ?? []).length,
  }
}

async function figuresOf(ctx: Context, period: PeriodCode) {
  const [stored, usual] = await Promise.all([storedFigures(ctx, period), storedFigures(ctx, 'usual')])
  return (
    stored && {
      ...stored,
      isOld: figuresAreOld(period, stored.computedAt, ctx.now),
      partPrice: env.SMS_PART_PRICE,
      /** The services whose SMS fail, whatever the period. */
      failing: usual?.figures.failing.map(({ id }) => id) ?? [],
    }
  )
}

async function queueOf(ctx: Context) {
  const stored = await storedFigures(ctx, 'queue')
  return stored && { ...stored, isOld: figuresAreOld('queue', stored.computedAt, ctx.now) }
}

async function creditOf(ctx: Context) {
  const [account, usual] = await Promise.all([accountNow(ctx), storedFigures(ctx, 'usual')])
  const { credits } = account
  const { date } = civilOf(ctx.now, teamZone)
  return {
    ...account,
    forecast: usual && {
      ...forecastOf(credits ?? 0, usual.figures, date),
      computedAt: usual.computedAt,
      isOld: figuresAreOld('usual', usual.computedAt, ctx.now),
    },
    alertBelow: env.SMS_CREDIT_ALERT,
  }
}

async function receiptsOf(ctx: Context) {
  const receipts = await receiptsNow(ctx)
  const silence = receipts.unanswered ? workedBetween(receipts.unanswered, ctx.now) : 0
  return { ...receipts, silent: silence >= silenceAllowed }
}

/** Every task that runs by itself, even one that never did. */
async function runsOf(ctx: Context) {
  const runs = await lastRuns(ctx)
  return watchedTaskNames.map((task) => {
    const run = runs.find((one) => one.task === task) ?? null
    return { task, run, late: run !== null && isLate(run, ctx.now) }
  })
}
