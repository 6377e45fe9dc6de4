/**
 * How a screen reads and asks. Names and types come from admin/api-table.ts:
 *
 *   const found = useQuery('searchProbationers', { text })      → { data, failure, loading, reload }
 *   const answer = await send('bookAppointment', { … })         → { ok: true, result } | Failure
 *   if (!answer.ok) setErrors(answer.fieldErrors)
 *
 * `send` never throws: a refusal, a lost network or a session that ended are all a Failure with a
 * French message. When the session ended the frame says so, with a link to sign in again and come
 * back to this page; `useDraft` keeps what was typed meanwhile.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import { useSelector } from 'react-redux'
import type { AgentActor } from '../../resources/shared/actor'
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

type InputOf<F> = F extends (ctx: infer _Ctx, raw: infer Raw) => unknown ? Raw : undefined
type ResultOf<F> = F extends (...args: never[]) => Promise<infer Result> ? Serialized<Result> : never

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

async function call(path: string, init: RequestInit): Promise<Failure | { ok: true; body: unknown }> {
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

async function post<Result>(path: string, input: unknown, signal?: AbortSignal): Promise<Answer<Result>> {
  const answer = await call(`msj/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input ?? {}),
    signal: signal ?? null,
  })
  return answer.ok ? (answer.body as Answer<Result>) : answer
}

/** One page of the list of a resource: see record-list.tsx. */
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

export interface QueryState<Result> {
  /** The last answer: it stays while a newer one is awaited. */
  data: Result | null
  failure: Failure | null
  loading: boolean
  reload: () => void
}

/**
 * Reads and reads again when the input changes; an answer that comes too late is dropped. `null` as
 * input reads nothing yet. `delay` waits for a pause in typing.
 */
export function useQuery<Name extends keyof Queries>(
  name: Name,
  input: InputOf<Queries[Name]> | null,
  { delay = 0 }: { delay?: number } = {},
): QueryState<ResultOf<Queries[Name]>> {
  const [state, setState] = useState<Omit<QueryState<ResultOf<Queries[Name]>>, 'reload'>>({
    data: null,
    failure: null,
    loading: input !== null,
  })
  const [turn, setTurn] = useState(0)
  const key = JSON.stringify(input)
  const latest = useRef(input)
  latest.current = input

  useEffect(() => {
    const current = latest.current
    if (current === null) {
      setState({ data: null, failure: null, loading: false })
      return
    }
    const controller = new AbortController()
    setState((before) => ({ ...before, loading: true }))
    const timer = setTimeout(() => {
      ask(name, current, controller.signal).then(
        (answer) => {
          if (controller.signal.aborted) return
          setState((before) =>
            answer.ok
              ? { data: answer.result, failure: null, loading: false }
              : { data: before.data, failure: answer, loading: false },
          )
        },
        () => undefined,
      )
    }, delay)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [name, key, turn, delay])

  const reload = useCallback(() => setTurn((before) => before + 1), [])
  return { ...state, reload }
}

/** The agent who looks at the screen. */
export function useAgent(): AgentActor {
  return useSelector((state: { session: { actor: AgentActor } }) => state.session.actor)
}

const draftPrefix = 'msj:draft:'

/** A working day: what was left the day before is not what is being done. */
const draftLifetime = 12 * 60 * 60_000

export interface Draft<Value> {
  value: Value
  setValue: (next: Value | ((before: Value) => Value)) => void
  /** When it was last kept, on this page or before it was opened. */
  savedAt: Date | null
  /** What is shown was typed before the page was opened, and nothing since. */
  resumed: boolean
  /** Forgets what was kept. Without a value to begin again with, what is on the page stays. */
  clear: (next?: Value) => void
}

/**
 * A value kept in the browser every 5 s and when the page is left, for this agent only, until
 * `clear()`, signing out or half a day: what was typed survives an ended session or a closed window.
 */
export function useDraft<Value>(key: string, initial: Value): Draft<Value> {
  const storageKey = `${draftPrefix}${useAgent().id}:${key}`
  const [found] = useState(() => readDraft(storageKey))
  const [value, setValue] = useState<Value>((found?.value as Value | undefined) ?? initial)
  const [savedAt, setSavedAt] = useState<Date | null>(found && new Date(found.at))
  const latest = useRef(value)
  const kept = useRef(JSON.stringify(value))
  latest.current = value

  useEffect(() => {
    const keep = () => {
      const text = JSON.stringify(latest.current)
      if (signedOut || text === kept.current) return
      const at = Date.now()
      try {
        localStorage.setItem(storageKey, JSON.stringify({ at, value: latest.current }))
        kept.current = text
        setSavedAt(new Date(at))
      } catch {
        // Storage refused by the browser: the page still works, without a draft.
      }
    }
    const timer = setInterval(keep, 5_000)
    window.addEventListener('pagehide', keep)
    window.addEventListener(sessionOverEvent, keep)
    return () => {
      clearInterval(timer)
      window.removeEventListener('pagehide', keep)
      window.removeEventListener(sessionOverEvent, keep)
      keep()
    }
  }, [storageKey])

  const clear = useCallback(
    (next: Value = latest.current) => {
      localStorage.removeItem(storageKey)
      kept.current = JSON.stringify(next)
      setValue(next)
      setSavedAt(null)
    },
    [storageKey],
  )
  return { value, setValue, savedAt, resumed: found !== null && value === found.value, clear }
}

function readDraft(storageKey: string): { at: number; value: unknown } | null {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? 'null') as {
      at: number
      value: unknown
    } | null
    return kept && Date.now() - kept.at < draftLifetime ? kept : null
  } catch {
    return null
  }
}

const draftKeys = () => Object.keys(localStorage).filter((key) => key.startsWith(draftPrefix))

/** At the start: what is too old to be taken up again does not stay on this machine. */
export function eraseOldDrafts(): void {
  try {
    draftKeys()
      .filter((key) => readDraft(key) === null)
      .forEach((key) => localStorage.removeItem(key))
  } catch {
    // Storage refused by the browser: nothing is kept in it.
  }
}

let signedOut = false

/** At sign-out: nothing typed stays on this machine, nor is kept by the page that is being left. */
export function clearDrafts(): void {
  signedOut = true
  draftKeys().forEach((key) => localStorage.removeItem(key))
}
