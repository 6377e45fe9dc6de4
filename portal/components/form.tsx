import type { ReactNode } from 'react'
import { Alert } from './alert'
import { Icon } from './icon'

interface FieldProps {
  name: string
  label: string
  hint?: ReactNode
  type?: 'text' | 'email' | 'password' | 'tel'
  inputMode?: 'numeric' | 'tel'
  autoComplete?: string
  maxLength?: number
  /** What was typed, when the form is drawn again. */
  value?: string
  error?: string
  readOnly?: boolean
  /** May be left blank; its label says so. */
  optional?: boolean
  /** Beside the label; what helps is then below both. */
  aside?: ReactNode
}

/** A field, its words above, its error below, tied for those who hear the page. */
export function Field({
  name,
  label,
  hint,
  type = 'text',
  value,
  error,
  readOnly,
  optional,
  aside,
  ...input
}: FieldProps) {
  const describedBy = [aside && hint && `${name}-hint`, error && `${name}-messages`].filter(Boolean).join(' ')
  return (
    <div className={`fr-input-group ${error ? 'fr-input-group--error' : ''}`}>
      <div className="msj-label-line">
        <label className="fr-label" htmlFor={name}>
          {label}
          {optional && ' (facultatif)'}
          {!aside && <Hint>{hint}</Hint>}
        </label>
        {aside}
      </div>
      {aside && hint && (
        <p className="fr-hint-text" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <input
        className="fr-input"
        id={name}
        name={name}
        type={type}
        defaultValue={value}
        readOnly={readOnly}
        required={!readOnly && !optional}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
        {...input}
      />
      <FieldError name={name} error={error} />
    </div>
  )
}

/** What helps to fill a field, below its label; apart from it where no style has come too. */
export function Hint({ children }: { children: ReactNode }) {
  return (
    children && (
      <>
        {' '}
        <span className="fr-hint-text">{children}</span>
      </>
    )
  )
}

/** A password, that JavaScript lets one read (portal/scripts/show-password.ts). */
export function PasswordField(props: Omit<FieldProps, 'type' | 'value' | 'readOnly' | 'aside'>) {
  const id = `${props.name}-shown`
  return (
    <Field
      {...props}
      type="password"
      aside={
        <label className="msj-show msj-scripted" htmlFor={id} data-shows={props.name}>
          <input id={id} type="checkbox" aria-label={`Afficher\u00a0: ${props.label}`} />
          Afficher
        </label>
      }
    />
  )
}

/** A box to tick, with its own words. */
export function Box({
  name,
  error,
  optional,
  ticked,
  children,
}: {
  name: string
  error?: string
  optional?: boolean
  /** As it was sent, when the form is drawn again. */
  ticked?: boolean
  children: ReactNode
}) {
  return (
    <div className={`msj-box ${error ? 'fr-input-group--error' : ''}`}>
      <input
        id={name}
        name={name}
        type="checkbox"
        required={!optional}
        defaultChecked={ticked}
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

type AreaProps = Pick<FieldProps, 'name' | 'label' | 'hint' | 'value' | 'error' | 'optional' | 'maxLength'>

/** A field of several lines. */
export function Area({ name, label, hint, value, error, optional, maxLength }: AreaProps) {
  return (
    <div className={`fr-input-group ${error ? 'fr-input-group--error' : ''}`}>
      <label className="fr-label" htmlFor={name}>
        {label}
        {optional && ' (facultatif)'}
        <Hint>{hint}</Hint>
      </label>
      <textarea
        className="fr-input"
        id={name}
        name={name}
        rows={6}
        defaultValue={value}
        required={!optional}
        maxLength={maxLength}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${name}-messages` : undefined}
      />
      <FieldError name={name} error={error} />
    </div>
  )
}

interface ChoiceProps extends Pick<FieldProps, 'name' | 'label' | 'hint' | 'value' | 'error'> {
  options: readonly { value: string; label: string }[]
}

/** One of a long list. */
export function Select({ name, label, hint, value, error, options }: ChoiceProps) {
  return (
    <div className={`fr-input-group ${error ? 'fr-input-group--error' : ''}`}>
      <label className="fr-label" htmlFor={name}>
        {label}
        <Hint>{hint}</Hint>
      </label>
      <select
        className="fr-input"
        id={name}
        name={name}
        defaultValue={value ?? ''}
        required
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${name}-messages` : undefined}
      >
        <option value="">Choisir</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <FieldError name={name} error={error} />
    </div>
  )
}

/** One of a few, all in sight. The way from the summary leads to the first. */
export function Choices({ name, label, hint, value, error, options }: ChoiceProps) {
  return (
    <Group name={name} legend={label} hint={hint} error={error}>
      {options.map((option, index) => {
        const id = index === 0 ? name : `${name}-${option.value}`
        return (
          <div className="msj-box" key={option.value}>
            <input
              id={id}
              name={name}
              type="radio"
              value={option.value}
              defaultChecked={option.value === value}
              required
            />
            <label className="fr-label" htmlFor={id}>
              {option.label}
            </label>
          </div>
        )
      })}
    </Group>
  )
}

interface GroupProps {
  name: string
  legend: string
  hint?: ReactNode
  error?: string | undefined
  children: ReactNode
}

/** Fields that answer one question, read with it. */
export function Group({ name, legend, hint, error, children }: GroupProps) {
  return (
    <fieldset
      className={`msj-group ${error ? 'fr-input-group--error' : ''}`}
      aria-labelledby={error ? `${name}-legend ${name}-group-messages` : `${name}-legend`}
    >
      <legend className="fr-label" id={`${name}-legend`}>
        {legend}
        <Hint>{hint}</Hint>
      </legend>
      {children}
      <FieldError name={`${name}-group`} error={error} />
    </fieldset>
  )
}

/** A field that nobody sees, hears nor reaches: programs fill it. */
export function Trap() {
  return (
    <div className="msj-trap" aria-hidden="true">
      <label htmlFor="trap">Laissez ce champ vide</label>
      <input id="trap" name="trap" type="text" tabIndex={-1} autoComplete="off" />
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
