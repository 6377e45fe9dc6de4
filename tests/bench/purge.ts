import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { figure, p95 } from './figures'
import { act, type Client } from './load'
import { nightTask } from './night'

/** The night erases while people work: how many a second, and what those who book feel of it. */

interface Booker extends Client {
  placeId: number
  agendaId: number
  persons: number[]
  dates: string[]
}

/** As long as the erasure of so many lasts at the pace that is promised. */
const perSecond = 50

export async function purgeWhileBooking(
  url: string,
  pool: pg.Pool,
  clients: readonly Booker[],
  seconds: number,
): Promise<void> {
  const { rowCount: due } = await pool.query(
    `UPDATE probationer SET archived_at = now() - interval '200 days'
      WHERE id IN (SELECT id FROM probationer WHERE archived_at IS NOT NULL AND limited_at IS NULL ORDER BY id LIMIT $1)`,
    [perSecond * seconds * 4],
  )
  // As in processes that have worked for a while.
  await bookFor(url, clients, () => false, seconds / 2)
  const alone = p95(await bookFor(url, clients, () => false, seconds))
  figure('ten book, p95', alone, 'ms')

  let done: { handled: number; ms: number } | undefined
  const erased = nightTask(pool, 'erase-archived').then((run) => (done = run))
  const meanwhile = p95(await bookFor(url, clients, () => done !== undefined, seconds * 4))
  const { handled, ms } = await erased
  figure(`persons erased a second, ${handled} of ${due}`, (handled * 1000) / ms, '/s')
  figure('a person erased', ms / handled, 'ms', { target: 1000 / perSecond, paced: true })
  figure('ten book while persons are erased, p95', meanwhile, 'ms')
  figure('ten book, p95, with / without', meanwhile / alone, 'x', { target: 1.5 })
}

/** Each client books one act after the other, for each of its persons in turn, never twice at one instant. */
async function bookFor(
  url: string,
  clients: readonly Booker[],
  isOver: () => boolean,
  seconds: number,
): Promise<number[]> {
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < until && !isOver()) {
        const { person, date, time } = nextSeat(client)
        const from = performance.now()
        await act(url, client, `Probationer/records/${person}/convoke`, {
          typeCode: 'probation_follow_up',
          placeId: client.placeId,
          agendaId: client.agendaId,
          date,
          time,
          inform: 'reminder_only',
          keepOverlap: true,
          requestKey: randomUUID(),
        })
        times.push(performance.now() - from)
      }
    }),
  )
  return times
}

const turns = new Map<Booker, number>()
/** By person: in a small country two clients may have the same. */
const seats = new Map<number, number>()

/** From seven in the morning, minute by minute, once each has come on all days. */
function nextSeat(client: Booker) {
  const { persons, dates } = client
  const turn = turns.get(client) ?? 0
  turns.set(client, turn + 1)
  const person = persons[turn % persons.length] ?? 0
  const seat = seats.get(person) ?? 0
  seats.set(person, seat + 1)
  const nth = minutesBefore + Math.floor(seat / dates.length)
  // The country is convoked at round minutes.
  const minutes = 7 * 60 + Math.floor(nth / 4) * 5 + 1 + (nth % 4)
  return {
    person,
    date: dates[seat % dates.length],
    time: `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
  }
}

/** Another run begins elsewhere in the hour. */
const minutesBefore = Math.floor(Math.random() * 60)
