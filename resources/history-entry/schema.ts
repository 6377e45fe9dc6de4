import * as z from 'zod'

/** What a line may carry. Read back leniently: yesterday's lines stay readable. */
export const historyData = z
  .object({
    date: z.string(),
    time: z.string(),
    place: z.string(),
    /** Of message. */
    kind: z.string(),
    reason: z.string(),
    text: z.string(),
    /** Which claims a person, answers, withdraws or comes with a commune, and what was said of it. */
    service: z.string(),
    comment: z.string(),
    typeCode: z.string(),
    /** What was chosen when booking; null where the question was not asked. */
    inform: z.enum(['now', 'reminder_only']).nullable().catch(null),
    /** The outcome that was taken back. */
    outcome: z.enum(['attended', 'missed', 'excused']),
    /** When the appointment that replaces it, or that it replaces, is. */
    otherDate: z.string(),
    otherTime: z.string(),
    /** Who is in charge from then on, and who was. */
    agent: z.string(),
    agentId: z.number(),
    formerAgentId: z.number().nullable(),
    /** Names of what was corrected, never the values. */
    fields: z.array(z.string()),
    /** Phone numbers, before and after. */
    from: z.string(),
    to: z.string(),
  })
  .partial()
  .catch({})
export type HistoryData = z.output<typeof historyData>
