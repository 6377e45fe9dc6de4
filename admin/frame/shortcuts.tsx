import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router-dom'
import { paths } from '../paths'
import { useAgent } from '../client/agent'
import { DescriptionList } from '../ui/description-list'
import { Dialog } from '../ui/dialog'

const keys = [
  ['Ctrl K', 'rechercher une personne'],
  ['Alt N', 'enregistrer et convoquer'],
  ['Alt J', 'imprimer la feuille du jour'],
  ['Alt C', 'convoquer la personne affichée'],
  ['Ctrl Entrée', 'le bouton plein de la page'],
  ['H M E', 'sur une ligne choisie : honorée, manquée, excusée'],
  ['↑ ↓', 'ligne, créneau, résultat'],
  ['Échap', 'fermer ce qui s’est ouvert'],
] as const

/**
 * The keys of every screen. Combinations are read by `code`: on a Mac, Alt N types a sign. In a field
 * only those with Ctrl or Alt are heard. A screen gives its main act `data-key="main"`, the link that
 * does an action its name (Alt C: `convoke`), and the outcome buttons their outcome. Keys alone act only
 * where the focus is: a line of a table (`data-line`, chosen with the arrows), or a card that asks one
 * question (`data-question`); an agent may switch them off (WCAG 2.1.4).
 */
export function Shortcuts() {
  const navigate = useNavigate()
  const { shortcutsEnabled } = useAgent()
  const [helpShown, setHelpShown] = useState(false)

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const act = actOf(event, shortcutsEnabled)
      if (!act) return
      if (act === 'previous' || act === 'next') {
        if (moveLine(event.target, act === 'next' ? 1 : -1)) event.preventDefault()
        return
      }
      event.preventDefault()
      if (act === 'search') document.getElementById('chercher')?.focus()
      else if (act === 'register') navigate(paths.registerAndConvoke)
      else if (act === 'daySheet') navigate(paths.daySheet())
      else if (act === 'help') setHelpShown(true)
      else placeOf(act, event.target)?.querySelector<HTMLElement>(`[data-key="${act}"]`)?.click()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [navigate, shortcutsEnabled])

  return (
    <Dialog title="Touches du clavier" open={helpShown} onClose={() => setHelpShown(false)}>
      <DescriptionList pairs={keys.map(([key, act]) => [<kbd key={key}>{key}</kbd>, act] as const)} />
      {!shortcutsEnabled && (
        <p className="hint">
          Les raccourcis à une touche (H, M, E,&nbsp;?) sont coupés&nbsp;: «&nbsp;Mon compte&nbsp;», en haut
          de la page, les rétablit.
        </p>
      )}
    </Dialog>
  )
}

const outcomes: Readonly<Record<string, string>> = { h: 'attended', m: 'missed', e: 'excused' }

/** An outcome is that of the line where the focus is; other acts are those of the page. */
const placeOf = (act: string, target: EventTarget | null) =>
  Object.values(outcomes).includes(act)
    ? (target as Element | null)?.closest('[data-line], [data-question]')
    : document

/** From the line where the focus is to its neighbour; from the region of a table to its first line. */
function moveLine(target: EventTarget | null, step: 1 | -1): boolean {
  if (!(target instanceof Element)) return false
  const line = target.closest('[data-line]')
  const table = line?.closest('table') ?? (target.matches('[data-lines]') ? target : null)
  const lines = [...(table?.querySelectorAll<HTMLElement>('[data-line]') ?? [])]
  const next = line ? lines[lines.findIndex((one) => one === line) + step] : lines[0]
  next?.focus()
  return next !== undefined
}

function actOf(event: KeyboardEvent, singleKeys: boolean): string | null {
  const { code, key, altKey, shiftKey } = event
  const control = event.ctrlKey || event.metaKey
  if (control && !altKey && !shiftKey && code === 'KeyK') return 'search'
  if (control && !altKey && !shiftKey && (code === 'Enter' || code === 'NumpadEnter')) return 'main'
  if (altKey && !control && !shiftKey && code === 'KeyN') return 'register'
  if (altKey && !control && !shiftKey && code === 'KeyJ') return 'daySheet'
  if (altKey && !control && !shiftKey && code === 'KeyC') return 'convoke'
  if (control || altKey || isField(event.target)) return null
  if (code === 'ArrowUp' && !shiftKey) return 'previous'
  if (code === 'ArrowDown' && !shiftKey) return 'next'
  if (!singleKeys) return null
  return key === '?' ? 'help' : (outcomes[key.toLowerCase()] ?? null)
}

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName))
