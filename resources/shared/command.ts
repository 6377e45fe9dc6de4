import * as z from 'zod'
import type { Context } from './context'
import type { Actor } from './actor'

// What no schema words itself.
z.config(z.locales.fr())

interface Entry<Input extends z.ZodType, Result, A extends Actor> {
  (ctx: Context<A>, raw: z.input<Input>): Promise<Result>
  /** The shape of what it takes: doors draw and parse their forms with it. */
  input: Input
  /** Does what is slow and locks nothing, and gives the act that is left for a transaction: see `perform`. */
  prepare: (ctx: Context<A>, raw: z.input<Input>) => Promise<(ctx: Context<A>) => Promise<Result>>
}

export type Command<Input extends z.ZodType, Result, A extends Actor = Actor> = Entry<Input, Result, A>
export type Query<Input extends z.ZodType, Result, A extends Actor = Actor> = Entry<Input, Result, A>

/**
 * One intention of one person. Parses what it is given, then runs inside the transaction of the
 * context. Five beats, in this order: load and lock, allow, decide, write, tell.
 */
export function command<Input extends z.ZodType, Result, A extends Actor = Actor>(
  input: Input,
  run: (ctx: Context<A>, input: z.output<Input>) => Promise<Result>,
  { faultsOf }: { faultsOf?: FaultsOf<A> } = {},
): Command<Input, Result, A> {
  return entry(input, () => Promise.resolve(undefined), run, faultsOf)
}

/**
 * A command with slow work of its own (hashing a password, reading what no lock keeps), done before its
 * transaction so that it holds no row and no connection. What decides and may have changed since, `run` reads again.
 */
export function preparedCommand<Input extends z.ZodType, Prepared, Result, A extends Actor = Actor>(
  input: Input,
  before: (ctx: Context<A>, input: z.output<Input>) => Promise<Prepared>,
  run: (ctx: Context<A>, input: z.output<Input>, prepared: Prepared) => Promise<Result>,
  { faultsOf }: { faultsOf?: FaultsOf<A> } = {},
): Command<Input, Result, A> {
  return entry(input, before, run, faultsOf)
}

/** One reading for one eye. Parses what it is given; asks the right itself, and writes at most its trace. */
export function query<Input extends z.ZodType, Result, A extends Actor = Actor>(
  input: Input,
  run: (ctx: Context<A>, input: z.output<Input>) => Promise<Result>,
): Query<Input, Result, A> {
  return entry(input, () => Promise.resolve(undefined), run)
}

/** For a query that asks nothing: every person has one answer. */
export const noInput = z.object({})

function entry<Input extends z.ZodType, Prepared, Result, A extends Actor>(
  input: Input,
  before: (ctx: Context<A>, input: z.output<Input>) => Promise<Prepared>,
  run: (ctx: Context<A>, input: z.output<Input>, prepared: Prepared) => Promise<Result>,
  faultsOf?: FaultsOf<A>,
): Entry<Input, Result, A> {
  const prepare = async (ctx: Context<A>, raw: z.input<Input>) => {
    if (isUnmeasurable(raw))
      throw new z.ZodError([{ code: 'custom', path: [], message: 'Demande illisible.' }])
    const parsed = input.safeParse(raw)
    const faults = (await faultsOf?.(ctx, raw)) ?? []
    const issues = [...(parsed.error?.issues ?? []), ...faults.map(asIssue)]
    // What one rule alone refuses is its own to say; beside others it would come after them, in instalments.
    if (!parsed.success || issues.length > 1) throw new z.ZodError(issues)
    const { data } = parsed
    const prepared = await before(ctx, data)
    return (later: Context<A>) => run(later, data, prepared)
  }
  const call = async (ctx: Context<A>, raw: z.input<Input>) => (await prepare(ctx, raw))(ctx)
  return Object.assign(call, { input, prepare })
}

/**
 * Zod measures a text by its `length` before it asks whether it is a text, and throws on an object whose
 * length cannot be compared. Nothing of ours is ten levels deep; the bytes of a file are too many to walk.
 */
function isUnmeasurable(raw: unknown, depth = 0): boolean {
  if (typeof raw !== 'object' || raw === null || raw instanceof Uint8Array) return false
  if (depth > 10 || ('length' in raw && typeof raw.length === 'object')) return true
  return Object.values(raw).some((value) => isUnmeasurable(value, depth + 1))
}

/** A field that a rule refuses, and the sentence beside it. */
export interface Fault {
  path: string[]
  message: string
}

/**
 * What the rules would refuse of a form, read field by field: they are asked even when another field cannot
 * be read, so that everything wrong is said at once. They refuse again when they decide.
 */
export type FaultsOf<A extends Actor> = (ctx: Context<A>, raw: unknown) => Fault[] | Promise<Fault[]>

/** The fields of a form that its shape can read, one by one, for its faults. */
export function readableFields<Input extends z.ZodObject>(
  input: Input,
  raw: unknown,
): Partial<z.output<Input>> {
  const sent = z.record(z.string(), z.unknown()).catch({}).parse(raw)
  const read = Object.entries(input.shape).flatMap(([field, shape]) => {
    const value = (shape as z.ZodType).safeParse(sent[field])
    return value.success ? [[field, value.data] as const] : []
  })
  return Object.fromEntries(read) as Partial<z.output<Input>>
}

const asIssue = ({ path, message }: Fault): z.core.$ZodIssue => ({
  code: 'custom',
  path,
  message,
  input: undefined,
})
