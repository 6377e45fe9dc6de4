import { useId, useState } from 'react'
import { Link, useLocation } from 'react-router-dom'
import { seatGoneWords } from '../../../resources/hearing-exit/fr'
import type { DeskType } from '../../../resources/hearing-exit/schema'
import { formatBirth, formatDay, formatHour, fullName } from '../../../resources/shared/french'
import { namesTyped } from '../../../resources/shared/names'
import type { AgentActor } from '../../../resources/shared/actor'
import { isExecutionOffice } from '../../../resources/shared/rights'
import { useAction } from '../../client/action'
import { useAgent } from '../../client/agent'
import { useQuery } from '../../client/query'
import { RefusalNote } from '../../forms/form-parts'
import { factsOf } from '../../forms/person-search'
import { useNotify } from '../../frame/notice'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { Button, ButtonLink } from '../../ui/button'
import { Checkbox } from '../../ui/checkbox'
import { Field } from '../../ui/field'
import { focusNext } from '../../ui/focus'
import { ExpandedRow } from '../../ui/table'
import { usePanel } from '../../ui/use-popup'
import { bringing, stillRefused } from '../book/state'
import type { Shown } from './data'
import { Foreseen } from './foreseen'
import { otherSeats, type InHand, type OpenForm, type Seat } from './in-hand'
import styles from './desk.module.css'

const searchedBy = (agent: AgentActor) =>
  isExecutionOffice(agent)
    ? 'Nom, portable, naissance, n° APPI ou de parquet'
    : 'Nom, portable, naissance ou n° APPI'

interface SeatProps {
  seat: Seat
  form: OpenForm
  shown: Shown
  typeCode: DeskType
  inHand: InHand
}

/** "Qui convoquer ?": a person found by name or number, what the court asks, and it is done; or somebody new. */
export function BookSeat(props: SeatProps) {
  return (
    <ExpandedRow>
      <SeatForm {...props} />
    </ExpandedRow>
  )
}

