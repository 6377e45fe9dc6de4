import { useId, useState } from 'react'
import { Link } from 'react-router-dom'
import type { DeskType } from '../../../resources/hearing-exit/schema'
import { formatBirth, fullName } from '../../../resources/shared/french'
import type { AgentActor } from '../../../resources/shared/actor'
import { isExecutionOffice } from '../../../resources/shared/rights'
import { useAction } from '../../client/action'
import { useAgent } from '../../client/agent'
import { useQuery } from '../../client/query'
import { RefusalNote } from '../../forms/form-parts'
import { useNotify } from '../../frame/notice'
import { paths } from '../../paths'
import { Button, ButtonLink } from '../../ui/button'
import { Checkbox } from '../../ui/checkbox'
import { Field } from '../../ui/field'
import { ExpandedRow } from '../../ui/table'
import { usePanel } from '../../ui/use-popup'
import type { Shown, Slot } from './data'
import styles from './desk.module.css'

const searchedBy = (agent: AgentActor) =>
  isExecutionOffice(agent)
    ? 'Nom, portable, naissance, n° APPI ou de parquet'
    : 'Nom, portable, naissance ou n° APPI'

interface SeatProps {
  slot: Slot
  when: string
  shown: Shown
  typeCode: DeskType
  onClose: () => void
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
function SeatForm({ slot, when, shown, typeCode, onClose }: SeatProps) {
  const field = usePanel<HTMLInputElement>(onClose)
  const name = useId()
  const agent = useAgent()
  const [text, setText] = useState('')
  const [personId, choose] = useState<number | null>(null)
  const [prosecutionNumber, setProsecutionNumber] = useState('')
  const [cells, setCells] = useState<Record<string, string>>({})
  const [informNow, setInformNow] = useState(true)
  const [keepOverlap, setKeepOverlap] = useState(false)
  const [requestKey] = useState(() => crypto.randomUUID())
  const notify = useNotify()
  const { busy, failure, run } = useAction('Slot', 'bookSeat')
  const { data: found, loading } = useQuery(
    'searchProbationers',
    text.trim().length > 1 ? { text: text.trim() } : null,
    { delay: 200 },
  )
  const persons = found?.filter(({ mayBook }) => mayBook) ?? []
  const chosen = persons.find(({ id }) => id === personId) ?? (persons.length === 1 ? persons[0] : undefined)
  const asked = shown.columns.filter(({ moment }) => moment === 'at_booking')
  const errorOf = (field: string) => failure?.fieldErrors[field]

  const submit = async () => {
    if (!chosen || busy) return
    const answer = await run(slot.id, {
      ...{ probationerId: chosen.id, prosecutionNumber, cells, keepOverlap, requestKey },
      inform: informNow ? 'now' : 'reminder_only',
    })
    if (!answer.ok) return
    notify({ tone: 'ok', title: `${fullName(chosen)}\u00a0: convocation ${when}.` })
    onClose()
  }
  const toRegister = `${paths.registerAndConvoke}?${new URLSearchParams({ typeCode, placeId: String(shown.placeId), slotId: String(slot.id) }).toString()}`
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
      {failure && !errorOf('keepOverlap') && <RefusalNote refusal={failure} />}
      <div className={styles.fields}>
        <Field label="Personne" hint={searchedBy(agent)}>
          {(described) => (
            <input
              {...described}
              ref={field}
              type="search"
              autoComplete="off"
              spellCheck={false}
              maxLength={100}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <Field label="N° de parquet (facultatif)" error={errorOf('prosecutionNumber')}>
          {(field) => (
            <input
              {...field}
              maxLength={40}
              value={prosecutionNumber}
              onChange={(event) => setProsecutionNumber(event.target.value)}
            />
          )}
        </Field>
        {asked.map((column) => (
          <Field key={column.id} label={column.name} error={errorOf(`cells.${column.id}`)}>
            {(field) => (
              <input
                {...field}
                type={column.dataType === 'date' ? 'date' : 'text'}
                maxLength={200}
                value={cells[column.id] ?? ''}
                onChange={(event) => setCells({ ...cells, [column.id]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      {persons.length > 0 && (
        <ul className={styles.persons} aria-label="Personnes trouvées">
          {persons.map((person) => (
            <li key={person.id}>
              <Checkbox
                type="radio"
                name={name}
                checked={chosen?.id === person.id}
                onChange={() => choose(person.id)}
              >
                <b>{fullName(person)}</b>
                {person.dateOfBirth && `, ${formatBirth(person.dateOfBirth)}`}
                <span className="subline">{person.organizations.join(', ')}</span>
              </Checkbox>
            </li>
          ))}
        </ul>
      )}
      <div role="status">
        {text.trim().length > 1 && !loading && persons.length === 0 && (
          <p>Aucune personne de ce nom à convoquer dans votre ressort.</p>
        )}
      </div>
      <Checkbox checked={informNow} onChange={setInformNow}>
        Prévenir maintenant par SMS, en plus du rappel s’il en part un
      </Checkbox>
      {errorOf('keepOverlap') && (
        <Checkbox checked={keepOverlap} error={errorOf('keepOverlap')} onChange={setKeepOverlap}>
          Garder l’heure
        </Checkbox>
      )}
      <div className="cluster">
        <Button type="submit" look="main" busy={busy} disabled={!chosen}>
          {chosen ? `Convoquer ${fullName(chosen)}` : 'Convoquer'}
        </Button>
        <ButtonLink to={toRegister} icon="plus">
          Nouvelle personne
        </ButtonLink>
        <Button onClick={onClose}>Fermer</Button>
        <Link className="hint" to={paths.probationers}>
          Chercher dans la liste
        </Link>
      </div>
    </form>
  )
}
