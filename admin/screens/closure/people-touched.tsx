import { useState } from 'react'
import { unreachableWords } from '../../../resources/message/fr'
import { count, formatBriefDay, formatHour, fullName } from '../../../resources/shared/french'
import { useQuery } from '../../client/query'
import type { ResultOf } from '../../client/client'
import type { Lookups } from '../../lookups'
import { Alert } from '../../ui/alert'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { Cell, Row, Table } from '../../ui/table'
import styles from './closure.module.css'

export type TouchedLine = ResultOf<Lookups['previewClosure']>['lines'][number]
type Proposal = TouchedLine['proposals'][number]

/** What is decided of a line: a seat among those proposed, or one of the two others. */
export type Decision = `move:${string}` | 'cancel' | 'keep'
export type Decisions = Readonly<Record<number, Decision>>

const moveTo = ({ slotId, agendaId, date, time }: Proposal): Decision =>
  `move:${slotId ?? `${agendaId} ${date} ${time}`}`

/** The first seat proposed; without one the date stands, until somebody decides otherwise. */
const proposed = ({ proposals: [seat] }: TouchedLine): Decision => (seat ? moveTo(seat) : 'keep')
/** A seat that is proposed no more was not chosen: the first of those that are takes its place. */
export function decisionOf(line: TouchedLine, decisions: Decisions): Decision {
  const decision = decisions[line.appointmentId] ?? proposed(line)
  return decision.startsWith('move:') && !seatOf(line, decision) ? proposed(line) : decision
}

const seatOf = ({ proposals }: TouchedLine, decision: Decision): Proposal | undefined =>
  proposals.find((seat) => moveTo(seat) === decision)

/** As the command takes them. */
export const asLines = (lines: readonly TouchedLine[], decisions: Decisions) =>
  lines.map((line) => {
    const decision = decisionOf(line, decisions)
    const seat = seatOf(line, decision)
    const { appointmentId } = line
    if (!seat)
      return { appointmentId, choice: decision === 'cancel' ? ('cancel' as const) : ('keep' as const) }
    const { slotId, agendaId, date, time } = seat
    return { appointmentId, choice: 'move' as const, slotId, agendaId, date, time }
  })

const columns = [
  { key: 'person', label: 'Personne' },
  { key: 'when', label: 'Convoquée', unbroken: true },
  { key: 'sms', label: 'Prévenue' },
  { key: 'decision', label: 'Décision' },
] as const

/** Who is convoked in what closes, each with a new date to accept, change or refuse. */
export function PeopleTouched({
  lines,
  decisions,
  onDecide,
}: {
  lines: readonly TouchedLine[]
  decisions: Decisions
  onDecide: (decisions: Decisions) => void
}) {
  const [personColumn, whenColumn, smsColumn, decisionColumn] = columns
  const severalDays = new Set(lines.map(({ date }) => date)).size > 1
  const all = (decide: (line: TouchedLine) => Decision) =>
    onDecide(Object.fromEntries(lines.map((line) => [line.appointmentId, decide(line)])))
  const withoutSeat = lines.filter(({ mayMove, proposals }) => mayMove && proposals.length === 0).length
  return (
    <div className="stack">
      <div className="cluster">
        <h2>Personnes touchées</h2>
        <Button onClick={() => all(proposed)}>Proposer les dates suivantes</Button>
        <Button onClick={() => all((line) => (line.mayCancel ? 'cancel' : 'keep'))}>Tout annuler</Button>
        <Button onClick={() => all(() => 'keep')}>Tout garder</Button>
      </div>
      {withoutSeat > 0 && (
        <Alert
          tone="warn"
          title={`${count(withoutSeat, 'convocation n’a', 'convocations n’ont')} aucune place proposée`}
        >
          <p>
            Elles sont gardées tant que vous ne choisissez pas de les annuler. Ouvrez d’autres créneaux pour
            pouvoir les déplacer.
          </p>
        </Alert>
      )}
      <Table label="Personnes touchées" columns={columns}>
        {lines.map((line) => (
          <Row key={line.appointmentId}>
            <Cell column={personColumn}>
              <b>{fullName(line)}</b>
              <span className={styles.detail}>{line.typeLabel}</span>
            </Cell>
            <Cell column={whenColumn}>
              {severalDays && `${formatBriefDay(line.date)}, `}
              {formatHour(line.time)}
            </Cell>
            <Cell column={smsColumn}>
              {line.unreachable ? (
                <>
                  <Icon name="phone" /> {unreachableWords[line.unreachable].word}&nbsp;: à prévenir par
                  téléphone
                </>
              ) : (
                'Par SMS'
              )}
            </Cell>
            <Cell column={decisionColumn}>
              <select
                className={styles.decision}
                aria-label={`Décision pour ${fullName(line)}, ${formatHour(line.time)}`}
                value={decisionOf(line, decisions)}
                onChange={(event) =>
                  onDecide({ ...decisions, [line.appointmentId]: event.target.value as Decision })
                }
              >
                {line.proposals.map((seat) => (
                  <option key={moveTo(seat)} value={moveTo(seat)}>
                    Déplacer&nbsp;: {formatBriefDay(seat.date)}, {formatHour(seat.time)}
                    {seat.elsewhere && ` (${seat.elsewhere})`}
                  </option>
                ))}
                {line.mayCancel && <option value="cancel">Annuler</option>}
                <option value="keep">Garder</option>
              </select>
            </Cell>
          </Row>
        ))}
      </Table>
      <Texts lines={lines} decisions={decisions} />
    </div>
  )
}

