/**
 * The bricks of our screens: they write the classes of admin/theme/sheet.css. A screen is a `Page`
 * holding `Card`s; a form is `Field`s, each with its error beside it:
 *
 *   <Page title="Convocation" crumbs={[{ label: 'Convocations', href: '/admin/resources/Appointment' }]}>
 *     <Card title="La personne" step={1}>
 *       <Field label="Nom" error={errors.lastName}>
 *         {(field) => <input {...field} value={name} onChange={(event) => setName(event.target.value)} />}
 *       </Field>
 *     </Card>
 *   </Page>
 *
 * Field gives its control an id, `aria-describedby` and `aria-invalid`. `focusFirstError(form)` after
 * a refusal puts the cursor where the problem is. Queries and commands: components/api.ts.
 */
import { useEffect, useId, useRef, useState, type ButtonHTMLAttributes, type ReactNode } from 'react'
import { Link } from 'react-router-dom'
import type { Failure } from '../client/client'
import { Icon, type IconName } from './icon'
import { SupportLink } from '../frame/support'

export { Icon, type IconName }

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'off'

/** A screen: its title (also the window's), what leads to it, its acts, its content. */
export function Page({
  title,
  windowTitle = title,
  tag,
  lede,
  crumbs = [],
  actions,
  children,
}: {
  title: string
  /** Where the title would name a person: the window's title never does. */
  windowTitle?: string
  tag?: ReactNode
  lede?: ReactNode
  crumbs?: readonly { label: string; href: string }[]
  actions?: ReactNode
  children: ReactNode
}) {
  useEffect(() => {
    document.title = `${windowTitle} – Mon Suivi Justice`
  }, [windowTitle])
  return (
    <div className="page">
      <div className="head">
        <div>
          {crumbs.length > 0 && (
            <nav className="crumb" aria-label="Fil d’Ariane">
              {crumbs.map((crumb, index) => (
                <span key={crumb.href}>
                  {index > 0 && ' › '}
                  <Link to={crumb.href}>{crumb.label}</Link>
                </span>
              ))}
            </nav>
          )}
          <div className="row">
            <h1 tabIndex={-1}>{title}</h1>
            {tag}
          </div>
          {lede && <p className="lede">{lede}</p>}
        </div>
        {actions && <div className="row">{actions}</div>}
      </div>
      {children}
    </div>
  )
}

export function Card({
  title,
  step,
  aside,
  footer,
  flush = false,
  label,
  question = false,
  children,
}: {
  title?: ReactNode
  /** It asks one question: the keys of outcomes answer it while the focus is inside. */
  question?: boolean
  /** The number of a step, before the title. */
  step?: number
  /** At the end of the title line. */
  aside?: ReactNode
  footer?: ReactNode
  /** Without inner margins: for a table. */
  flush?: boolean
  /** Its accessible name when it shows no title. */
  label?: string
  children: ReactNode
}) {
  const id = useId()
  return (
    <section
      className="card"
      data-question={question ? '' : undefined}
      {...(title ? { 'aria-labelledby': id } : label ? { 'aria-label': label } : {})}
    >
      {title && (
        <header>
          {step !== undefined && <span className="step">{step}</span>}
          <h2 id={id}>{title}</h2>
          {aside && <div className="push">{aside}</div>}
        </header>
      )}
      {flush ? children : <div className="body col">{children}</div>}
      {footer && <footer>{footer}</footer>}
    </section>
  )
}

export interface FieldProps {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** A label, its control, and beside it the hint, what is understood, and the error. */
export function Field({
  label,
  optional = false,
  hint,
  fine,
  error,
  children,
}: {
  label: ReactNode
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
    <div className={error ? 'f err' : 'f'}>
      <label htmlFor={id}>
        {label} {optional && <span className="opt">facultatif</span>}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p className="hint" id={`${id}h`}>
          {hint}
        </p>
      )}
      {fine && !error && (
        <p className="fine" id={`${id}f`}>
          <Icon name="check" />
          {fine}
        </p>
      )}
      {error && (
        <p className="msg" id={`${id}e`}>
          <Icon name="warning" />
          {error}
        </p>
      )}
    </div>
  )
}

