/** What a form says of itself: what was refused, what is kept. */
import { formatHour } from '../../resources/shared/french'
import type { Failure } from '../client/client'
import type { Draft } from '../client/draft'
import { Alert } from '../ui/alert'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'

/** Above the fields: nothing is written, and why. Each error also stands beside its field. */
export function RefusalNote({
  refusal,
  tone = 'bad',
  also = [],
}: {
  refusal: Failure
  tone?: 'bad' | 'warn'
  also?: readonly string[]
}) {
  const errors = Object.values(refusal.fieldErrors)
  const sentences = [...errors, ...also]
  return (
    <Alert
      tone={tone}
      announce="alert"
      title={errors.length > 0 ? 'Rien n’est enregistré\u00a0: un point est à corriger' : refusal.message}
    >
      {sentences.length > 0 && (
        <ul>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </Alert>
  )
}

/** When the draft was last kept; one that was found again may be thrown away, before anything is added to it. */
export function DraftKept({
  draft,
  onStartAgain,
}: {
  draft: Pick<Draft<unknown>, 'savedAt' | 'resumed'>
  onStartAgain: () => void
}) {
  if (!draft.savedAt) return null
  return (
    <p className="hint cluster">
      <Icon name="check" />
      {draft.resumed ? 'Brouillon repris, gardé à' : 'Brouillon gardé à'}{' '}
      {formatHour(draft.savedAt.toTimeString().slice(0, 5))}
      {draft.resumed && (
        <Button
          onClick={() => {
            onStartAgain()
            // This button goes with the draft.
            document.querySelector<HTMLElement>('main form input, main form select')?.focus()
          }}
        >
          Recommencer
        </Button>
      )}
    </p>
  )
}
