import { useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router-dom'
import { civilOf, isCivilDate, type CivilDate } from '../../../resources/shared/civil-time'
import {
  count,
  formatDay,
  formatHour,
  parseTypedDate,
  parseTypedTime,
} from '../../../resources/shared/french'
import { useAction, useOpened, type OpenedData } from '../../client/action'
import { useAgent } from '../../client/agent'
import type { Failure } from '../../client/client'
import { useDraft } from '../../client/draft'
import { useQuery } from '../../client/query'
import { DraftKept, RefusalNote } from '../../forms/form-parts'
import { EmptyPage } from '../../frame/failures'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { DateField } from '../../ui/date-field'
import { Field } from '../../ui/field'
import { focusFirstError } from '../../ui/focus'
import { Page } from '../../ui/page'
import { asLines, Foreseen, PeopleTouched, type Decisions } from './people-touched'
import styles from './closure.module.css'

const crumbs = [{ label: 'Fermetures', href: paths.resource('Closure') }]
const title = 'Fermer une période'

/** What closes, and when; then who is convoked there, with a new date each: nothing leaves before the button. */
export function ClosePeriod() {
  const { data: opened, failure, reload } = useOpened('Closure', 'new')
  if (!opened || failure)
    return <EmptyPage title={title} crumbs={crumbs} what="cette page" failure={failure} onRetry={reload} />
  return <ClosingForm start={opened.data} />
}

function ClosingForm({ start: { scopes } }: { start: OpenedData<'Closure', 'new'> }) {
  // The calendar says what closes and when.
  const [asked] = useSearchParams()
  const askedDay = asked.get('date') ?? ''
  const options = scopes.flatMap((group) => group.options)
  const askedScope = asked.get('scope') ?? ''
  const blank = () => ({
    scope:
      options.find(({ value }) => value === askedScope)?.value ??
      (options.length === 1 ? (options[0]?.value ?? '') : ''),
    from: isCivilDate(askedDay) ? formatDay(askedDay) : '',
    ...{ to: '', fromTime: '', toTime: '', reason: '' },
    decisions: {} as Decisions,
    requestKey: crypto.randomUUID(),
  })
  const draft = useDraft(`fermer ${askedScope} ${askedDay}`, blank())
  const { scope, decisions, requestKey, ...period } = draft.value
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const navigate = useNavigate()
  const { busy, run } = useAction('Closure', 'new')
  const today = civilOf(new Date(), useAgent().organization.timeZone).date
  const [first, last] = [period.from, period.to].map((text) => parseTypedDate(text, today))
  const [fromTime, toTime] = [period.fromTime, period.toTime].map((text) => parseTypedTime(text))

  const input = {
    scope,
    firstDate: first ?? period.from,
    lastDate: period.to && (last ?? period.to),
    fromTime: period.fromTime && (fromTime ?? period.fromTime),
    toTime: period.toTime && (toTime ?? period.toTime),
  }
  const {
    data: preview,
    failure: foreseen,
    loading,
  } = useQuery('previewClosure', scope && period.from ? input : null, {
    delay: 400,
  })
  // What is wrong of a field is said beside it, while it is typed.
  const told = refusal ?? (foreseen && Object.keys(foreseen.fieldErrors).length === 0 ? foreseen : null)
  const people = new Set(preview?.lines.map(({ probationerId }) => probationerId)).size
  const errors = refusal?.fieldErrors ?? foreseen?.fieldErrors ?? {}
  const change = (part: Partial<typeof draft.value>) => {
    setRefusal(null)
    draft.setValue((before) => ({ ...before, ...part }))
  }

  const submit = async () => {
    setRefusal(null)
    if (foreseen) return focusFirstError(form.current)
    const answer = await run({
      ...input,
      reason: period.reason,
      lines: preview ? asLines(preview.lines, decisions) : [],
      requestKey,
    })
    if (answer.ok) {
      draft.clear()
      navigate(paths.record('Closure', answer.result.closureId), {
        state: { notice: { title: answer.notice } },
      })
      return
    }
    // What was closed by this form is told: from here on it closes another period.
    if (answer.code === 'closure.already_closed') change({ requestKey: crypto.randomUUID() })
    setRefusal(answer)
    focusFirstError(form.current)
  }

  const days = (
    name: 'from' | 'to',
    label: string,
    understood: CivilDate | null | undefined,
    error?: string,
  ) => (
    <Field
      name={name === 'from' ? 'firstDate' : 'lastDate'}
      label={label}
      required={name === 'from'}
      optional={name === 'to'}
      fine={understood && formatDay(understood)}
      error={error}
    >
      {(field) => (
        <DateField
          field={field}
          date={understood ?? null}
          today={today}
          value={period[name]}
          onChange={(event) => change({ [name]: event.target.value })}
          onPick={(date) => change({ [name]: formatDay(date) })}
        />
      )}
    </Field>
  )
  const hour = (name: 'fromTime' | 'toTime', label: string, understood: string | null | undefined) => (
    <Field
      name={name}
      label={label}
      optional
      fine={understood && formatHour(understood)}
      error={errors[name]}
    >
      {(field) => (
        <input
          {...field}
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          value={period[name]}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Field>
  )

  return (
    <Page title={title} crumbs={crumbs}>
      <form
        ref={form}
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          // By its button alone: a key pressed in a field must not move anybody.
          event.preventDefault()
        }}
      >
        <Card
          label={title}
          footer={
            <div className="cluster">
              <Button
                look="main"
                // Who is touched is read before it is decided of.
                busy={busy || loading}
                data-key="main"
                onClick={() => void submit()}
              >
                {loading
                  ? 'Recherche des personnes…'
                  : preview && preview.lines.length > 0
                    ? 'Fermer et prévenir'
                    : 'Fermer la période'}
              </Button>
              <ButtonLink to={paths.resource('Closure')}>Renoncer</ButtonLink>
              <DraftKept draft={draft} onStartAgain={() => draft.clear(blank())} />
            </div>
          }
        >
          {told && <RefusalNote refusal={told} />}
          <Field name="scope" label="Ce qui ferme" required error={errors.scope}>
            {(field) => (
              <select
                {...field}
                value={scope}
                onChange={(event) => change({ scope: event.target.value, decisions: {} })}
              >
                {scope === '' && <option value="">Choisir</option>}
                {scopes.map((group) => (
                  <optgroup key={group.label} label={group.label}>
                    {group.options.map((option) => (
                      <option key={option.value} value={option.value}>
                        {option.label}
                      </option>
                    ))}
                  </optgroup>
                ))}
              </select>
            )}
          </Field>
          <div className={styles.period}>
            {days('from', 'Du', first, errors.firstDate)}
            {days('to', 'Au, compris', last, errors.lastDate)}
            {hour('fromTime', 'À partir de', fromTime)}
            {hour('toTime', 'Jusqu’à', toTime)}
          </div>
          <Field
            name="reason"
            label="Raison"
            optional
            hint="Pour les agents, jamais dans le SMS. Rien sur la santé de quiconque."
            error={errors.reason}
          >
            {(field) => (
              <input
                {...field}
                maxLength={120}
                autoComplete="off"
                value={period.reason}
                onChange={(event) => change({ reason: event.target.value })}
              />
            )}
          </Field>
          <div role="status">
            {preview && (
              <Alert
                tone={preview.lines.length > 0 ? 'warn' : 'info'}
                title={touchedWords({ slots: preview.slots, people, appointments: preview.lines.length })}
              >
                <p>Rien n’est envoyé avant votre validation.</p>
              </Alert>
            )}
          </div>
          {preview && preview.lines.length > 0 && (
            <>
              <PeopleTouched
                lines={preview.lines}
                decisions={decisions}
                onDecide={(decisions) => change({ decisions })}
              />
              <Foreseen lines={preview.lines} decisions={decisions} />
            </>
          )}
        </Card>
      </form>
    </Page>
  )
}

/** An absence closes no slot: then people alone are told of. */
function touchedWords({ slots, people, appointments }: Record<'slots' | 'people' | 'appointments', number>) {
  const told =
    appointments === 0
      ? 'personne n’est convoqué'
      : count(people, 'personne est convoquée', 'personnes sont convoquées') +
        (appointments > people ? ` (${count(appointments, 'convocation')})` : '')
  return slots > 0
    ? `${count(slots, 'créneau sera fermé', 'créneaux seront fermés')}, ${told}`
    : told.charAt(0).toUpperCase() + told.slice(1)
}
