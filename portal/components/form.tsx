import { useEffect, useState, type ReactNode } from 'react'
import { Alert } from './alert'
import { Icon } from './icon'

interface FieldProps {
  name: string
  label: string
  hint?: ReactNode
  type?: 'text' | 'email' | 'password' | 'tel'
  autoComplete?: string
  maxLength?: number
  /** What was typed, when the form is drawn again. */
  value?: string
  error?: string
  readOnly?: boolean
  /** Beside the label. */
  aside?: ReactNode
}

/** A field, its words above, its error below, tied for those who hear the page. All are compulsory. */
export function Field({
  name,
  label,
  hint,
  type = 'text',
  value,
  error,
  readOnly,
  aside,
  ...input
}: FieldProps) {
  return (
    <div className={`fr-input-group ${error ? 'fr-input-group--error' : ''}`}>
      <div className="msj-label-line">
        <label className="fr-label" htmlFor={name}>
          {label}
          {hint && <span className="fr-hint-text">{hint}</span>}
        </label>
        {aside}
      </div>
      <input
        className="fr-input"
        id={name}
        name={name}
        type={type}
        defaultValue={value}
        readOnly={readOnly}
        required={!readOnly}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${name}-messages` : undefined}
        {...input}
      />
      <FieldError name={name} error={error} />
    </div>
  )
}

/** A password, that JavaScript lets one read. */
export function PasswordField(props: Omit<FieldProps, 'type' | 'value' | 'readOnly' | 'aside'>) {
  const [scripted, setScripted] = useState(false)
  const [shown, setShown] = useState(false)
  useEffect(() => setScripted(true), [])
  const id = `${props.name}-shown`
  return (
    <Field
      {...props}
      type={shown ? 'text' : 'password'}
      aside={
        scripted && (
          <label className="msj-show" htmlFor={id}>
            <input
              id={id}
              type="checkbox"
              checked={shown}
              onChange={(event) => setShown(event.currentTarget.checked)}
              aria-label={`Afficher\u00a0: ${props.label}`}
            />
            Afficher
          </label>
        )
      }
    />
  )
}

/** A box to tick, with its own words. */
export function Box({ name, error, children }: { name: string; error?: string; children: ReactNode }) {
  return (
    <div className={`msj-box ${error ? 'fr-input-group--error' : ''}`}>
      <input
        id={name}
        name={name}
        type="checkbox"
        required
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${name}-messages` : undefined}
      />
      <label className="fr-label" htmlFor={name}>
        {children}
      </label>
      <FieldError name={name} error={error} />
    </div>
  )
}

function FieldError({ name, error }: { name: string; error: string | undefined }) {
  return (
    <div className="fr-messages-group" id={`${name}-messages`}>
      {error && (
        <p className="fr-error-text">
          <Icon name="error" />
          <span>{error}</span>
        </p>
      )}
    </div>
  )
}

interface ErrorSummaryProps {
  /** By field, in the order of the form. */
  fields: Readonly<Record<string, string>>
  message?: string | null
}

/** What is wrong, first thing on the page, with a way to each field. Takes the focus, scripts or not. */
export function ErrorSummary({ fields, message }: ErrorSummaryProps) {
  const errors = Object.entries(fields)
  const count = errors.length === 1 ? 'Une erreur' : `${errors.length} erreurs`
  return (
    <Focused>
      <Alert kind="error" title={message ?? `${count} dans le formulaire`} live>
        {errors.length > 0 && (
          <ul>
            {errors.map(([name, error]) => (
              <li key={name}>
                <a href={`#${name}`}>{error}</a>
              </li>
            ))}
          </ul>
        )}
      </Alert>
    </Focused>
  )
}

/** Where reading starts after an act: the browser itself puts the focus here. */
export function Focused({ children }: { children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-autofocus -- the answer to an act is read first (RGAA 11.10)
    <div className="msj-focused" tabIndex={-1} autoFocus>
      {children}
    </div>
  )
}
