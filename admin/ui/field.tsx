import { useId, type ReactNode } from 'react'
import { ErrorText } from './error-text'
import styles from './field.module.css'
import { Icon } from './icon'

export interface FieldProps {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
  required: boolean
}

/** Where a field is in its page, of which each name is one. */
export const fieldAnchor = (name: string | undefined) => name && `champ-${name}`

/** A label, its control, and beside it the hint, what is understood, and the error. */
export function Field({
  name,
  label,
  required = false,
  optional = false,
  hint,
  fine,
  error,
  children,
}: {
  /** Of the input it fills: what a summary of errors leads to. */
  name?: string
  label: ReactNode
  /** Told to screen readers; on the screen, the others say "facultatif". */
  required?: boolean
  optional?: boolean
  hint?: ReactNode
  /** What was understood of what is typed. */
  fine?: ReactNode
  error?: string | undefined
  children: (field: FieldProps) => ReactNode
}) {
  const id = useId()
  const described = [hint && `${id}h`, fine && !error && `${id}f`, error && `${id}e`]
    .filter(Boolean)
    .join(' ')
  return (
    <div className={styles.field} id={fieldAnchor(name)} data-error={error ? '' : undefined}>
      <label htmlFor={id}>
        {label} {optional && <span className={styles.optional}>facultatif</span>}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
        required,
      })}
      {hint && (
        <p className="hint" id={`${id}h`}>
          {hint}
        </p>
      )}
      {fine && !error && (
        <p className={styles.understood} id={`${id}f`}>
          <Icon name="check" />
          {fine}
        </p>
      )}
      {error && <ErrorText id={`${id}e`}>{error}</ErrorText>}
    </div>
  )
}
