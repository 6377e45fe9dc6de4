import * as z from 'zod'
import { civilOf, instantOf, type CivilTime } from '../resources/shared/civil-time'
import { enqueue } from '../resources/shared/enqueue.server'
import { read, transact } from '../resources/shared/transact.server'
import { tick, type SweepName } from './sweeps'
import { task } from './task'

/** What runs once a day at an hour on a wall. The crontab, in UTC, looks here every quarter of an hour. */
export const schedule: readonly { at: CivilTime; zone: string; task: SweepName }[] = [
  { at: '04:00', zone: 'Europe/Paris', task: 'close-without-receipt' },
  { at: '04:00', zone: 'Europe/Paris', task: 'erase-expired' },
]

/** The tasks whose hour this instant is: once a day each, the days when the clocks change too. */
export function dueAt(instant: Date, entries = schedule): SweepName[] {
  return entries
    .filter(
      ({ at, zone }) => instantOf(civilOf(instant, zone).date, at, zone).getTime() === instant.getTime(),
    )
    .map((entry) => entry.task)
}

export const scheduleTasks = {
  'start-scheduled': task({ name: 'start-scheduled', payload: tick }, async ({ _cron }, actor) => {
    const instant = _cron?.ts ?? (await read(actor, (ctx) => Promise.resolve(ctx.now)))
    await transact(actor, async (ctx) => {
      for (const name of dueAt(instant)) await enqueue(ctx, { name, payload: z.object({}) }, {})
    })
  }),
}
