/**
 * HTTP, and nothing else. Nothing here throws: a refusal, a lost network or a session that ended are all
 * a Failure with a French message. When the session ended the frame says so, with a link to sign in again
 * and come back to this page; a draft (draft.ts) keeps what was typed meanwhile. A screen reads with
 * `useQuery` (query.ts) and acts with `useAction` (action.ts).
 */
import type { ImportKind } from '../../resources/import/schema'
import type { InputOf, ResultOf as AnswerOf } from '../define/action'
import type { ListAnswer } from '../define/list'
import type { Lookups } from '../lookups'

/** What JSON makes of a value: instants become text. */
export type Serialized<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Serialized<Item>[]
    : T extends object
      ? { [Key in keyof T]: Serialized<T[Key]> }
      : T

export type ResultOf<F> = Serialized<AnswerOf<F>>

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
    return unanswered()
  }
  return response.ok
    ? { ok: true, body: (await response.json().catch(() => null)) as unknown }
    : failureIn(response)
}

const unanswered = () =>
  failure(0, 'Le serveur n’a pas répondu. Vérifiez la connexion : rien de ce qui est saisi n’est perdu.')

async function failureIn(response: Response): Promise<Failure> {
  const body: unknown = await response.json().catch(() => null)
  if (response.status === 401) window.dispatchEvent(new Event(sessionOverEvent))
  return isFailure(body)
    ? { ...body, status: response.status }
    : failure(response.status, 'Le service est momentanément indisponible. Réessayez dans un instant.')
}

/** One page of the list of a resource: see screens/list.tsx. By POST, for what is asked may name people. */
export async function readList(
  resourceId: string,
  asked: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answer<ListAnswer>> {
  const answer = await call(`resources/${resourceId}/actions/list`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(asked),
    signal,
  })
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

/** Reads a look-up once, where a hook does not fit. */
export async function ask<Name extends keyof Lookups>(
  name: Name,
  input: InputOf<Lookups[Name]>,
  signal?: AbortSignal,
): Promise<Answer<ResultOf<Lookups[Name]>>> {
  const answer = await call(`lookups/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
    signal: signal ?? null,
  })
  return answer.ok ? (answer.body as Answer<ResultOf<Lookups[Name]>>) : answer
}

/** Has the browser save a file that is asked by POST: what it asks may name people. */
export async function saveFile(
  path: string,
  asked: Readonly<Record<string, string>>,
): Promise<Failure | { ok: true }> {
  try {
    const response = await fetch(`/admin/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    })
    if (!response.ok) return await failureIn(response)
    const link = document.createElement('a')
    link.href = URL.createObjectURL(await response.blob())
    link.download = path.split('/').at(-1) ?? ''
    link.click()
    URL.revokeObjectURL(link.href)
    return { ok: true }
  } catch {
    return unanswered()
  }
}

/** Sends a file to be imported: its bytes as they are, its name where no log keeps it. */
export async function sendFile(
  kind: ImportKind,
  file: File,
  organizationId: string | null,
): Promise<Answer<{ id: number }>> {
  const answer = await call(`imports/${kind}${organizationId ? `?service=${organizationId}` : ''}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', 'x-file-name': encodeURIComponent(file.name) },
    body: file,
  })
  return answer.ok ? (answer.body as { ok: true; result: { id: number } }) : answer
}

/** The options of a reference, as what is typed finds them: `of` is the name of what is searched. */
export async function lookUpOptions(
  of: string,
  text: string,
  signal: AbortSignal,
): Promise<Answer<readonly { value: string; label: string; detail?: string }[]>> {
  const answer = await call(`references/${of}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
    signal,
  })
  return answer.ok ? (answer.body as { ok: true; result: { value: string; label: string }[] }) : answer
}
