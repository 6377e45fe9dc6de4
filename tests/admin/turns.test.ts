import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppointmentState } from '../../resources/appointment/rules'
import type { Role } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { orNotFound } from '../../resources/shared/errors'
import { backOffice, type BackOffice } from '../support/back-office'
import { startHost, type RunningHost } from '../support/server'
import { aCountry, anAgent, aPerson, aSlot, workingDay } from '../support/world'

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

const sentenceDepartment: readonly Role[] = [
  'sentence_judge',
  'court_secretary',
  'sentence_clerk',
  'head_sentence_clerk',
]
const executionOffice: readonly Role[] = ['execution_office_agent', 'head_execution_clerk', 'prosecutor']
const probation: readonly Role[] = [
  'probation_director',
  'probation_counsellor',
  'educator',
  'psychologist',
  'monitoring_officer',
  'probation_secretary',
]

interface Reader {
  role: Role
  of: 'court' | 'spip' | 'foreign'
}
const readers: readonly Reader[] = [
  ...probation.map((role) => ({ role, of: 'spip' }) as const),
  { role: 'local_admin', of: 'spip' },
  ...[...sentenceDepartment, ...executionOffice].map((role) => ({ role, of: 'court' }) as const),
  { role: 'local_admin', of: 'court' },
  { role: 'probation_director', of: 'foreign' },
  { role: 'central_admin', of: 'court' },
]

/** What is asked about: a type, the service that receives, the one that made the appointment. */
interface Meeting {
  typeCode: string
  at: 'court' | 'spip'
  madeBy: 'court' | 'spip'
}
const followUp: Meeting = { typeCode: 'probation_follow_up', at: 'spip', madeBy: 'spip' }
const exitToJudge: Meeting = { typeCode: 'hearing_exit_sentence_judge', at: 'court', madeBy: 'court' }
const exitToProbation: Meeting = { typeCode: 'hearing_exit_probation', at: 'spip', madeBy: 'court' }
const exitMadeThere: Meeting = { ...exitToProbation, madeBy: 'spip' }

/** From 05 §5.1, whose families book which types in 05 §2. */
function may({ role, of }: Reader, event: Event, { typeCode, at, madeBy }: Meeting): boolean {
  const exit = typeCode !== followUp.typeCode
  const family = sentenceDepartment.includes(role) ? 'S' : executionOffice.includes(role) ? 'B' : 'P'
  const habilitated =
    role === 'local_admin' && of === 'court'
      ? true
      : family === 'P'
        ? typeCode !== exitToJudge.typeCode
        : exit
  if (role === 'central_admin') return true
  if (!habilitated) return false
  if (event === 'cancel') return of === at || of === madeBy || (of === 'court' && exit)
  if (event === 'reschedule') return of === at || of === madeBy
  return of === at && family !== 'B' && !(family === 'S' && typeCode === exitToProbation.typeCode)
}

function expected(
  reader: Reader,
  event: Event,
  state: State,
  meeting: Meeting,
): 'done' | 403 | 404 | 'refused' {
  if (reader.of === 'foreign') return 404
  if (!may(reader, event, meeting)) return 403
  return turns[event].from.includes(state) ? 'done' : 'refused'
}

let host: RunningHost
let country: Awaited<ReturnType<typeof aCountry>>
const byReader = new Map<Reader, BackOffice>()
/** A person a reader and a meeting: nobody is expected twice at one instant. */
const people = new Map<Meeting, Map<Reader, number>>()
const past = '2026-06-02'
const toCome = workingDay(12)
const later = workingDay(15)

beforeAll(async () => {
  country = await aCountry()
  host = await startHost()
  for (const reader of readers)
    byReader.set(reader, await backOffice(host, await anAgent(country[reader.of], reader.role)))
  for (const meeting of [followUp, exitToJudge, exitToProbation, exitMadeThere]) {
    const ofReader = new Map<Reader, number>()
    for (const reader of readers) {
      const { id } = await aPerson([country.spip, country.court], { phone: null })
      ofReader.set(reader, id)
    }
    people.set(meeting, ofReader)
  }
}, 180_000)
afterAll(() => host.stop())

