import { z } from 'zod'
import type { Context } from './context'
import type { Actor } from './actor'

// What no schema words itself.
z.config(z.locales.fr())

export interface Command<Input extends z.ZodType, Result, A extends Actor = Actor> {
  (ctx: Context<A>, raw: z.input<Input>): Promise<Result>
  /** The shape of what it takes: doors draw and parse their forms with it. */
  input: Input
}

/**
 * One intention of one person. Parses what it is given, then runs inside the transaction of the
 * context. Five beats, in this order: load and lock, allow, decide, write, tell.
 */
export function command<Input extends z.ZodType, Result, A extends Actor = Actor>(
  input: Input,
  run: (ctx: Context<A>, input: z.output<Input>) => Promise<Result>,
): Command<Input, Result, A> {
  const call = async (ctx: Context<A>, raw: z.input<Input>) => run(ctx, input.parse(raw))
  return Object.assign(call, { input })
}
