/** The form of an action, made from its command's input: fields, errors beside them, draft, stale version. */
import { useRef, useState } from 'react'
import { lookUpOptions, type Failure } from '../client/client'
import { act, type DoneWith } from '../client/action'
import { useDraft } from '../client/draft'
import type { FormField } from '../define/form'
import type { Option } from '../define/list'
import type { ActionWords } from '../define/wire'
import { Button } from '../ui/button'
import { Card } from '../ui/card'
import { Checkbox } from '../ui/checkbox'
import { Combobox } from '../ui/combobox'
import { Field } from '../ui/field'
import { focusFirstError } from '../ui/focus'
import { DraftKept, RefusalNote } from './form-parts'

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
  /** The fields that are not asked of this agent. */
  notAsked?: readonly string[]
}
type FormValue = string | number | boolean | null | readonly (string | number)[]
type Typed = Readonly<Record<string, FormValue>>

export function ActionForm({
  resource,
  action,
  target,
  words,
  start,
  onDone,
  onLeave,
}: {
  resource: string
  action: string
  target: string | readonly string[] | undefined
  words: ActionWords
  start: FormStart
  onDone: (done: DoneWith<unknown>) => void
  onLeave: () => void
}) {
  const blank: Typed = Object.fromEntries(words.fields.map((field) => [field.name, blankOf(field, start)]))
  // A password is kept nowhere, in no browser.
  const secret = words.fields.some(({ kind }) => kind === 'password')
  const draft = useDraft<Typed>(secret ? null : `${resource}.${action}.${String(target ?? '')}`, blank)
  const [busy, setBusy] = useState(false)
  const [version, setVersion] = useState(start.version)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const errors = refusal?.fieldErrors ?? {}
  const change = (name: string, value: FormValue) =>
    draft.setValue((before) => ({ ...before, [name]: value }))

  const submit = async () => {
    setBusy(true)
    const answer = await act(resource, action, target, {
      ...start.values,
      ...draft.value,
      ...(version !== undefined && { version }),
    })
    setBusy(false)
    if (!answer.ok) {
      setRefusal(answer)
      // Told what changed meanwhile, whoever sends again has read it.
      if (answer.code?.startsWith('record.changed_meanwhile')) setVersion(String(answer.params?.version))
      focusFirstError(form.current)
      return
    }
    draft.clear()
    onDone(answer)
  }

  return (
    <form
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
                draft.clear(blank)
                setRefusal(null)
              }}
            />
          </div>
        }
      >
        {refusal && <RefusalNote refusal={refusal} />}
        {words.fields
          .filter((field) => isAsked(field, start))
          .map((field) => (
            <FormControl
              key={field.name}
              field={field}
              value={draft.value[field.name] ?? ''}
              start={start}
              error={errors[field.name]}
              onChange={(value) => change(field.name, value)}
            />
          ))}
      </Card>
    </form>
  )
}

/** A choice of one is no question. */
const isAsked = ({ name }: FormField, { options, values, notAsked }: FormStart) =>
  !notAsked?.includes(name) && !(options?.[name]?.length === 1 && values?.[name] === options[name][0]?.value)

const blankOf = ({ name, kind }: FormField, { values }: FormStart): FormValue =>
  values?.[name] ?? (kind === 'checkbox' ? false : kind === 'several' ? [] : '')

function FormControl({
  field,
  value,
  start,
  error,
  onChange,
}: {
  field: FormField
  value: FormValue
  start: FormStart
  error: string | undefined
  onChange: (value: FormValue) => void
}) {
  const { name, kind, label, hint, required, max, of, autoComplete } = field
  const options = start.options?.[name] ?? field.options
  if (kind === 'checkbox')
    return (
      <Checkbox name={name} checked={value === true} error={error} onChange={onChange}>
        {label}
      </Checkbox>
    )
  if (kind === 'several') {
    const chosen = Array.isArray(value) ? value.map(String) : []
    return (
      <fieldset>
        <legend>{label}</legend>
        {hint && <p className="hint">{hint}</p>}
        {options.map((option) => (
          <Checkbox
            key={option.value}
            name={name}
            checked={chosen.includes(option.value)}
            error={error}
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
        label={label}
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
  return (
    <Field label={label} optional={!required} hint={hint} error={error}>
      {(control) =>
        kind === 'choice' || kind === 'reference' ? (
          <select
            {...control}
            name={name}
            required={required}
            value={text}
            onChange={(event) => onChange(event.target.value)}
          >
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
            required={required}
            maxLength={max}
            rows={4}
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <input
            {...control}
            name={name}
            required={required}
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
