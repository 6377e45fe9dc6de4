import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messageStateWords } from '../../../resources/message/fr'
import {
  isEnd,
  mayLeaveAt,
  messageEvents,
  messageStates,
  nextState,
  retryDelay,
  smsLink,
  whyNotDeliverable,
  type MessageEvent,
  type MessageState,
  type Truth,
} from '../../../resources/message/rules'

/** One line a state, one column an event; a dot where nothing changes. */
const table = `
             claimed  accepted  refused_for_now  refused_for_good  outcome_unknown  absent   deadline_passed  suppressed  cancelled  receipt_accepted  receipt_waiting  receipt_failed  receipt_delivered
planned      sending  .         .                .                 .                .        expired          suppressed  cancelled  sent              .                failed          delivered
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
    for (const state of messageStates.filter(isEnd))
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
  }
  const why = (changes: Partial<Truth>) => whyNotDeliverable({ ...truth, ...changes }, now)

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
  })
})

describe('The pace of a number', () => {
  const now = new Date('2026-03-09T13:30:00Z')
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

  it('takes five messages an hour, and the sixth when the first is an hour old', () => {
    const recent = [50, 40, 30, 20, 10].map((minutes) => ({
      claimedAt: minutesAgo(minutes),
      textSent: `${minutes}`,
    }))
    expect(mayLeaveAt('one more', recent.slice(1), now)).toEqual(now)
    expect(mayLeaveAt('one more', recent, now)).toEqual(new Date(now.getTime() + 10 * 60_000))
  })

  it('takes one identical text an hour', () => {
    const recent = [{ claimedAt: minutesAgo(15), textSent: 'the same' }]
    expect(mayLeaveAt('another', recent, now)).toEqual(now)
    expect(mayLeaveAt('the same', recent, now)).toEqual(new Date(now.getTime() + 45 * 60_000))
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
