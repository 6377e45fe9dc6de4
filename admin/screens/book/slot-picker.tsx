import { useEffect, useId, useState } from 'react'
import type { CivilDate } from '../../../resources/shared/civil-time'
import { formatBirth, formatDay, formatHour, parseTypedDate } from '../../../resources/shared/french'
import { workingDayFrom } from '../../../resources/shared/calendar'
import { useQuery } from '../../client/query'
import { FailureNote } from '../../frame/failures'
import { Alert } from '../../ui/alert'
import { Button } from '../../ui/button'
import { fieldAnchor } from '../../ui/field'
import { Icon } from '../../ui/icon'
import { ErrorText } from '../../ui/error-text'
import { Loading } from '../../ui/loading'
import { Shortcuts } from './moment'
import styles from './slot-picker.module.css'

/** The next free slots of a place, five working days at once; arrow keys move, as in any radio group. */
export function SlotPicker({
  typeCode,
  placeId,
  agendaId,
  today,
  slotId,
  givenOn = null,
  error,
  refused,
  moved,
  onChoose,
}: {
  typeCode: string
  placeId: number
  agendaId: number | null
  today: CivilDate
  slotId: number | null
  /** The day of the slot, when it was chosen before the page was opened: the days shown begin there. */
  givenOn?: CivilDate | null
  error: string | undefined
  /** Grows when the chosen slot was refused: the list is read again. */
  refused: number
  /** The appointment that is given another date, of the same place. */
  moved?: { appointmentId: number; from: CivilDate; departmentCode: string }
  onChoose: (slotId: number) => void
}) {
  const id = useId()
  const [from, setFrom] = useState<string | null>(null)
  const [typedDate, setTypedDate] = useState('')
  const [unread, setUnread] = useState(false)
  const { data, failure, reload } = useQuery('freeSlots', {
    ...{ typeCode, placeId, agendaId, from },
    appointmentId: moved?.appointmentId ?? null,
  })
  const showFrom = (date: string | null) => {
    setFrom(date)
    setTypedDate('')
    setUnread(false)
  }
  useEffect(() => showFrom(null), [typeCode, placeId, agendaId])
  useEffect(() => {
    if (givenOn) setFrom(givenOn)
  }, [givenOn])
  useEffect(() => {
    if (refused > 0) reload()
  }, [refused, reload])

  const goToTyped = () => {
    const date = parseTypedDate(typedDate, today)
    if (date) setFrom(date)
    setUnread(typedDate.trim() !== '' && !date)
  }

  if (failure)
    return <FailureNote what="Les créneaux n’ont pas pu être lus" failure={failure} onRetry={reload} />
  if (!data) return <Loading what="créneaux" lines={5} />
  const dayGiven = givenOn && data.days.find(({ date }) => date === givenOn)
  const givenIsGone = dayGiven && dayGiven.slots.every(({ id }) => id !== slotId)
  const [first] = data.days
  const last = data.days.at(-1)
  if (!data.anywhere)
    return (
      <Alert tone="info" title="Aucun créneau libre">
        <p>
          {data.placeName} n’a plus de créneau ouvert pour ce type. Appelez ce service pour qu’il en ouvre.
        </p>
      </Alert>
    )
  return (
    <fieldset
      id={fieldAnchor('slotId')}
      className="stack"
      aria-describedby={error ? 'slot-error' : undefined}
      data-invalid={error ? true : undefined}
    >
      <legend className="cluster">
        Créneau <small className="hint">premiers libres, heures du lieu</small>
      </legend>
      <div className="cluster">
        <Button
          aria-label="Jours précédents"
          disabled={!data.previous}
          onClick={() => showFrom(data.previous)}
        >
          <Icon name="previous" />
        </Button>
        <span className="no-wrap" role="status">
          {first && last && `du ${formatBirth(first.date)} au ${formatBirth(last.date)}`}
        </span>
        <Button aria-label="Jours suivants" onClick={() => showFrom(data.next)}>
          <Icon name="next" />
        </Button>
        <label className={styles.jump}>
          <span className="hint">Aller au</span>
          <input
            value={typedDate}
            autoComplete="off"
            placeholder="3/3 ou mardi"
            aria-invalid={unread || undefined}
            aria-describedby={unread ? `${id}unread` : undefined}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
              // It moves the days shown; it does not send the form.
              event.preventDefault()
              goToTyped()
            }}
            onBlur={goToTyped}
            onChange={(event) => {
              setTypedDate(event.target.value)
              setUnread(false)
            }}
          />
        </label>
        {unread && (
          <ErrorText id={`${id}unread`} announce>
            Date non reconnue. Exemple&nbsp;: 3/3.
          </ErrorText>
        )}
      </div>
      {moved && (
        <Shortcuts
          later
          from={moved.from}
          onChoose={(day) => showFrom(workingDayFrom(day, moved.departmentCode))}
        />
      )}
      {error && <ErrorText id="slot-error">{error}</ErrorText>}
      {givenIsGone && !error && (
        <ErrorText announce>La place choisie n’est plus libre. Choisissez-en une autre.</ErrorText>
      )}
      <div className={styles.days}>
        {data.days.map((day) => (
          <div key={day.date} role="group" aria-labelledby={`${id}${day.date}`}>
            <h3 id={`${id}${day.date}`}>{formatDay(day.date).split(' ').slice(0, 2).join(' ')}</h3>
            {day.slots.length === 0 && <p className="hint">{day.full ? 'Complet' : 'Aucun créneau'}</p>}
            <div className={styles.slots}>
              {day.slots.map((slot) => (
                <label className={styles.slot} key={slot.id}>
                  <input
                    type="radio"
                    name="slot"
                    checked={slot.id === slotId}
                    onChange={() => onChoose(slot.id)}
                  />
                  <b>{formatHour(slot.time)}</b>
                  <span>
                    {slot.seats} {slot.seats > 1 ? 'places' : 'place'}
                  </span>
                  {data.severalAgendas && <small>{slot.agenda.name}</small>}
                </label>
              ))}
            </div>
          </div>
        ))}
      </div>
    </fieldset>
  )
}