let minute = 0
/** Hours of their own, from 06:00 to 21:00. */
const nextTime = () => {
  minute = (minute + 1) % (15 * 60)
  return `${String(6 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

const aSeat = (meeting: Meeting, date: string, time: string, seatsTaken: number) =>
  aSlot(country[meeting.at], meeting.typeCode, date, time, { capacity: 1, seatsTaken })

async function anAppointment(meeting: Meeting, state: State, reader: Reader): Promise<number> {
  const { id: organizationId, placeId } = country[meeting.at]
  const slot = await aSeat(meeting, state === 'booked and to come' ? toCome : past, nextTime(), 1)
  const { id } = await prisma.appointment.create({
    data: {
      ...{ organizationId, placeId, typeCode: meeting.typeCode },
      ...{ slotId: slot.id, startsAt: slot.startsAt },
      creatingOrganizationId: country[meeting.madeBy].id,
      probationerId: orNotFound(people.get(meeting)?.get(reader), 'person'),
      state: state === 'booked and to come' || state === 'booked and past' ? 'booked' : state,
    },
  })
  return id
}

async function ask(by: BackOffice, event: Event, appointmentId: number, meeting: Meeting) {
  switch (event) {
    case 'undo':
      return by.command('undoOutcome', { appointmentId })
    case 'cancel':
      return by.command('cancelAppointment', { appointmentId, inform: false })
    case 'reschedule': {
      const time = nextTime()
      // The exits of a hearing have published slots.
      const seat =
        meeting === followUp ? { date: later, time } : { slotId: (await aSeat(meeting, later, time, 0)).id }
      const said = { appointmentId, inform: false, keepOverlap: true, ...seat }
      return by.command('rescheduleAppointment', said)
    }
    default: {
      const outcome = { attend: 'attended', miss: 'missed', excuse: 'excused' }[event]
      return by.command('recordOutcome', { appointmentId, outcome, inform: false })
    }
  }
}

/** Each role asks for the event, of an appointment of its own in that state. */
async function everyRoleAsks(meeting: Meeting, event: Event, state: State): Promise<void> {
  for (const reader of readers) {
    const by = orNotFound(byReader.get(reader), 'reader')
    const id = await anAppointment(meeting, state, reader)
    const answer = await ask(by, event, id, meeting)
    const { state: after } = await prisma.appointment.findUniqueOrThrow({ where: { id } })
    const before = state.startsWith('booked') ? 'booked' : state
    const who = `${reader.role} ${reader.of}, ${state}`
    const awaited = expected(reader, event, state, meeting)
    if (awaited === 'done') expect([who, answer.ok, after]).toEqual([who, true, turns[event].to])
    else {
      expect([who, answer.ok, after]).toEqual([who, false, before])
      if (awaited === 'refused')
        expect([who, answer.status >= 400 && answer.status < 500]).toEqual([who, true])
      else expect([who, answer.status]).toEqual([who, awaited])
    }
  }
}

describe.each(events)('an appointment, when one asks to %s it', (event) => {
  it.each(states)('%s: each role is answered as the trade says, and nothing else moves', (state) =>
    everyRoleAsks(followUp, event, state),
  )
})

/** Rights differ by type, states do not: each event is asked once where it leads somewhere, once where it does not. */
describe.each([
  ['at the judge, made by the court', exitToJudge, events],
  ['at probation, made by the court', exitToProbation, events],
  // Nothing but these two depends on who made it.
  ['at probation, made there', exitMadeThere, ['cancel', 'reschedule'] as const],
] as const)('the exit of a hearing %s', (_where, meeting, asked) => {
  it.each(asked)('%s: court and probation do what is theirs, and nothing else moves', async (event) => {
    const from = turns[event].from
    const elsewhere = states.filter((state) => !from.includes(state))
    for (const state of [from[0], elsewhere[0]])
      await everyRoleAsks(meeting, event, orNotFound(state, 'state'))
  })
})
