/**
 * What the last act did, or why it did not: one strip at the foot of the window, read aloud. It takes no
 * focus and moves nothing: the next click falls where it was aimed.
 */
import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react'
import { useLocation } from 'react-router-dom'
import { act, refusedEvent, type DoneWith } from '../client/action'
import type { Failure } from '../client/client'
import { Button } from '../ui/button'
import { keepFocus } from '../ui/focus'
import { Icon } from '../ui/icon'
import styles from './notice.module.css'

export interface Undo {
  /** What it does: "Désarchiver". */
  word: string
  /** Whose, for who hears the button alone. */
  label: string
  run: () => Promise<Failure | DoneWith<unknown>>
}

interface Notice {
  title: string
  tone: 'ok' | 'bad'
  undo?: Undo
}

type Notify = (notice: Notice) => void
const Notices = createContext<Notify>(() => undefined)

/** Says what was done: `notify({ tone: 'ok', title: 'Lieu archivé.' })`. */
export const useNotify = (): Notify => useContext(Notices)

/** How a page that leaves says what it did on the next one: `navigate(to, { state: { notice } })`. */
export interface NoticeState {
  notice?: {
    title: string
    undo?: Omit<Undo, 'run'> & { resource: string; action: string; target: string | readonly string[] }
  }
}

/** Ctrl Z takes the last act back this long; the button stays. */
const undoKeyLasts = 10_000

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<(Notice & { at: number }) | null>(null)
  const notify = useCallback<Notify>((next) => setNotice({ ...next, at: Date.now() }), [])
  const location = useLocation()
  const left = (location.state as NoticeState | null)?.notice

  useEffect(() => {
    if (!left) return setNotice(null)
    const { undo } = left
    notify({
      title: left.title,
      tone: 'ok',
      ...(undo && {
        undo: {
          word: undo.word,
          label: undo.label,
          run: () => act(undo.resource, undo.action, undo.target, {}),
        },
      }),
    })
    // Read once: a page that is reloaded or come back to did nothing again.
    const entry = window.history.state as { usr?: object } | null
    window.history.replaceState({ ...entry, usr: { ...entry?.usr, notice: undefined } }, '')
    // One address, one notice.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [location.key])

  // "Enregistré" above a refusal would be read as its answer.
  useEffect(() => {
    const onRefused = () => setNotice(null)
    window.addEventListener(refusedEvent, onRefused)
    return () => window.removeEventListener(refusedEvent, onRefused)
  }, [])

  return (
    <Notices.Provider value={notify}>
      {children}
      <div className={styles.strip} role="status">
        {notice && <Strip key={notice.at} notice={notice} notify={notify} onClose={() => setNotice(null)} />}
      </div>
    </Notices.Provider>
  )
}

function Strip({
  notice: { title, tone, undo },
  notify,
  onClose,
}: {
  notice: Notice
  notify: Notify
  onClose: () => void
}) {
  const [busy, setBusy] = useState(false)
  const takeBack = useRef<() => void>(() => undefined)
  takeBack.current = () => {
    if (!undo || busy) return
    setBusy(true)
    void undo.run().then((answer) => {
      notify(answer.ok ? { tone: 'ok', title: answer.notice } : { tone: 'bad', title: answer.message })
      keepFocus()
    })
  }

  useEffect(() => {
    if (!undo) return
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
      if (typing || event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      takeBack.current()
    }
    window.addEventListener('keydown', onKey)
    const timer = setTimeout(() => window.removeEventListener('keydown', onKey), undoKeyLasts)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', onKey)
    }
  }, [undo])

  return (
    <div className={styles.notice} data-tone={tone}>
      <Icon name={tone === 'ok' ? 'check' : 'warning'} />
      <p>{title}</p>
      {undo && (
        <Button busy={busy} aria-label={undo.label} onClick={() => takeBack.current()}>
          {undo.word} <kbd aria-hidden="true">Ctrl Z</kbd>
        </Button>
      )}
      <Button look="quiet" icon="cross" aria-label="Fermer ce message" onClick={onClose} />
    </div>
  )
}
