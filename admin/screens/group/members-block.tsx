import { useEffect, useRef, useState } from 'react'
import { mostInGroup } from '../../../resources/appointment/rules'
import { appointmentTypes } from '../../../resources/appointment-type/catalogue'
import { count, formatBirth, formatBriefDate, formatHour, fullName } from '../../../resources/shared/french'
import type { UnreachableReason } from '../../../resources/probationer/rules'
import type { ResultOf } from '../../client/client'
import { useQuery } from '../../client/query'
import type { Lookups } from '../../lookups'
import { Alert } from '../../ui/alert'
import { Button } from '../../ui/button'
import { Card } from '../../ui/card'
import { Checkbox } from '../../ui/checkbox'
import { ErrorText } from '../../ui/error-text'
import { focusNext } from '../../ui/focus'
import { Field, fieldAnchor } from '../../ui/field'
import { Tag } from '../../ui/tag'
import type { Errors } from '../book/state'
import styles from './group.module.css'

/** Somebody of the group: named as they were found, until their line is read. */
export interface Member {
  id: number
  name: string
  keepOverlap: boolean
}

type Line = ResultOf<Lookups['groupMembers']>[number]
export type Session = ResultOf<Lookups['earlierGroups']>[number]

const adding = fieldAnchor('persons') ?? ''

const labelOfType = (code: string) => appointmentTypes.find((type) => type.code === code)?.label ?? ''
const saidOf = ({ date, time, typeCode }: Session) =>
  `${formatBriefDate(date)} à ${formatHour(time)}, ${labelOfType(typeCode)}`

const withoutSms: Record<UnreachableReason, string> = {
  opted_out: 'refuse les SMS',
  no_phone: 'sans portable',
  dead_number: 'numéro à corriger',
  archived: 'archivée',
  limited: 'limitée',
}

