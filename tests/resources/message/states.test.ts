import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messageStateWords } from '../../../resources/message/fr'
import {
  departureOf,
  leavesAsAsked,
  messageEvents,
  messageStates,
  nextState,
  retryDelay,
  smsLink,
  whyNotDeliverable,
  type MessageEvent,
  type MessageState,
  type RecentMessage,
  type Truth,
} from '../../../resources/message/rules'

/** One line a state, one column an event; a dot where nothing changes. */
const table = `
             claimed  accepted  refused_for_now  refused_for_good  outcome_unknown  absent   deadline_passed  suppressed  cancelled  receipt_accepted  receipt_waiting  receipt_failed  receipt_delivered
planned      sending  sent      .                .                 .                .        expired          suppressed  cancelled  sent              .                failed          delivered
sending      .        sent      planned          failed            unknown          .        .                .           .          sent              .                failed          delivered
sent         .        .         .                .                 .                .        .                .           .          .                 .                failed          delivered
delivered    .        .         .                .                 .                .        .                .           .          .                 .                .               .
failed       .        .         .                .                 .                .        .                .           .          .                 .                .               delivered
expired      .        .         .                .                 .                .        .                .           .          .                 .                .               delivered
suppressed   .        .         .                .                 .                .        .                .           .          .                 .                .               delivered
cancelled    .        .         .                .                 .                .        .                .           .          .                 .                .               delivered
unknown      .        sent      .                .                 .                planned  expired          .           .          sent              .                failed          delivered
`
const [head = [], ...lines] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
const cells = lines.flatMap(([state, ...next]) =>
  head.map((event, index) => [state, event, next[index] === '.' ? state : next[index]] as const),
)

describe('What becomes of a message', () => {
  it('is said for every state and every event', () => {
    expect(cells.map(([state, event]) => `${state} ${event}`).sort()).toEqual(
      messageStates.flatMap((state) => messageEvents.map((event) => `${state} ${event}`)).sort(),
    )
  })

  it.each(cells)('%s, then %s: %s', (state, event, next) => {
    expect(nextState(state as MessageState, event as MessageEvent)).toBe(next)
  })

  it('is the same in whatever order receipts come, and however often', () => {
    const receipt = fc.constantFrom<MessageEvent>(
      'receipt_accepted',
      'receipt_waiting',
      'receipt_failed',
      'receipt_delivered',
    )
    const after = (state: MessageState, events: readonly MessageEvent[]) => events.reduce(nextState, state)
    fc.assert(
      fc.property(
        fc.constantFrom(...messageStates),
        fc
          .array(receipt, { maxLength: 6 })
          .chain((receipts) =>
            fc.tuple(
              fc.constant(receipts),
              fc.shuffledSubarray([...receipts, ...receipts], { minLength: receipts.length * 2 }),
            ),
          ),
        (state, [receipts, shuffledTwice]) => {
          expect(after(state, shuffledTwice)).toBe(after(state, receipts))
        },
      ),
    )
  })

  it('never leaves an end, except for a late "delivered"', () => {
    const ends = ['delivered', 'failed', 'expired', 'suppressed', 'cancelled']
    for (const state of messageStates.filter((one) => ends.includes(one)))
      for (const event of messageEvents) expect([state, 'delivered']).toContain(nextState(state, event))
  })

  it('is told as received only when the phone received it', () => {
    for (const state of messageStates)
      for (const endReason of [null, 'no_receipt']) {
        const { word } = messageStateWords({ state, endReason })
        expect(/^Reçu/.test(word)).toBe(state === 'delivered')
      }
    expect(messageStateWords({ state: 'sent', endReason: 'no_receipt' }).word).toBe('Sans accusé')
    expect(messageStateWords({ state: 'failed', endReason: 'unallocated_number' }).word).toBe(
      'Non reçu : numéro non attribué',
    )
    // The provider refused it: it never left.
    expect(messageStateWords({ state: 'failed', endReason: 'invalid_number', sent: null }).word).toMatch(
      /^Non envoyé/,
    )
    expect(messageStateWords({ state: 'suppressed', endReason: 'opted_out' }).word).toBe(
      'Non envoyé : refuse les SMS',
    )
  })
})