/** A box or a radio button with its words. */
export function Checkbox({
  type = 'checkbox',
  name,
  checked,
  disabled = false,
  error,
  onChange,
  children,
}: {
  type?: 'checkbox' | 'radio'
  name?: string
  checked: boolean
  disabled?: boolean
  error?: string | undefined
  onChange: (checked: boolean) => void
  children: ReactNode
}) {
  const id = useId()
  return (
    <div className={error ? 'f err' : 'f'}>
      <label className="tick">
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
      {error && (
        <p className="msg" id={`${id}e`}>
          <Icon name="warning" />
          {error}
        </p>
      )}
    </div>
  )
}

type ButtonLook = 'main' | 'danger' | 'danger solid' | 'quiet'

const classOf = (look: ButtonLook | undefined, big: boolean, wide: boolean) =>
  ['btn', look, big && 'big', wide && 'wide'].filter(Boolean).join(' ')

export function Button({
  look,
  icon,
  big = false,
  wide = false,
  busy = false,
  children,
  ...rest
}: {
  look?: ButtonLook
  icon?: IconName
  big?: boolean
  wide?: boolean
  /** Waiting for an answer: a second press does nothing, the focus stays. */
  busy?: boolean
} & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      {...rest}
      className={classOf(look, big, wide)}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : rest.onClick?.(event))}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

/** A link within the back office that looks like a button. */
export function ButtonLink({
  to,
  look,
  icon,
  big = false,
  wide = false,
  shortcut,
  children,
}: {
  to: string
  look?: ButtonLook
  icon?: IconName
  big?: boolean
  wide?: boolean
  /** The act it is for the keyboard: see shortcuts.tsx. */
  shortcut?: 'main' | 'book'
  children: ReactNode
}) {
  return (
    <Link to={to} className={classOf(look, big, wide)} data-key={shortcut}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  )
}

const toneIcon: Record<Tone, IconName> = {
  ok: 'check',
  warn: 'warning',
  bad: 'cross',
  info: 'info',
  off: 'forbidden',
}

/** A state: a word, a sign, then a colour. */
export function Tag({
  tone,
  icon = toneIcon[tone],
  children,
}: {
  tone: Tone
  icon?: IconName
  children: ReactNode
}) {
  return (
    <span className={`tag ${tone}`}>
      <Icon name={icon} />
      {children}
    </span>
  )
}

/**
 * A notice in place. `announce` reads it to screen readers when it appears: `status` politely,
 * `alert` at once. `focus` brings the focus to it, after an act.
 */
export function Alert({
  tone,
  title,
  icon = tone === 'bad' ? 'warning' : toneIcon[tone],
  announce,
  focus = false,
  children,
}: {
  tone: Tone
  title?: ReactNode
  icon?: IconName
  announce?: 'status' | 'alert'
  focus?: boolean
  children?: ReactNode
}) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (focus) element.current?.focus()
  }, [focus])
  return (
    <div ref={element} className={`note ${tone}`} role={announce} tabIndex={focus ? -1 : undefined}>
      <Icon name={icon} />
      {title && <b>{title}</b>}
      {children}
    </div>
  )
}