/** What will leave, in a sentence: said before the button is pressed. */
export function Foreseen({ lines, decisions }: { lines: readonly TouchedLine[]; decisions: Decisions }) {
  const decided = lines.map((line) => ({ line, decision: decisionOf(line, decisions) }))
  const moved = decided.filter(({ decision }) => decision.startsWith('move:')).length
  const cancelled = decided.filter(({ decision }) => decision === 'cancel').length
  const told = decided.filter(({ decision }) => decision !== 'keep').map(({ line }) => line)
  const phoned = told.filter(({ unreachable }) => unreachable !== null).length
  const parts = [
    count(moved, 'convocation déplacée', 'convocations déplacées'),
    ...(cancelled > 0 ? [count(cancelled, 'annulée', 'annulées')] : []),
    ...(lines.length > moved + cancelled
      ? [count(lines.length - moved - cancelled, 'gardée', 'gardées')]
      : []),
  ]
  return (
    <p>
      <b>
        {parts.join(', ')}, {told.length - phoned}&nbsp;SMS
        {phoned > 0 && `, ${count(phoned, 'personne', 'personnes')} à prévenir par téléphone`}.
      </b>{' '}
      Un seul SMS par convocation, rien avant votre validation. Pensez aux nouvelles convocations papier.
    </p>
  )
}

/** The two texts, as the first person concerned will receive them. */
function Texts({ lines, decisions }: { lines: readonly TouchedLine[]; decisions: Decisions }) {
  const reached = lines.filter(({ unreachable }) => unreachable === null)
  const moved = reached.find((line) => seatOf(line, decisionOf(line, decisions)))
  const cancelled = reached.find((line) => decisionOf(line, decisions) === 'cancel')
  const seat = moved && seatOf(moved, decisionOf(moved, decisions))
  return (
    <>
      {moved && seat && (
        <Text
          title="SMS de déplacement"
          input={{
            ...{ appointmentId: moved.appointmentId, kind: 'rescheduling' },
            ...{ date: seat.date, time: seat.time },
          }}
        />
      )}
      {cancelled && (
        <Text
          title="SMS d’annulation"
          input={{ appointmentId: cancelled.appointmentId, kind: 'cancellation' }}
        />
      )}
    </>
  )
}

function Text({
  title,
  input,
}: {
  title: string
  input: { appointmentId: number; kind: 'rescheduling' | 'cancellation'; date?: string; time?: string }
}) {
  const [open, setOpen] = useState(false)
  const { data } = useQuery('noticePreview', open ? input : null)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}, pour la première personne</summary>
      {data ? (
        <>
          <p className={styles.text}>{data.text}</p>
          <p className="hint">
            {count(data.characters, 'caractère')}, {count(data.parts, 'SMS', 'SMS')}. La raison n’y est jamais
            dite.
          </p>
        </>
      ) : (
        <p className="hint">Texte…</p>
      )}
    </details>
  )
}
