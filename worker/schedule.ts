import { settleDivestments } from '../resources/divestment/jobs'
import { zoneOfDeadlines } from '../resources/divestment/rules'
import { searchDuplicates, searchKey } from '../resources/likely-duplicate/jobs'
import { timeZoneWords } from '../resources/organization/fr'
import { generateSlotsAtClock } from '../resources/recurring-slot/jobs'
import { settleRelocations } from '../resources/place-relocation/jobs'
import { civilOf, instantOf, type CivilTime } from '../resources/shared/civil-time'
import { enqueue, type Job } from '../resources/shared/enqueue.server'
import { read, transact } from '../resources/shared/transact.server'
import { nightHour, nightZone } from '../resources/retention/rules'
import type { RetentionTaskName } from './retention'
import { tick, type SweepName } from './sweeps'
import { task } from './task'

interface Entry {
  at: CivilTime
  zone: string
  job: Job
  payload: object
  /** Of a job that is not done twice at once. */
  key?: string
}

const sweepAt = (at: CivilTime, zone: string, name: SweepName | RetentionTaskName): Entry => ({
  ...{ at, zone },
  job: { name, payload: tick },
  payload: {},
})

/** What runs once a day at an hour on a wall. The crontab, in UTC, looks here every quarter of an hour. */
export const schedule: readonly Entry[] = [
  // In the morning: a working day is left to keep a record.
  sweepAt('09:00', nightZone, 'foresee-retention'),
  sweepAt(nightHour, nightZone, 'archive-inactive'),
  sweepAt(nightHour, nightZone, 'erase-archived'),
  sweepAt('03:30', nightZone, 'mark-endings'),
  sweepAt('04:00', nightZone, 'refresh-figures'),
  sweepAt('04:00', 'Europe/Paris', 'close-without-receipt'),
  sweepAt('04:00', 'Europe/Paris', 'erase-expired'),
  sweepAt('05:00', 'Europe/Paris', 'forget-relocations'),
  sweepAt('08:00', 'Europe/Paris', 'remind-of-pages'),
  { at: '06:00', zone: zoneOfDeadlines, job: settleDivestments, payload: {} },
  { at: '02:00', zone: 'Europe/Paris', job: searchDuplicates, payload: {}, key: searchKey },
  ...Object.keys(timeZoneWords).flatMap((zone) => [
    { at: '00:00', zone, job: generateSlotsAtClock, payload: { timeZone: zone } },
    { at: '03:00', zone, job: settleRelocations, payload: { timeZone: zone } },
  ]),
]

/** The entries whose hour this instant is: once a day each, the days when the clocks change too. */
export function dueAt<Due extends Pick<Entry, 'at' | 'zone'>>(instant: Date, entries: readonly Due[]): Due[] {
  return entries.filter(
    ({ at, zone }) => instantOf(civilOf(instant, zone).date, at, zone).getTime() === instant.getTime(),
  )
}

export const scheduleTasks = {
  'start-scheduled': task({ name: 'start-scheduled', payload: tick }, async ({ _cron }, actor) => {
    const instant = _cron?.ts ?? (await read(actor, (ctx) => Promise.resolve(ctx.now)))
    await transact(actor, async (ctx) => {
      for (const { job, payload, key } of dueAt(instant, schedule)) await enqueue(ctx, job, payload, { key })
    })
  }),
}
