/** The form of an action, made from its command's input: fields, errors beside them, draft, stale version. */
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Link } from 'react-router-dom'
import { civilOf, isCivilDate, type CivilDate } from '../../resources/shared/civil-time'
import { formatShortDate } from '../../resources/shared/french'
import { lookUpOptions, type Failure } from '../client/client'
import { act, type DoneWith } from '../client/action'
import { useAgent } from '../client/agent'
import { useDraft } from '../client/draft'
import type { FormField } from '../define/form'
import type { Option } from '../define/list'
import type { Way } from '../define/action'
import type { ActionWords } from '../define/wire'
import { foreseenNeeds, type ForeseenName } from '../screens/names'
import { useQuery } from '../client/query'
import { Alert } from '../ui/alert'
import { Button } from '../ui/button'
import { Card } from '../ui/card'
import { Checkbox } from '../ui/checkbox'
import { Combobox } from '../ui/combobox'
import { DateField } from '../ui/date-field'
import { ErrorText } from '../ui/error-text'
import { Field, fieldAnchor } from '../ui/field'
import { focusFirstError } from '../ui/focus'
import styles from './action-form.module.css'
import { changedMeanwhile, DraftKept, RefusalNote } from './form-parts'
import { typedMoment } from './typed-moment'

/** What a form starts from: the answer of the action's `read`. */
export interface FormStart {
  /** Of the record as it was read: a change that came since is told, not undone. */
  version?: string
  /** By name of field; those that are not asked are sent back as they are. */
  values?: Readonly<Record<string, FormValue>>
  /** The choices of a field that depend on the record or on the agent. */
  options?: Readonly<Record<string, readonly Option[]>>
  /** What the references of `values` are called. */
  labels?: Readonly<Record<string, string>>
  /** The fields that this record needs, though the command takes another without. */
  required?: readonly string[]
  /** The fields that are not asked of this agent. */
  notAsked?: readonly string[]
}
type FormValue = string | number | boolean | null | readonly (string | number)[]
type Typed = Readonly<Record<string, FormValue>>

/** What was typed, and over which version: a field that was not touched follows the record when it is read again. */
interface TypedOver {
  version: string | null
  changes: Typed
}
const untouched: TypedOver = { version: null, changes: {} }

export function ActionForm({
  resource,
  action,
  target,
  words,
  start,
  about,
  leadsTo,
  onReload,
  onDone,
  onLeave,
  below,
}: {
  resource: string
  action: string
  target: string | readonly string[] | undefined
  words: ActionWords
  start: FormStart
  /** What the act concerns: how many, until when. */
  about: string | null
  leadsTo: Way | null
  /** Reads the record again: somebody else has changed it. */
  onReload: () => void
  onDone: (done: DoneWith<unknown>) => void
  onLeave: () => void
  /** Under the fields, of what is typed in them. */
  below?: (values: Typed) => ReactNode
}) {
  // A password is kept nowhere, in no browser.
  const secret = words.fields.some(({ kind }) => kind === 'password')
  const draft = useDraft(secret ? null : `${resource}.${action}.${String(target ?? '')}`, untouched)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  /** Changed since: what was refused of them is no longer there. */
  const [corrected, setCorrected] = useState<readonly string[]>([])
  const form = useRef<HTMLFormElement>(null)
  // Once the refusal is drawn: before, the fields marked are those that were wrong the time before.
  useEffect(() => {
    if (refusal) focusFirstError(form.current)
  }, [refusal])
  const today = civilOf(new Date(), useAgent().organization.timeZone).date
  const { changes } = draft.value
  const version = draft.value.version ?? start.version
  const values: Typed = {
    ...Object.fromEntries(words.fields.map((field) => [field.name, blankOf(field, start)])),
    ...changes,
  }
  const fields = words.fields.filter((field) => isAsked(field, start))
  const overtaken = refusal !== null && changedMeanwhile(refusal)
  const change = (name: string, value: FormValue) => {
    setCorrected((before) => [...before, name])
    draft.setValue((before) => ({
      version: before.version ?? start.version ?? null,
      changes: { ...before.changes, [name]: value },
    }))
  }

  const input = {
    ...start.values,
    ...values,
    ...Object.fromEntries(
      words.fields.flatMap(({ name, kind }) => {
        const moment = typedMoment(kind, String(values[name] ?? ''), today)
        return moment ? [[name, moment.value]] : []
      }),
    ),
    ...(version !== undefined && { version }),
  }
  const needs: readonly string[] | 'all' = words.foreseen ? foreseenNeeds[words.foreseen] : []
  const isForeseeable = fields.every(
    (field) =>
      !isRequired(field, start) ||
      (needs !== 'all' && !needs.includes(field.name)) ||
      (values[field.name] ?? '') !== '',
  )
  const errors = refusal?.fieldErrors ?? {}

  const submit = async () => {
    setBusy(true)
    const answer = await act(resource, action, target, input)
    setBusy(false)
    if (!answer.ok) {
      setRefusal(answer)
      setCorrected([])
      // Told what changed meanwhile, whoever sends again has read it.
      if (changedMeanwhile(answer)) {
        draft.setValue({ version: null, changes })
        onReload()
      }
      return
    }
    draft.clear()
    onDone(answer)
  }

  return (
    <form
      className={styles.form}
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void submit()
      }}
    >
      <Card
        label={words.title}
        footer={
          <div className="cluster">
            <Button
              type="submit"
              look={words.look === 'danger' ? 'danger solid' : 'main'}
              busy={busy}
              data-key="main"
            >
              {words.submit}
            </Button>
            <Button onClick={onLeave}>Renoncer</Button>
            <DraftKept
              draft={draft}
              onStartAgain={() => {
                draft.clear(untouched)
                setRefusal(null)
              }}
            />
          </div>
        }
      >
        {refusal && (
          <RefusalNote
            refusal={refusal}
            tone={overtaken ? 'warn' : 'bad'}
            {...(overtaken && { labels: Object.fromEntries(fields.map(({ name, label }) => [name, label])) })}
          />
        )}
        {about && <p className={styles.about}>{about}</p>}
        {leadsTo && (
          <p>
            <Link to={leadsTo.to}>{leadsTo.text}</Link>
          </p>
        )}
        {fields.map((field) => (
          <FormControl
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            start={start}
            today={today}
            error={corrected.includes(field.name) ? undefined : errors[field.name]}
            onChange={(value) => change(field.name, value)}
          />
        ))}
        {words.foreseen && (
          <Foreseen
            name={words.foreseen}
            input={isForeseeable ? { ...input, ...(words.idField && { [words.idField]: target }) } : null}
          />
        )}
        {below?.(values)}
      </Card>
    </form>
  )
}

