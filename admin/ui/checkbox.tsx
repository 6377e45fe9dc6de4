import { useId, type ReactNode } from 'react'
import styles from './checkbox.module.css'
import { ErrorText } from './error-text'
import { fieldAnchor } from './field'

/** A box or a radio button with its words. */
export function Checkbox({
  type = 'checkbox',
  name,
  field,
  checked,
  disabled = false,
  error,
  onChange,
  children,
}: {
  type?: 'checkbox' | 'radio'
  name?: string
  /** The input it fills: what a summary of errors leads to. */
  field?: string
  checked: boolean
  disabled?: boolean
  error?: string | undefined
  onChange: (checked: boolean) => void
  children: ReactNode
}) {
  const id = useId()
  return (
    <div className={styles.field} id={fieldAnchor(field)} data-error={error ? '' : undefined}>
      <label className={styles.label}>
        <input
          type={type}
          name={name}
          checked={checked}
          disabled={disabled}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}e` : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span>{children}</span>
      </label>
      {error && <ErrorText id={`${id}e`}>{error}</ErrorText>}
    </div>
  )
}
