import { setTimeout as pause } from 'node:timers/promises'

/**
 * Answers leave on whole seconds. Writing a link takes a few hundredths: the delay does not tell
 * whether one was written, not even on a busy day.
 */
const answersEvery = 1_000

/** Waits until a whole number of seconds after an instant of `performance.now()`. */
export const untilWholeSecond = (from: number): Promise<void> =>
  pause(answersEvery - ((performance.now() - from) % answersEvery))