/** What the act would do of what is typed so far; what refuses it is said when it is asked for. */
function Foreseen({ name, input }: { name: ForeseenName; input: object | null }) {
  const { data } = useQuery(name, input as never, { delay: 400 })
  return (
    <div role="status">
      {input && data && (
        <Alert tone="info" title="Ce qui va changer">
          <ul>
            {data.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Alert>
      )}
    </div>
  )
}

/** A choice of one is no question. */
const isAsked = ({ name }: FormField, { options, values, notAsked }: FormStart) =>
  !notAsked?.includes(name) &&
  !(options?.[name]?.length === 1 && String(values?.[name]) === options[name][0]?.value)

/** A choice that starts with a value is not left without one. */
const isRequired = ({ name, kind, required }: FormField, { options, values, required: needed }: FormStart) =>
  required || needed?.includes(name) || (kind !== 'several' && Boolean(options?.[name] && values?.[name]))

const blankOf = ({ name, kind }: FormField, { values }: FormStart): FormValue =>
  values?.[name] ?? (kind === 'checkbox' ? false : kind === 'several' ? [] : '')

function FormControl({
  field,
  value,
  start,
  today,
  error,
  onChange,
}: {
  field: FormField
  value: FormValue
  start: FormStart
  today: CivilDate
  error: string | undefined
  onChange: (value: FormValue) => void
}) {
  const { name, kind, label, hint, max, of, autoComplete } = field
  const required = isRequired(field, start)
  const options = start.options?.[name] ?? field.options
  if (kind === 'checkbox')
    return (
      <Checkbox name={name} field={name} checked={value === true} error={error} onChange={onChange}>
        {label}
      </Checkbox>
    )
  if (kind === 'several') {
    const chosen = Array.isArray(value) ? value.map(String) : []
    return (
      <fieldset
        id={fieldAnchor(name)}
        className="stack"
        aria-describedby={error ? `${name}-error` : undefined}
        data-invalid={error ? '' : undefined}
      >
        <legend>{label}</legend>
        {hint && <p className="hint">{hint}</p>}
        {error && <ErrorText id={`${name}-error`}>{error}</ErrorText>}
        {options.map((option) => (
          <Checkbox
            key={option.value}
            name={name}
            checked={chosen.includes(option.value)}
            onChange={(ticked) =>
              onChange(ticked ? [...chosen, option.value] : chosen.filter((other) => other !== option.value))
            }
          >
            {option.label}
          </Checkbox>
        ))}
      </fieldset>
    )
  }
  if (kind === 'reference' && of && !start.options?.[name])
    return (
      <Combobox
        name={name}
        label={label}
        required={required}
        optional={!required}
        hint={hint ?? undefined}
        error={error}
        lookup={of}
        load={(text, signal) => lookUpOptions(of, text, signal)}
        value={value === '' || value === null ? null : String(value)}
        text={start.labels?.[name] ?? ''}
        onChange={(chosen) => onChange(chosen ?? '')}
      />
    )
  const text = value === null ? '' : String(value)
  const moment = typedMoment(kind, text, today)
  return (
    <Field
      name={name}
      label={label}
      required={required}
      optional={!required}
      hint={hint}
      fine={moment?.words}
      error={error}
    >
      {(control) =>
        kind === 'date' ? (
          <DateField
            field={control}
            name={name}
            date={moment?.value ?? null}
            today={today}
            maxLength={100}
            value={isCivilDate(text) ? formatShortDate(text) : text}
            onPick={(day) => onChange(formatShortDate(day))}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : kind === 'choice' || kind === 'reference' ? (
          <select {...control} name={name} value={text} onChange={(event) => onChange(event.target.value)}>
            {(!required || text === '') && <option value="">{required ? 'Choisir' : 'Aucun'}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        ) : kind === 'long' ? (
          <textarea
            {...control}
            name={name}
            maxLength={max}
            rows={6}
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <input
            {...control}
            name={name}
            maxLength={max}
            type={inputTypes[kind] ?? 'text'}
            autoComplete={autoComplete ?? 'off'}
            spellCheck={false}
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  )
}

const inputTypes: Readonly<Record<string, string>> = { phone: 'tel', email: 'email', password: 'password' }
