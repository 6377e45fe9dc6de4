import { z } from 'zod'
import { messageKinds } from '../message-template/schema'

/** What a line may carry. Read back leniently: yesterday's lines stay readable. */
export const historyData = z
  .object({
    date: z.string(),
    time: z.string(),
    place: z.string(),
    kind: z.enum(messageKinds),
    reason: z.string(),
    text: z.string(),
    /** Phone numbers, before and after. */
    from: z.string(),
    to: z.string(),
  })
  .partial()
  .catch({})
export type HistoryData = z.output<typeof historyData>