describe('What is true when a message should leave', () => {
  const now = new Date('2026-03-09T13:30:00Z')
  const truth: Truth = {
    kind: 'reminder',
    deadline: new Date('2026-03-10T11:30:00Z'),
    appointmentState: 'booked',
    startsAt: new Date('2026-03-10T13:30:00Z'),
    phone: '+33639984127',
    hasNoMobilePhone: false,
    smsOptOut: false,
    phoneState: 'fine',
    archivedAt: null,
    limitedAt: null,
    bookedAgain: false,
  }
  const why = (changes: object) => whyNotDeliverable({ ...truth, ...changes }, now)

  it('lets it leave when nothing has changed, even to a number to check', () => {
    expect(why({})).toBeNull()
    expect(why({ phoneState: 'to_check' })).toBeNull()
  })

  it('withdraws what is no longer so', () => {
    expect(why({ appointmentState: 'cancelled' })).toEqual({
      event: 'cancelled',
      reason: 'appointment_cancelled',
    })
    expect(why({ appointmentState: 'excused' })).toEqual({
      event: 'cancelled',
      reason: 'appointment_excused',
    })
    expect(why({ appointmentState: 'rescheduled' })).toEqual({
      event: 'cancelled',
      reason: 'appointment_rescheduled',
    })
    expect(why({ kind: 'cancellation' })).toEqual({ event: 'cancelled', reason: 'appointment_booked_again' })
    expect(why({ kind: 'missed' })).toEqual({ event: 'cancelled', reason: 'appointment_booked_again' })
  })

  it('withdraws a cancellation once the person is expected again, there and then', () => {
    const cancelled = { kind: 'cancellation', appointmentState: 'cancelled' } as const
    expect(why(cancelled)).toBeNull()
    expect(why({ ...cancelled, bookedAgain: true })).toEqual({
      event: 'cancelled',
      reason: 'appointment_booked_again',
    })
  })

  it('asks the window again, unless an agent sent it at once a moment ago', () => {
    const asked = { createdAt: now, dueAt: now }
    const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
    expect(leavesAsAsked({ kind: 'reminder', ...asked }, after(14))).toBe(true)
    expect(leavesAsAsked({ kind: 'reminder', ...asked }, after(16))).toBe(false)
    expect(leavesAsAsked({ kind: 'reminder', createdAt: now, dueAt: after(5) }, after(5))).toBe(false)
    expect(leavesAsAsked({ kind: 'summons', ...asked }, after(14))).toBe(true)
    expect(leavesAsAsked({ kind: 'missed', createdAt: now, dueAt: after(0.2) }, after(0.2))).toBe(true)
    expect(leavesAsAsked({ kind: 'summons', ...asked }, after(16))).toBe(false)
  })

  it('sends nothing after its deadline, nor after the appointment', () => {
    expect(why({ deadline: now })).toEqual({ event: 'deadline_passed', reason: 'deadline' })
    expect(why({ startsAt: now })).toEqual({ event: 'deadline_passed', reason: 'deadline' })
    const past = { startsAt: new Date('2026-03-09T08:00:00Z'), deadline: new Date('2026-03-16T08:00:00Z') }
    expect(why({ kind: 'missed', appointmentState: 'missed', ...past })).toBeNull()
  })

  it('sends nothing to who cannot or must not receive it, and says why', () => {
    expect(why({ smsOptOut: true })).toEqual({ event: 'suppressed', reason: 'opted_out' })
    expect(why({ phone: null })).toEqual({ event: 'suppressed', reason: 'no_phone' })
    expect(why({ hasNoMobilePhone: true })).toEqual({ event: 'suppressed', reason: 'no_phone' })
    expect(why({ phoneState: 'dead' })).toEqual({ event: 'suppressed', reason: 'dead_number' })
    expect(why({ archivedAt: new Date(0) })).toEqual({ event: 'suppressed', reason: 'archived' })
    expect(why({ limitedAt: new Date(0) })).toEqual({ event: 'suppressed', reason: 'limited' })
  })
})

