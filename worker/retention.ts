import { recordJobRun } from '../resources/job-run/commands.server'
import {
  refreshFigures,
  refreshNationalFigures,
  servicesCounted,
} from '../resources/reporting/commands/refresh.sql.server'
import { archiveInactive, walkStart, type Walk } from '../resources/retention/commands/archive.sql.server'
import { eraseDue } from '../resources/retention/commands/erase.sql.server'
import { foresee } from '../resources/retention/commands/foresee.server'
import { markEndings } from '../resources/retention/commands/mark.sql.server'
import { personsToErase } from '../resources/retention/queries/due.sql.server'
import type { SystemActor } from '../resources/shared/actor'
import { log } from '../resources/shared/log.server'
import { read, transact } from '../resources/shared/transact.server'
import { tick } from './sweeps'
import { task } from './task'

/** What one transaction looks at: short, and nobody waits for it. */
const looked = 1_000

/** How many ids are read at a time. */
const listed = 200

/** A task of the night, made of many short transactions: what it has done stays done, and its line says how much. */
function nightly(name: string, work: (actor: SystemActor) => Promise<{ handled: number; leftOut?: number }>) {
  return task({ name, payload: tick }, async (_, actor) => {
    const startedAt = await read(actor, (ctx) => Promise.resolve(ctx.now))
    const done = await work(actor)
    await transact(actor, (ctx) => recordJobRun(ctx, { task: name, startedAt, ...done }))
  })
}

async function archiveAll(actor: SystemActor) {
  let handled = 0
  for (let from: Walk | null = walkStart; from;) {
    const here: Walk = from
    const { archived, next } = await transact(actor, (ctx) => archiveInactive(ctx, { from: here, looked }))
    handled += archived
    from = next
  }
  return { handled }
}

/** Persons erased side by side: while people work, one waits for the machine as the other is written. */
const lanes = 2

/** A person a transaction: whoever cannot be erased is told by id, and keeps nobody else from it. */
async function eraseAll(actor: SystemActor) {
  let [handled, leftOut, after] = [0, 0, 0]
  const eraseOne = async (id: number) => {
    try {
      if (await transact(actor, (ctx) => eraseDue(ctx, id))) handled += 1
    } catch (error) {
      leftOut += 1
      log.error({ err: error, probationerId: id }, 'a person could not be erased')
    }
  }
  for (;;) {
    const ids = await read(actor, (ctx) => personsToErase(ctx, { after, limit: listed }))
    const last = ids.at(-1)
    if (last === undefined) return { handled, leftOut }
    after = last
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        for (let id = ids.shift(); id !== undefined; id = ids.shift()) await eraseOne(id)
      }),
    )
  }
}

async function markAll(actor: SystemActor) {
  let handled = 0
  for (let after: number | null = 0; after !== null;) {
    const here: number = after
    const { marked, next } = await transact(actor, (ctx) => markEndings(ctx, { after: here, looked }))
    handled += marked
    after = next
  }
  return { handled }
}

/** A service a transaction: one that cannot be counted keeps the figures it had, and none of the others from theirs. */
async function refreshAll(actor: SystemActor) {
  let [handled, leftOut] = [0, 0]
  for (const id of await read(actor, servicesCounted))
    try {
      await transact(actor, (ctx) => refreshFigures(ctx, id))
      handled += 1
    } catch (error) {
      leftOut += 1
      log.error({ err: error, organizationId: id }, 'the figures of a service could not be counted')
    }
  await transact(actor, refreshNationalFigures)
  return { handled, leftOut }
}

export const retentionTasks = {
  'archive-inactive': nightly('archive-inactive', archiveAll),
  'erase-archived': nightly('erase-archived', eraseAll),
  'mark-endings': nightly('mark-endings', markAll),
  'refresh-figures': nightly('refresh-figures', refreshAll),
  'foresee-retention': task({ name: 'foresee-retention', payload: tick }, (_, actor) =>
    transact(actor, foresee),
  ),
}

export type RetentionTaskName = keyof typeof retentionTasks
