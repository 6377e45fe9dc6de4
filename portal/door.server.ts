import { data } from '@remix-run/node'
import * as z from 'zod'
import type { Actor, SystemActor } from '../resources/shared/actor'
import type { Command } from '../resources/shared/command'
import type { Context } from '../resources/shared/context'
import { refusalSentence } from '../resources/refusal-sentences'
import { Forbidden, NotFound, Refused, TooMany } from '../resources/shared/errors'
import { perform, read } from '../resources/shared/transact.server'

/** What a form sent: one text a field. */
export type FormValues = Readonly<Record<string, string>>

/** Why an act did not happen, ready for the form to be drawn again. */
export interface Refusal {
  /** By field; the first that is wrong comes first. */
  fields: Record<string, string>
  /** Belongs to no field. */
  message: string | null
  /** The code of a refusal by a rule, for pages that answer it with more than words. */
  code: string | null
  params: Readonly<Record<string, string | number>>
  /** What was typed, secrets left out. */
  values: FormValues
}

/** Nobody in particular, reading a public page. */
export const visitor: SystemActor = { kind: 'system', task: 'public-site' }

const largestForm = 64 * 1024
const secrets = /password|token/i

/** Reads for a page. Absent and forbidden become the right error page. */
export async function visit<A extends Actor, Result>(
  actor: A,
  query: (ctx: Context<A>) => Promise<Result>,
): Promise<Result> {
  try {
    return await read(actor, query)
  } catch (error) {
    if (error instanceof z.ZodError) throw data(null, 404)
    throw asErrorPage(error)
  }
}

/** Either the command's result, or the refusal with which the action answers. */
export type Outcome<Result> =
  { done: true; result: Result } | { done: false; answer: ReturnType<typeof data<Refusal>> }

/**
 * Reads the form, performs a command and translates what it says: a refusal comes back
 * with its words (status 400, or 429 when it came too fast), the rest is thrown as an error page.
 */
export async function act<Input extends z.ZodType, Result, A extends Actor>(
  request: Request,
  actor: A,
  command: Command<Input, Result, A>,
  inputOf: (form: FormValues) => z.input<Input>,
): Promise<Outcome<Result>> {
  const form = await readForm(request)
  try {
    return { done: true, result: await perform(actor, command, inputOf(form)) }
  } catch (error) {
    const refusal = asRefusal(error, form)
    if (refusal) return { done: false, answer: data(refusal, error instanceof TooMany ? 429 : 400) }
    throw asErrorPage(error)
  }
}

/** The fields of a form, bounded, or an error page: a browser never sends anything else. */
async function readForm(request: Request): Promise<FormValues> {
  const type = request.headers.get('Content-Type')?.toLowerCase()
  if (!type?.startsWith('application/x-www-form-urlencoded')) throw data(null, 400)
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  for (let chunk = await reader?.read(); chunk?.value; chunk = await reader?.read()) {
    const bytes = chunk.value as Uint8Array
    size += bytes.byteLength
    // Read to its end, which the host keeps near: a body that is dropped cuts the answer off.
    if (size <= largestForm) chunks.push(bytes)
  }
  if (size > largestForm) throw data(null, 413)
  const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()))
  // PostgreSQL has no character for it.
  if (Object.values(form).some((value) => value.includes('\0'))) throw data(null, 400)
  return form
}

function asRefusal(error: unknown, form: FormValues): Refusal | null {
  const values = Object.fromEntries(Object.entries(form).filter(([name]) => !secrets.test(name)))
  if (error instanceof z.ZodError) {
    const fields: Record<string, string> = {}
    for (const issue of error.issues) fields[String(issue.path[0])] ??= issue.message
    return { fields, message: null, code: null, params: {}, values }
  }
  if (error instanceof TooMany) {
    const message = 'Trop de demandes en même temps. Attendez une minute, puis recommencez.'
    return { fields: {}, message, code: null, params: {}, values }
  }
  if (!(error instanceof Refused)) return null
  const { code, params, field } = error
  const sentence = refusalSentence(error)
  return field
    ? { fields: { [field]: sentence }, message: null, code, params, values }
    : { fields: {}, message: sentence, code, params, values }
}

function asErrorPage(error: unknown): unknown {
  if (error instanceof NotFound) return data(null, 404)
  if (error instanceof Forbidden) return data(null, 403)
  if (error instanceof TooMany) return data(null, 429)
  return error
}