/** Who comes: found one by one, or the group of an earlier session; what keeps each from coming, on their line. */
export function MembersBlock({
  step,
  members,
  lines,
  sessions,
  joined,
  errors,
  onChange,
}: {
  step: number
  members: readonly Member[]
  /** As they are read for this session; null until they are. */
  lines: readonly Line[] | null
  sessions: readonly Session[]
  /** The one that those who are added join. */
  joined: Session | undefined
  errors: Errors
  onChange: (change: (before: Member[]) => Member[]) => void
}) {
  const add = (found: readonly { id: number; name: string }[]) =>
    onChange((before) => [
      ...before,
      ...found
        .filter(({ id }) => !before.some((member) => member.id === id))
        .map((one) => ({ ...one, keepOverlap: false })),
    ])
  const remove = (ids: readonly number[]) => {
    onChange((before) => before.filter(({ id }) => !ids.includes(id)))
    // The button that was pressed goes with the line.
    focusNext(() => document.getElementById(adding)?.querySelector('input'))
  }
  const shown = members.map((member) => {
    const line = lines?.find(({ id }) => id === member.id)
    // Beside a choice that was not read yet, what was said of another hour is said no longer.
    const sentence = errors[member.id] ?? line?.why?.sentence
    const isKept = line?.why?.mayKeep === true && member.keepOverlap
    return { member, line, sentence, isKept }
  })
  // An overlap is not among them: it may be kept.
  const refused = shown.filter(({ sentence, line }) => sentence !== undefined && !line?.why?.mayKeep)
  const full = members.length >= mostInGroup
  return (
    <Card
      title="Les personnes"
      step={step}
      aside={
        <span role="status">{members.length > 0 && count(members.length, 'personne', 'personnes')}</span>
      }
    >
      {joined && (
        <Alert tone="info" announce="status" title="Une séance a déjà lieu à cette heure">
          <p>
            {count(joined.expected, 'personne y est attendue', 'personnes y sont attendues')}. Celles que vous
            ajoutez la rejoignent.
          </p>
        </Alert>
      )}
      <div id={adding} className="stack tight">
        {full ? (
          <p className="hint">{mostInGroup} personnes au plus à la fois.</p>
        ) : (
          <AddPerson taken={members.map(({ id }) => id)} error={errors.persons} onAdd={(one) => add([one])} />
        )}
      </div>
      {sessions.length > 0 && <EarlierGroup sessions={sessions} onAdd={add} />}
      {refused.length > 1 && (
        <Alert
          tone="warn"
          title={`${count(refused.length, 'personne ne peut pas être convoquée', 'personnes ne peuvent pas être convoquées')} à cette séance`}
        >
          <div className="cluster">
            <Button onClick={() => remove(refused.map(({ member }) => member.id))}>Les retirer</Button>
          </div>
        </Alert>
      )}
      {members.length > 0 && (
        <ul className={styles.members} aria-label="Personnes du groupe">
          {shown.map(({ member, line, sentence, isKept }) => (
            <li key={member.id}>
              <p className={styles.named}>
                <b>{line ? fullName(line) : member.name}</b>
                {line?.dateOfBirth && <span className="subline">{formatBirth(line.dateOfBirth)}</span>}
              </p>
              {line && line.sameDay.length > 0 && (
                <p className={`${styles.sameDay} hint`}>
                  Attendue aussi ce jour-là&nbsp;:{' '}
                  {line.sameDay
                    .map(({ time, placeName }) => `${formatHour(time)}, ${placeName}`)
                    .join('\u00a0; ')}
                </p>
              )}
              {line?.unreachable && !sentence && (
                <Tag tone="off" icon="warning">
                  {`Pas de SMS\u00a0: ${withoutSms[line.unreachable]}`}
                </Tag>
              )}
              <Button onClick={() => remove([member.id])} aria-label={`Retirer ${member.name}`}>
                Retirer
              </Button>
              {sentence && (
                <div className={styles.reason}>
                  {isKept ? <p>{sentence}</p> : <ErrorText>{sentence}</ErrorText>}
                  {line?.why?.mayKeep && (
                    <Checkbox
                      checked={member.keepOverlap}
                      onChange={(keepOverlap) =>
                        onChange((before) =>
                          before.map((one) => (one.id === member.id ? { ...one, keepOverlap } : one)),
                        )
                      }
                    >
                      Garder cette heure
                    </Checkbox>
                  )}
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

const shortestSearch = 2

/** The search of the top bar, for one more: Entrée adds who is alone to be found, else goes to the first. */
function AddPerson({
  taken,
  error,
  onAdd,
}: {
  taken: readonly number[]
  error: string | undefined
  onAdd: (person: { id: number; name: string }) => void
}) {
  const [text, setText] = useState('')
  const [entered, setEntered] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const wanted = text.trim().length >= shortestSearch ? { text: text.trim() } : null
  const { data, failure, loading } = useQuery('searchProbationers', wanted, { delay: 150 })
  // What was found before is not what is typed now.
  const found = wanted && !loading && !failure ? (data ?? []) : []
  const addable = found.filter(({ id, mayBook }) => mayBook && !taken.includes(id))
  const alone = addable.length === 1 ? addable[0] : undefined
  // Pressed before the answer came, Entrée is obeyed when it comes.
  const answered = entered && !loading
  useEffect(() => {
    if (!answered) return
    setEntered(false)
    if (!alone) return place.current?.querySelector<HTMLElement>('li button')?.focus()
    onAdd({ id: alone.id, name: fullName(alone) })
    setText('')
  }, [answered, alone, onAdd])
  return (
    <div className="stack tight" ref={place}>
      <Field label="Ajouter une personne" hint="Nom, portable, naissance ou n° APPI" error={error}>
        {(field) => (
          <input
            {...field}
            type="search"
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              setEntered(false)
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
              event.preventDefault()
              if (wanted) setEntered(true)
            }}
          />
        )}
      </Field>
      <div role="status">
        {wanted && !loading && found.length === 0 && (
          <p>{failure ? failure.message : 'Aucune fiche trouvée dans votre ressort.'}</p>
        )}
      </div>
      {found.length > 0 && (
        <ul className={styles.found} aria-label="Personnes trouvées">
          {found.map((person) => (
            <li key={person.id}>
              <p>
                <b>{fullName(person)}</b>
                {person.dateOfBirth && `, ${formatBirth(person.dateOfBirth)}`}
                <span className="subline">{person.organizations.join(', ')}</span>
              </p>
              {taken.includes(person.id) ? (
                <span className="hint">déjà dans le groupe</span>
              ) : person.mayBook ? (
                <Button
                  icon="plus"
                  aria-label={`Ajouter ${fullName(person)}`}
                  onClick={() => {
                    onAdd({ id: person.id, name: fullName(person) })
                    setText('')
                    // The button goes with what was found.
                    place.current?.querySelector('input')?.focus()
                  }}
                >
                  Ajouter
                </Button>
              ) : (
                <span className="hint">{person.archived ? 'archivée' : 'ne peut pas être convoquée'}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** « Reprendre le groupe de la séance du … »: those of it whom the agent may convoke. */
function EarlierGroup({
  sessions,
  onAdd,
}: {
  sessions: readonly Session[]
  onAdd: (found: readonly { id: number; name: string }[]) => void
}) {
  const [chosen, choose] = useState(0)
  const session = sessions[chosen] ?? sessions[0]
  if (!session) return null
  return (
    <div className={styles.earlier}>
      <Field label="Reprendre le groupe de la séance du">
        {(field) => (
          <select {...field} value={chosen} onChange={(event) => choose(Number(event.target.value))}>
            {sessions.map((one, rank) => (
              <option key={`${one.date} ${one.time} ${one.typeCode}`} value={rank}>
                {saidOf(one)}, {count(one.people.length, 'personne', 'personnes')}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Button
        icon="plus"
        onClick={() => onAdd(session.people.map((one) => ({ id: one.id, name: fullName(one) })))}
      >
        Reprendre ce groupe
      </Button>
    </div>
  )
}