describe('The pace of a number', () => {
  const now = new Date('2026-03-09T13:30:00Z')
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
  const inMinutes = (minutes: number) => minutesAgo(-minutes)
  const sent = (minutes: number, textSent: string, state: MessageState = 'sent') => ({
    claimedAt: minutesAgo(minutes),
    textSent,
    state,
  })
  const departure = (
    text: string,
    recent: RecentMessage[],
    { isRepeat = false, deadline = inMinutes(50) } = {},
  ) => departureOf({ text, isRepeat, deadline }, recent, now)

  it('lets the last word leave: booked, cancelled, booked again the same hour', () => {
    expect(departure('booked', [sent(9, 'booked'), sent(4, 'cancelled')])).toBe('now')
    const many = [50, 40, 30, 20, 10].map((minutes) => sent(minutes, `${minutes}`))
    expect(departure('booked', many)).toBe('now')
  })

  it('drops what the person was just told, in the same words', () => {
    expect(departure('booked', [sent(4, 'booked'), sent(9, 'cancelled')])).toBe('already_told')
    expect(departure('booked', [sent(4, 'booked', 'failed'), sent(9, 'cancelled')])).toBe('now')
  })

  it('waits to know whether the same words left, and lets them leave before it is too late', () => {
    const lost = [sent(4, 'booked', 'unknown')]
    expect(departure('booked', lost)).toEqual({ at: inMinutes(1), isNewHour: false })
    expect(departure('booked', lost, { deadline: inMinutes(0.5) })).toBe('now')
  })

  it('hands over one message at a time, so that the last word is told last', () => {
    const second = new Date(now.getTime() + 1_000)
    expect(departure('booked', [sent(0.1, 'cancelled', 'sending')])).toEqual({
      at: second,
      isNewHour: false,
    })
    expect(departure('booked', [sent(0.5, 'cancelled', 'sending')])).toBe('now')
  })

  it('takes five messages an hour before a reminder of what is known, never past its deadline', () => {
    const recent = [50, 40, 30, 20, 10].map((minutes) => sent(minutes, `${minutes}`))
    const reminder = { isRepeat: true, deadline: inMinutes(600) }
    expect(departure('reminder', recent.slice(1), reminder)).toBe('now')
    expect(departure('reminder', recent, reminder)).toEqual({ at: inMinutes(10), isNewHour: true })
    expect(departure('reminder', recent, { ...reminder, deadline: inMinutes(10) })).toBe('already_told')
  })

  it('is never due after the deadline', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            claimedAt: fc.integer({ min: 0, max: 59 }).map(minutesAgo),
            textSent: fc.constantFrom('a', 'b'),
            state: fc.constantFrom<MessageState>('sending', 'unknown', 'sent', 'delivered', 'failed'),
          }),
          { maxLength: 8 },
        ),
        fc.boolean(),
        fc.integer({ min: 1, max: 7_200 }),
        (recent, isRepeat, seconds) => {
          const deadline = new Date(now.getTime() + seconds * 1_000)
          const leaves = departure('a', recent, { isRepeat, deadline })
          if (typeof leaves !== 'object') return
          expect(leaves.at > now && leaves.at < deadline).toBe(true)
        },
      ),
    )
  })

  it('tries again after 30 s, 2 min, 5 min, then every 5 min', () => {
    expect([1, 2, 3, 4, 40].map(retryDelay)).toEqual([30_000, 120_000, 300_000, 300_000, 300_000])
  })
})

describe('A link in an SMS', () => {
  it('does without its scheme where phones recognise it', () => {
    expect(smsLink('https://msj.example', '/s/k7p2m9xa')).toBe('msj.example/s/k7p2m9xa')
    expect(smsLink('https://msj.example/', '/stop/4hq8wz2tab')).toBe('msj.example/stop/4hq8wz2tab')
  })

  it('keeps it where it says something', () => {
    expect(smsLink('http://localhost:3000', '/s/k7p2m9xa')).toBe('http://localhost:3000/s/k7p2m9xa')
    expect(smsLink('https://msj.example:8443', '/s/k7p2m9xa')).toBe('https://msj.example:8443/s/k7p2m9xa')
  })
})
