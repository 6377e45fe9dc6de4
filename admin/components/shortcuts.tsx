import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router-dom'
import { paths } from '../paths'
import { Button } from './ui'

const keys = [
  ['Ctrl K', 'rechercher une personne'],
  ['Alt N', 'enregistrer et convoquer'],
  ['Alt C', 'convoquer la personne affichée'],
  ['Ctrl Entrée', 'le bouton plein de la page'],
  ['H M E', 'sur une ligne choisie : honorée, manquée, excusée'],
  ['↑ ↓', 'ligne, créneau, résultat'],
  ['Échap', 'fermer ce qui s’est ouvert'],
] as const

/**
 * The keys of every screen. Combinations are read by `code`: on a Mac, Alt N types a sign. In a field
 * only those with Ctrl or Alt are heard. A screen gives its main act `data-key="main"`, the link that
 * convokes the person shown `data-key="book"`, and the outcome buttons of a line their outcome.
 */
export function Shortcuts() {
  const navigate = useNavigate()
  const [helpShown, setHelpShown] = useState(false)
  const help = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const act = actOf(event)
      if (!act) return
      event.preventDefault()
      if (act === 'search') document.getElementById('chercher')?.focus()
      else if (act === 'register') navigate(paths.registerAndBook)
      else if (act === 'help') setHelpShown(true)
      else placeOf(act, event.target)?.querySelector<HTMLElement>(`[data-key="${act}"]`)?.click()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [navigate])

  useEffect(() => {
    if (helpShown) help.current?.showModal()
  }, [helpShown])

  if (!helpShown) return null
  return (
    <dialog ref={help} className="card" aria-labelledby="touches" onClose={() => setHelpShown(false)}>
      <div className="body col">
        <h2 id="touches">Touches du clavier</h2>
        <dl className="pairs">
          {keys.map(([key, act]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{act}</dd>
            </div>
          ))}
        </dl>
        <div>
          <Button onClick={() => help.current?.close()}>Fermer</Button>
        </div>
      </div>
    </dialog>
  )
}

const outcomes: Readonly<Record<string, string>> = { h: 'attended', m: 'missed', e: 'excused' }

/** An outcome is that of the line where the focus is; other acts are those of the page. */
const placeOf = (act: string, target: EventTarget | null) =>
  Object.values(outcomes).includes(act) ? (target as Element | null)?.closest('tr, .card') : document

function actOf(event: KeyboardEvent): string | null {
  const { code, key, altKey, shiftKey } = event
  const control = event.ctrlKey || event.metaKey
  if (control && !altKey && !shiftKey && code === 'KeyK') return 'search'
  if (control && !altKey && !shiftKey && (code === 'Enter' || code === 'NumpadEnter')) return 'main'
  if (altKey && !control && !shiftKey && code === 'KeyN') return 'register'
  if (altKey && !control && !shiftKey && code === 'KeyC') return 'book'
  if (control || altKey || isField(event.target)) return null
  return key === '?' ? 'help' : (outcomes[key.toLowerCase()] ?? null)
}

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName))
