/**
 * How a screen reads: by the name of a look-up and its input, kept by TanStack Query under both.
 *
 *   const found = useQuery('searchProbationers', { text })      → { data, failure, loading, reload }
 */
import { keepPreviousData, QueryClient, useQuery as useServerState } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { civilOf } from '../../resources/shared/civil-time'
import type { InputOf } from '../define/action'
import type { ListAnswer } from '../define/list'
import type { Lookups } from '../lookups'
import { useAgent } from './agent'
import { ask, readList, type Answer, type Failure, type ResultOf } from './client'

/** What was read leaves with the screen that read it: the next one shows no state of before. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      gcTime: 0,
      retry: false,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
  },
})

export interface QueryState<Result> {
  /** The last answer: it stays while a newer one is awaited. */
  data: Result | null
  failure: Failure | null
  loading: boolean
  reload: () => void
}

/**
 * Any reading that answers or fails, under a key. Without a key it reads nothing yet. `live`: what it
 * says is of now; it is read again when the agent comes back to the tab, when the network is back, at
 * midnight of the service, and after a refusal. `every`: read again after so many milliseconds, while it is looked at.
 */
export function useReading<Result>(
  key: readonly unknown[] | null,
  read: (signal: AbortSignal) => Promise<Answer<Result>>,
  { live = false, every }: { live?: boolean; every?: number } = {},
): QueryState<Result> {
  const { data, error, isFetching, refetch } = useServerState<Result, Failure>({
    queryKey: key ?? ['nothing'],
    queryFn: async ({ signal }) => {
      const answer = await read(signal)
      if (answer.ok) return answer.result
      // A failure is a value of ours, with its French message: not an Error.
      throw answer
    },
    enabled: key !== null,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: live,
    refetchOnReconnect: live,
    ...(every && { refetchInterval: every }),
    meta: { live },
  })
  const reads = key !== null
  const reload = useCallback(() => {
    if (reads) void refetch()
  }, [reads, refetch])
  return reads
    ? { data: data ?? null, failure: error, loading: isFetching, reload }
    : { data: null, failure: null, loading: false, reload }
}

/**
 * Reads and reads again when the input changes; an answer that comes too late is dropped. `null` as
 * input reads nothing yet. `delay` waits for a pause in typing. `live`: see useReading.
 */
export function useQuery<Name extends keyof Lookups>(
  name: Name,
  input: InputOf<Lookups[Name]> | null,
  { delay = 0, ...reading }: { delay?: number; live?: boolean; every?: number } = {},
): QueryState<ResultOf<Lookups[Name]>> {
  const settled = useSettled(input, delay)
  const state = useReading(
    input === null || settled === null ? null : [name, settled],
    (signal) => ask(name, settled as InputOf<Lookups[Name]>, signal),
    reading,
  )
  return { ...state, loading: input !== null && (state.loading || !isSame(settled, input)) }
}

/** One page of the list of a resource, for what it is asked. */
export function useList(resourceId: string, search: string): QueryState<ListAnswer> {
  const [every, setEvery] = useState<number | undefined>(undefined)
  const list = useReading(
    ['list', resourceId, search],
    (signal) => readList(resourceId, Object.fromEntries(new URLSearchParams(search)), signal),
    { live: true, ...(every && { every }) },
  )
  const again = list.data?.meta.again
  useEffect(() => setEvery(again), [again])
  return list
}

/** The latest value that stayed the same for so long. */
export function useSettled<Value>(value: Value, delay: number): Value {
  const [settled, setSettled] = useState(value)
  const latest = useRef(value)
  latest.current = value
  const isSettled = isSame(value, settled)
  const key = JSON.stringify(value)
  useEffect(() => {
    if (isSettled || delay === 0) return
    const timer = setTimeout(() => setSettled(latest.current), delay)
    return () => clearTimeout(timer)
  }, [isSettled, key, delay])
  return isSettled || delay === 0 ? value : settled
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Reads again what is shown of now: something else was found true than what the screen says. */
export const readAgain = (): void =>
  void queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.live === true })

/** What says "today" is read again when the day changes where the agent works, however long the tab slept. */
export function useNewDay(): void {
  const { timeZone } = useAgent().organization
  useEffect(() => {
    const today = () => civilOf(new Date(), timeZone).date
    let day = today()
    const timer = setInterval(() => {
      if (day === today()) return
      day = today()
      readAgain()
    }, 15_000)
    return () => clearInterval(timer)
  }, [timeZone])
}
