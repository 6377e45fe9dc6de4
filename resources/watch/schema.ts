import * as z from 'zod'
import { id } from '../shared/fields'

export const periodCodes = ['24h', '7d', '30d'] as const
export type PeriodCode = (typeof periodCodes)[number]

/** What the address of the page asks: what it says badly, it does not ask. */
export const supervisionInput = z.object({ period: z.enum(periodCodes).default('24h').catch('24h') })

const total = z.number().int().min(0)

/** What became of the messages that were due in a period, as it is kept. */
export const figuresOfPeriod = z.object({
  due: total,
  handedSoon: total,
  /** Handed over for longer than five minutes, an hour; received by then. */
  ofFiveMinutes: total,
  inFiveMinutes: total,
  ofOneHour: total,
  inOneHour: total,
  texts: total,
  parts: total,
  /** Those whose receipts say how many parts were counted: in their count, in ours, and how many differ. */
  billedTexts: total,
  partsBilled: total,
  partsOfBilled: total,
  drifting: total,
  creditsUsed: z.number(),
  states: z.array(z.object({ state: z.string(), total })),
  reasons: z.array(z.object({ state: z.string(), reason: z.string(), total })),
  /** The first digits of numbers only. */
  prefixes: z.array(z.object({ prefix: z.string().max(7), handed: total, failed: total })),
  services: z.array(z.object({ id, name: z.string(), handed: total, failed: total })),
})
export type FiguresOfPeriod = z.output<typeof figuresOfPeriod>

/** What a month says of the days to come, and what stands in the queue. */
export const usualFigures = z.object({
  reminders: total,
  reminderParts: total,
  /** Of what acts send at once. */
  otherParts: total,
  partsBilled: total,
  creditsUsed: z.number(),
  /** How many days the rest is of. */
  days: z.number().min(1),
  /** Messages planned for each of the next seven days. */
  planned: z.array(total).length(7),
  /** Services of whose last messages many failed for good. */
  failing: z.array(z.object({ id, name: z.string(), failed: total, handed: total })),
})
export type UsualFigures = z.output<typeof usualFigures>

export const queueFigures = z.object({
  /** Jobs whose hour has come. */
  due: total,
  oldestDueSeconds: z.number().min(0),
  /** Jobs that failed several times, or for good, in the last day: by task. */
  failing: z.array(z.object({ task: z.string(), total })),
})
export type QueueFigures = z.output<typeof queueFigures>

const since = z.coerce.date()

/** What may be to mend, and what is known of it. No person, no number, no text. */
export const trouble = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('messages_late'), facts: z.object({ late: total, oldestDueAt: since }) }),
  z.object({ kind: z.literal('messages_expired'), facts: z.object({ expired: total }) }),
  z.object({ kind: z.literal('receipts_silent'), facts: z.object({ since }) }),
  z.object({
    kind: z.literal('service_failing'),
    about: z.string(),
    facts: z.object({ name: z.string(), failed: total, handed: total }),
  }),
  z.object({
    kind: z.literal('credit_low'),
    facts: z.object({ credits: z.number(), needed: z.number(), endsOn: z.string().nullable() }),
  }),
  z.object({ kind: z.literal('credit_unread'), facts: z.object({ since }) }),
  z.object({ kind: z.literal('task_late'), about: z.string(), facts: z.object({ lastAt: since }) }),
  z.object({ kind: z.literal('task_incomplete'), about: z.string(), facts: z.object({ leftOut: total }) }),
  z.object({
    kind: z.literal('jobs_failing'),
    facts: z.object({ total, tasks: z.array(z.string()).max(50) }),
  }),
])
export type Trouble = z.output<typeof trouble>
