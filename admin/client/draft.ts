/** What is typed and not sent yet, kept in the agent's browser. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { hour } from '../../resources/shared/duration'
import { useAgent } from './agent'
import { sessionOverEvent } from './client'

const draftPrefix = 'msj:draft:'

/** A working day: what was left the day before is not what is being done. */
const draftLifetime = 12 * hour

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
 * Under no key (null), it is kept nowhere.
 */
export function useDraft<Value>(key: string | null, initial: Value): Draft<Value> {
  const agent = useAgent()
  const storageKey = key === null ? null : `${draftPrefix}${agent.id}:${key}`
  const [found] = useState(() => (storageKey === null ? null : readDraft(storageKey)))
  const [value, setValue] = useState<Value>((found?.value as Value | undefined) ?? initial)
  const [savedAt, setSavedAt] = useState<Date | null>(found && new Date(found.at))
  const latest = useRef(value)
  const kept = useRef(JSON.stringify(value))
  latest.current = value

  useEffect(() => {
    if (storageKey === null) return
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
      if (storageKey !== null) localStorage.removeItem(storageKey)
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
