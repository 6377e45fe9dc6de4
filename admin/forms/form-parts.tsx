/** What a form says of itself: what was refused, what is kept. */
import { civilOf } from '../../resources/shared/civil-time'
import { count, formatHour } from '../../resources/shared/french'
import { useAgent } from '../client/agent'
import type { Failure } from '../client/client'
import type { Draft } from '../client/draft'
import { Alert } from '../ui/alert'
import { Button } from '../ui/button'
import { fieldAnchor } from '../ui/field'
import { Icon } from '../ui/icon'

/** Above the fields: nothing is written, and why. Each error leads to its field, beside which it stands too. */
export function RefusalNote({
  refusal,
  tone = 'bad',
  also = [],
  labels = {},
  focus = false,
}: {
  refusal: Failure
  tone?: 'bad' | 'warn'
  also?: readonly string[]
  /** Of fields whose error does not say which one it is about. */
  labels?: Readonly<Record<string, string>>
  /** Where what was pressed may go with the refusal. */
  focus?: boolean
}) {
  const errors = Object.entries(refusal.fieldErrors)
    .map(([path, sentence]) => {
      const name = path.split('.').at(-1) ?? path
      const label = labels[name]
      return {
        name,
        sentence: label
          ? `${label}\u00a0: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
          : sentence,
      }
    })
    .sort((one, other) => inPageOrder(one.name, other.name))
  const mended = errors.length === 0 || changedMeanwhile(refusal)
  return (
    <Alert
      tone={tone}
      announce="alert"
      focus={focus}
      title={
        mended
          ? refusal.message
          : `Rien n’est enregistré\u00a0: ${count(errors.length, 'point est', 'points sont')} à corriger`
      }
    >
      {errors.length + also.length > 0 && (
        <ul>
          {errors.map(({ name, sentence }) => (
            <li key={name}>
              <FieldLink name={name}>{sentence}</FieldLink>
            </li>
          ))}
          {also.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </Alert>
  )
}

/** Fields are on the page before they are refused; what belongs to none comes last. */
function inPageOrder(one: string, other: string): number {
  const [first, second] = [one, other].map((name) => document.getElementById(fieldAnchor(name) ?? ''))
  if (!first || !second) return Number(!first) - Number(!second)
  return first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1
}

/** The record is no longer the one that the form was drawn from. */
export const changedMeanwhile = ({ code }: Failure): boolean =>
  code?.startsWith('record.changed_meanwhile') ?? false

/** The focus goes to the field itself: the address, that routes pages here, stays. */
function FieldLink({ name, children }: { name: string; children: string }) {
  // Of several rows, one is no field.
  if (/^\d+$/.test(name)) return children
  const anchor = fieldAnchor(name) ?? ''
  return (
    <a
      href={`#${anchor}`}
      onClick={(event) => {
        event.preventDefault()
        document
          .getElementById(anchor)
          ?.querySelector<HTMLElement>('input:enabled, select, textarea')
          ?.focus()
      }}
    >
      {children}
    </a>
  )
}

/**
 * When the draft was last kept; one that was found again may be thrown away, before anything is added to it.
 * `mayAbandon`: where there is a text to come back to, whenever it is no longer that one.
 */
export function DraftKept({
  draft,
  mayAbandon = draft.resumed,
  onStartAgain,
}: {
  draft: Pick<Draft<unknown>, 'savedAt' | 'resumed'>
  mayAbandon?: boolean
  onStartAgain: () => void
}) {
  const { timeZone } = useAgent().organization
  if (!draft.savedAt && !mayAbandon) return null
  return (
    <p className="hint cluster">
      {draft.savedAt && (
        <>
          <Icon name="check" />
          {draft.resumed ? 'Brouillon repris, gardé à' : 'Brouillon gardé à'}{' '}
          {formatHour(civilOf(draft.savedAt, timeZone).time)}
        </>
      )}
      {mayAbandon && (
        <Button
          onClick={({ currentTarget }) => {
            onStartAgain()
            // This button goes with the draft.
            const form = currentTarget.closest('form') ?? document.querySelector('main form')
            form?.querySelector<HTMLElement>('input, select, textarea')?.focus()
          }}
        >
          Abandonner le brouillon
        </Button>
      )}
    </p>
  )
}
