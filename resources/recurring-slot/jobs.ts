import * as z from 'zod'

/** Makes the slots that rules lack, in the places that keep one clock. */
export const generateSlotsAtClock = {
  name: 'generate-slots',
  payload: z.object({ timeZone: z.string().max(60) }),
} as const
