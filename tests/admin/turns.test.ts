import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppointmentState } from '../../resources/appointment/rules'
import type { OrganizationKind, Role } from '../../resources/shared/actor'
import { instantOf } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { backOffice, type BackOffice } from '../support/back-office'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent, aPerson, workingDay, type AService } from '../support/world'

/** Every turn an appointment can take, asked by every role, in every state, as a forger asks it. */

const settled = ['attended', 'missed', 'excused', 'cancelled', 'rescheduled'] as const
const states = ['booked and to come', 'booked and past', ...settled] as const
type State = (typeof states)[number]

const events = ['attend', 'miss', 'excuse', 'undo', 'cancel', 'reschedule'] as const
type Event = (typeof events)[number]

/** From 05 §5: what each event needs, and where it leads. */
const turns: Record<Event, { from: readonly State[]; to: AppointmentState }> = {
  attend: { from: ['booked and past'], to: 'attended' },
  miss: { from: ['booked and past'], to: 'missed' },
  excuse: { from: ['booked and to come', 'booked and past'], to: 'excused' },
  undo: { from: ['attended', 'missed', 'excused'], to: 'booked' },
  cancel: { from: ['booked and to come'], to: 'cancelled' },
  reschedule: { from: ['booked and to come'], to: 'rescheduled' },
}

const court: readonly Role[] = [
  'sentence_judge',
  'court_secretary',
  'sentence_clerk',
  'head_sentence_clerk',
  'execution_office_agent',
  'head_execution_clerk',
  'prosecutor',
]
const probation: readonly Role[] = [
  'probation_director',
  'probation_counsellor',
  'educator',
  'psychologist',
  'monitoring_officer',
  'probation_secretary',
]
const executionOffice: readonly Role[] = ['execution_office_agent', 'head_execution_clerk', 'prosecutor']

interface Reader {
  role: Role
  kind: OrganizationKind
  /** Of the service that receives, of the one linked to it, or of another jurisdiction. */
  where: 'host' | 'linked' | 'elsewhere'
}
const readers: readonly Reader[] = [
  ...probation.map((role) => ({ role, kind: 'probation_service', where: 'host' }) as const),
  { role: 'local_admin', kind: 'probation_service', where: 'host' },
  ...court.map((role) => ({ role, kind: 'court', where: 'linked' }) as const),
  { role: 'local_admin', kind: 'court', where: 'linked' },
  { role: 'probation_director', kind: 'probation_service', where: 'elsewhere' },
  { role: 'central_admin', kind: 'court', where: 'linked' },
]

/**
 * Of a follow-up of the probation service, which it made itself: a type that no court books. Its own agents do all of
 * it; the court sees it, and does nothing; elsewhere it does not exist.
 */
function expected({ role, where }: Reader, event: Event, state: State): 'done' | 403 | 404 | 'refused' {
  if (role !== 'central_admin') {
    if (where === 'elsewhere') return 404
    if (where === 'linked') return 403
  }
  return turns[event].from.includes(state) ? 'done' : 'refused'
}

let host: RunningHost
let country: Awaited<ReturnType<typeof aCountry>>
let people: { id: number }[]
const byReader = new Map<Reader, BackOffice>()
const past = '2026-06-02'
const toCome = workingDay(12)

beforeAll(async () => {
  country = await aCountry()
  host = await startHost()
  people = await Promise.all(
    Array.from({ length: 3 }, () => aPerson([country.spip, country.court], { phone: null })),
  )
  const services: Record<Reader['where'], AService> = {
    ...{ host: country.spip, linked: country.court, elsewhere: country.foreign },
  }
  for (const reader of readers)
    byReader.set(reader, await backOffice(host, await anAgent(services[reader.where], reader.role)))
}, 180_000)
afterAll(() => host.stop())

let minute = 0
/** Hours of their own: nobody is expected twice at one instant. */
const nextTime = () => {
  minute += 1
  return `${String(6 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

async function anAppointment(state: State): Promise<number> {
  const { id: organizationId, placeId, agendaId } = country.spip
  const [date, time] = [state === 'booked and to come' ? toCome : past, nextTime()]
  const startsAt = instantOf(date, time, 'Europe/Paris')
  const typeCode = 'probation_follow_up'
  const slot = await prisma.slot.create({
    data: { agendaId, typeCode, date: new Date(date), startTime: time, startsAt, capacity: 1, seatsTaken: 1 },
  })
  const { id } = await prisma.appointment.create({
    data: {
      ...{
        organizationId,
        placeId,
        typeCode,
        slotId: slot.id,
        startsAt,
        creatingOrganizationId: organizationId,
      },
      probationerId: people[minute % people.length]?.id ?? 0,
      state: state === 'booked and to come' || state === 'booked and past' ? 'booked' : state,
    },
  })
  return id
}

const ask = (by: BackOffice, event: Event, appointmentId: number) => {
  switch (event) {
    case 'undo':
      return by.command('undoOutcome', { appointmentId })
    case 'cancel':
      return by.command('cancelAppointment', { appointmentId, inform: false })
    case 'reschedule':
      return by.command('rescheduleAppointment', {
        ...{ appointmentId, inform: false, keepOverlap: true },
        ...{ date: workingDay(15), time: nextTime() },
      })
    default: {
      const outcome = { attend: 'attended', miss: 'missed', excuse: 'excused' }[event]
      return by.command('recordOutcome', { appointmentId, outcome, inform: false })
    }
  }
}

describe.each(events)('an appointment, when one asks to %s it', (event) => {
  it.each(states)('%s: each role is answered as the trade says, and nothing else moves', async (state) => {
    for (const reader of readers) {
      const by = byReader.get(reader)
      if (!by) throw new Error('Nobody asks')
      const id = await anAppointment(state)
      const answer = await ask(by, event, id)
      const { state: after } = await prisma.appointment.findUniqueOrThrow({ where: { id } })
      const before = state.startsWith('booked') ? 'booked' : state
      const who = `${reader.role} ${reader.where}`
      const awaited = expected(reader, event, state)
      if (awaited === 'done') expect([who, answer.ok, after]).toEqual([who, true, turns[event].to])
      else {
        expect([who, answer.ok, after]).toEqual([who, false, before])
        if (awaited === 'refused')
          expect([who, answer.status >= 400 && answer.status < 500]).toEqual([who, true])
        else expect([who, answer.status]).toEqual([who, awaited])
      }
      // What the execution office never says: who came.
      if (executionOffice.includes(reader.role)) expect(after).toBe(before)
    }
  })
})
