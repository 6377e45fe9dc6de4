/**
 * HTTP, and nothing else. Names and types come from admin/api-table.ts:
 *
 *   const answer = await send('bookAppointment', { … })         → { ok: true, result } | Failure
 *   if (!answer.ok) setErrors(answer.fieldErrors)
 *
 * Nothing here throws: a refusal, a lost network or a session that ended are all a Failure with a
 * French message. When the session ended the frame says so, with a link to sign in again and come
 * back to this page; a draft (draft.ts) keeps what was typed meanwhile. A screen reads with
 * `useQuery` (query.ts).
 */
import type { Commands, Queries } from '../api-table'
import type { ListAnswer } from '../define/list'

/** What JSON makes of a value: instants become text. */
export type Serialized<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Serialized<Item>[]
    : T extends object
      ? { [Key in keyof T]: Serialized<T[Key]> }
      : T

export type InputOf<F> = F extends (ctx: infer _Ctx, raw: infer Raw) => unknown ? Raw : undefined
export type ResultOf<F> = F extends (...args: never[]) => Promise<infer Result> ? Serialized<Result> : never

export interface Failure {
  ok: false
  /** 0 when the network did not answer. */
  status: number
  message: string
  fieldErrors: Readonly<Record<string, string>>
  /** The rule that refused, and the values of its sentence. */
  code?: string
  params?: Readonly<Record<string, string | number>>
  /** The code the support finds the failure by. */
  requestId?: string
}
export type Answer<Result> = { ok: true; result: Result } | Failure

/** Heard by the frame, which shows the way to sign in again. */
export const sessionOverEvent = 'msj:session-over'

/** One request to the back office's API: its body, or why not. */
export async function call(path: string, init: RequestInit): Promise<Failure | { ok: true; body: unknown }> {
  let response: Response
  try {
    response = await fetch(`/admin/api/${path}`, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    return failure(
      0,
      'Le serveur n’a pas répondu. Vérifiez la connexion : rien de ce qui est saisi n’est perdu.',
    )
  }
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return { ok: true, body }
  if (response.status === 401) window.dispatchEvent(new Event(sessionOverEvent))
  return isFailure(body)
    ? { ...body, status: response.status }
    : failure(response.status, 'Le service est momentanément indisponible. Réessayez dans un instant.')
}

/** Sends JSON to one of our own addresses. */
export async function post<Result>(
  path: string,
  input: unknown,
  signal?: AbortSignal,
): Promise<Answer<Result>> {
  const answer = await call(`msj/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input ?? {}),
    signal: signal ?? null,
  })
  return answer.ok ? (answer.body as Answer<Result>) : answer
}

/** One page of the list of a resource: see screens/list.tsx. */
export async function readList(
  resourceId: string,
  search: string,
  signal: AbortSignal,
): Promise<Answer<ListAnswer>> {
  const answer = await call(`resources/${resourceId}/actions/list?${search}`, { signal })
  return answer.ok ? { ok: true, result: answer.body as ListAnswer } : answer
}

const isFailure = (body: unknown): body is Failure =>
  typeof body === 'object' && body !== null && 'message' in body && 'fieldErrors' in body

const failure = (status: number, message: string): Failure => ({
  ok: false,
  status,
  message,
  fieldErrors: {},
})

/** Asks for a command of the table. */
export function send<Name extends keyof Commands>(
  name: Name,
  input: InputOf<Commands[Name]>,
): Promise<Answer<ResultOf<Commands[Name]>>> {
  return post(`commands/${name}`, input)
}

/** Reads once, where a hook does not fit. */
export function ask<Name extends keyof Queries>(
  name: Name,
  input: InputOf<Queries[Name]>,
  signal?: AbortSignal,
): Promise<Answer<ResultOf<Queries[Name]>>> {
  return post(`queries/${name}`, input, signal)
}