// Within the row that opened: what is focused first is there when it is drawn.
function SeatForm({ seat, form, shown, typeCode, inHand }: SeatProps) {
  const { slot } = seat
  const close = () => inHand.close(slot.id)
  const field = usePanel<HTMLInputElement>(close)
  const name = useId()
  const agent = useAgent()
  const { pathname, search } = useLocation()
  const [typed, setTyped] = useState(form.typed)
  const notify = useNotify()
  const { busy, failure, setFailure, run } = useAction('Slot', 'bookSeat')
  const text = typed.text.trim()
  const wanted = text.length > 1 ? { text } : null
  const { data: found, loading } = useQuery('searchProbationers', wanted, { delay: 200 })
  // Who was found before is not who is typed now: nobody else is convoked in their place.
  const persons = wanted && !loading ? (found?.filter(({ mayBook }) => mayBook) ?? []) : []
  const chosen =
    persons.find(({ id }) => id === typed.personId) ?? (persons.length === 1 ? persons[0] : undefined)
  const asked = shown.columns.filter(({ moment }) => moment === 'at_booking')
  const errors = failure?.fieldErrors ?? {}
  const when = `${formatDay(seat.date)} à ${formatHour(slot.time)}`
  const gone = slot.free > 0 ? null : !slot.isOpen ? 'closed' : slot.whyNot === 'past' ? 'past' : 'full'
  const change = (part: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...part }))
  // What was accepted, or refused, of the hour of somebody is not of somebody else.
  const changePerson = (part: Partial<Pick<typeof typed, 'text' | 'personId'>>) => {
    change({ ...part, keepOverlap: false })
    setFailure((before) => stillRefused(before, { keepOverlap: false }))
  }
  // Who the line has told of; nobody is convoked before.
  const [toldOf, setToldOf] = useState<number | null>(null)
  const ready = chosen !== undefined && gone === null && toldOf === chosen.id

  const submit = async () => {
    if (!ready || busy) return
    const { prosecutionNumber, cells, keepOverlap, requestKey, inform } = typed
    const answer = await run(slot.id, {
      ...{ probationerId: chosen.id, prosecutionNumber, cells, keepOverlap, requestKey, inform },
    })
    if (!answer.ok) return
    notify({ tone: 'ok', title: `${fullName(chosen)}\u00a0: convocation ${when}.` })
    inHand.done(seat, answer.result.id)
    // The button that opened the form is gone with the last seat.
    focusNext(
      () =>
        document.activeElement === document.body
          ? document.querySelector<HTMLElement>(`[data-paper="${answer.result.id}"]`)
          : null,
      120,
    )
  }
  const seatInAddress = new URLSearchParams({
    ...{ typeCode, placeId: String(shown.placeId), slotId: String(slot.id) },
  })
  return (
    <form
      className={styles.panel}
      aria-label={`Convoquer ${when}`}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <p>
        <b>Qui convoquer {when}&nbsp;?</b>
      </p>
      {gone ? (
        <SeatGone
          title={seatGoneWords[gone]}
          others={otherSeats(shown.days, seat, inHand.forms)}
          onChoose={(other) => inHand.move(seat, other, typed)}
        />
      ) : (
        failure && !errors.keepOverlap && <RefusalNote refusal={failure} />
      )}
      <div className={styles.thirds}>
        <div className="stack">
          <Field label="Personne" hint={searchedBy(agent)}>
            {(described) => (
              <input
                {...described}
                ref={field}
                type="search"
                autoComplete="off"
                spellCheck={false}
                maxLength={100}
                value={typed.text}
                onChange={(event) => changePerson({ text: event.target.value })}
              />
            )}
          </Field>
          {persons.length > 0 && (
            <ul className={styles.persons} aria-label="Personnes trouvées">
              {persons.map((person) => (
                <li key={person.id}>
                  <Checkbox
                    type="radio"
                    name={name}
                    checked={chosen?.id === person.id}
                    onChange={() => changePerson({ personId: person.id })}
                  >
                    <b>{fullName(person)}</b>
                    {person.dateOfBirth && `, ${formatBirth(person.dateOfBirth)}`}
                    <span className="subline">{factsOf(person)}</span>
                  </Checkbox>
                </li>
              ))}
            </ul>
          )}
          <div role="status">
            {wanted && !loading && persons.length === 0 && (
              <p>Aucune personne de ce nom à convoquer dans votre ressort.</p>
            )}
          </div>
        </div>
        <div className="stack">
          {chosen && !gone ? (
            <Foreseen
              key={chosen.id}
              person={chosen}
              seat={{ slotId: slot.id, placeId: shown.placeId, typeCode }}
              {...{ typed, errors }}
              onChange={change}
              onTold={setToldOf}
            />
          ) : (
            <p className="hint">Les SMS s’affichent ici dès que la personne est choisie.</p>
          )}
        </div>
        <div className="stack">
          <div className={styles.fields}>
            <Field
              name="prosecutionNumber"
              label="N° de parquet (facultatif)"
              error={errors.prosecutionNumber}
            >
              {(field) => (
                <input
                  {...field}
                  maxLength={40}
                  value={typed.prosecutionNumber}
                  onChange={(event) => change({ prosecutionNumber: event.target.value })}
                />
              )}
            </Field>
            {asked.map((column) => (
              <Field key={column.id} label={column.name} error={errors[`cells.${column.id}`]}>
                {(field) => (
                  <input
                    {...field}
                    type={column.dataType === 'date' ? 'date' : 'text'}
                    maxLength={200}
                    value={typed.cells[column.id] ?? ''}
                    onChange={(event) =>
                      change({ cells: { ...typed.cells, [column.id]: event.target.value } })
                    }
                  />
                )}
              </Field>
            ))}
          </div>
          <div className="cluster">
            <Button type="submit" look="main" busy={busy} disabled={!ready}>
              {chosen ? `Convoquer ${fullName(chosen)}` : 'Convoquer'}
            </Button>
            <ButtonLink
              to={`${paths.registerAndConvoke}?${seatInAddress.toString()}`}
              state={{
                ...bringing({
                  person: namesTyped(typed.text),
                  appointment: {
                    prosecutionNumber: typed.prosecutionNumber,
                    cells: typed.cells,
                    inform: typed.inform,
                  },
                }),
                desk: pathname + search,
              }}
              icon="plus"
            >
              Nouvelle personne
            </ButtonLink>
            <Button onClick={close}>Fermer</Button>
            <Link className="hint" to={paths.probationers}>
              Chercher dans la liste
            </Link>
          </div>
        </div>
      </div>
    </form>
  )
}

/** Somebody else was quicker: what is typed goes to another seat. */
function SeatGone({
  title,
  others,
  onChoose,
}: {
  title: string
  others: readonly Seat[]
  onChoose: (other: Seat) => void
}) {
  return (
    <Alert tone="warn" announce="alert" title={title}>
      <p>
        {others.length > 0
          ? 'Ce que vous avez saisi est gardé. Prendre une autre place\u00a0:'
          : 'Ce que vous avez saisi est gardé. Il n’y a plus de place libre ce mois-ci dans cet agenda.'}
      </p>
      {others.length > 0 && (
        <div className="cluster">
          {others.map((other) => (
            <Button key={other.slot.id} onClick={() => onChoose(other)}>
              {formatDay(other.date)} à {formatHour(other.slot.time)}
            </Button>
          ))}
        </div>
      )}
    </Alert>
  )
}