/** Pairs of a name and its value; pairs without a value are left out. */
export function DescriptionList({ pairs }: { pairs: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="pairs">
      {pairs
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

/** What happened, newest first. */
export function Timeline({
  events,
}: {
  events: readonly { key: number; id: string; icon: IconName; tone?: Tone; content: ReactNode }[]
}) {
  return (
    <ol className="line">
      {events.map((event) => (
        <li key={event.key} id={event.id} tabIndex={-1}>
          <span className={`dot ${event.tone ?? ''}`}>
            <Icon name={event.icon} />
          </span>
          <div>{event.content}</div>
        </li>
      ))}
    </ol>
  )
}

export interface Step {
  /** Says in words whether it was reached: "Partie", "Pas encore partie", "Pas partie". */
  label: string
  detail: ReactNode
  state: 'done' | 'waiting' | 'failed'
}
const stepIcons = { done: 'check', waiting: 'clock', failed: 'cross' } as const

/** The steps of a message: demandée, partie, reçue. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="way">
      {steps.map((step) => (
        <li key={step.label} className={step.state}>
          <b>
            <Icon name={stepIcons[step.state]} />
            {step.label}
          </b>
          {step.detail}
        </li>
      ))}
    </ol>
  )
}

/** The SMS as it will leave, or left. */
export function Sms({ text, characters, parts }: { text: string; characters?: number; parts?: number }) {
  return (
    <>
      <p className="sms">{text}</p>
      {characters !== undefined && parts !== undefined && (
        <p className="meter">
          <span className="track" aria-hidden="true">
            <i style={{ width: `${Math.min(100, Math.round((characters / 306) * 100))}%` }} />
          </span>
          <span>
            {characters} caractères · <b>{parts} SMS</b>
          </span>
        </p>
      )}
    </>
  )
}

/** A table that scrolls inside its own named region. Give cells explicit roles under `cards`. */
export function TableRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // Focusable, so that the keyboard scrolls it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll" tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  )
}

export function Empty({
  icon = 'calendar',
  title,
  children,
}: {
  icon?: IconName
  title: string
  children?: ReactNode
}) {
  return (
    <div className="empty">
      <Icon name={icon} />
      <p>
        <b>{title}</b>
      </p>
      {children}
    </div>
  )
}

/** Nothing under 300 ms, then grey lines of the right height; a sentence after 5 s. */
export function Loading({ what, lines = 4 }: { what: string; lines?: number }) {
  const [phase, setPhase] = useState<'still' | 'lines' | 'long'>('still')
  useEffect(() => {
    const timers = [setTimeout(() => setPhase('lines'), 300), setTimeout(() => setPhase('long'), 5_000)]
    return () => timers.forEach(clearTimeout)
  }, [])
  return (
    <div className="body col" role="status" aria-busy="true" style={{ minHeight: lines * 26 }}>
      {phase !== 'still' && (
        <>
          <span className="sr">{`Chargement\u00a0: ${what}`}</span>
          {Array.from({ length: lines }, (_, index) => (
            <div key={index} className="sk" style={{ width: `${[70, 100, 85, 60][index % 4]}%` }} />
          ))}
        </>
      )}
      {phase === 'long' && <p className="hint">C’est plus long que d’habitude. Merci de patienter.</p>}
    </div>
  )
}

/** Which part failed, that the rest works, a code for the support. */
export function FailureNote({
  what,
  failure,
  onRetry,
}: {
  what: string
  failure: Failure
  onRetry?: () => void
}) {
  return (
    <div className="empty" role="alert">
      <Icon name="warning" />
      <p>
        <b>{what}</b>
      </p>
      <p className="hint">{failure.message}</p>
      {failure.requestId && (
        <p className="hint">
          Si cela dure, <SupportLink>écrivez au support</SupportLink> avec ce code{'\u00a0'}:{' '}
          <b className="code">{failure.requestId}</b>
        </p>
      )}
      {onRetry && <Button onClick={onRetry}>Réessayer</Button>}
    </div>
  )
}

/** After a refusal: the cursor goes to the first field that has an error. */
export function focusFirstError(container: HTMLElement | null): void {
  focusNext(() => container?.querySelector('[aria-invalid="true"], [data-invalid] input'))
}

/** Brings the focus to what the render that follows an answer draws: at the next frame, or a few later. */
export function focusNext(find: () => HTMLElement | null | undefined): void {
  let frames = 0
  const look = () => {
    const next = find()
    if (next) next.focus()
    else if (frames++ < 30) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
