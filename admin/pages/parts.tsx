/** What several screens draw: the state of an SMS, an outcome to record, lines of history. */
import { useState } from 'react'
import { roleNames } from '../../resources/agent/fr'
import { historySentence } from '../../resources/history-entry/fr'
import type { HistoryLine } from '../../resources/history-entry/queries.server'
import { endReasonWords, messageStateWords } from '../../resources/message/fr'
import type { Delivery } from '../../resources/message/queries.server'
import { formatDay, formatHour } from '../../resources/shared/french'
import { send, type Serialized } from '../components/api'
import { Button, Card, Tag, Timeline, type IconName, type Tone } from '../components/ui'

/** Where the SMS of an appointment stands, in a word and a colour. */
export function DeliveryTag({ delivery }: { delivery: Serialized<Delivery> | null }) {
  if (!delivery) return <Tag tone="off">Aucun SMS</Tag>
  const { word, tone } = messageStateWords(delivery)
  if (delivery.state === 'suppressed' && delivery.endReason && delivery.endReason in endReasonWords) {
    const reason = endReasonWords[delivery.endReason as keyof typeof endReasonWords]
    return <Tag tone="off">{reason.slice(0, 1).toLocaleUpperCase('fr') + reason.slice(1)}</Tag>
  }
  const subject = delivery.state === 'planned' && delivery.kind === 'reminder' ? 'Rappel' : 'SMS'
  return (
    <Tag tone={tone}>
      {subject} {word.slice(0, 1).toLocaleLowerCase('fr') + word.slice(1)}
    </Tag>
  )
}

type Outcome = 'attended' | 'missed' | 'excused'

const outcomes: [Outcome, string, IconName][] = [
  ['attended', 'Honorée', 'check'],
  ['missed', 'Manquée', 'cross'],
  ['excused', 'Excusée', 'paper'],
]

/**
 * "La personne est-elle venue ?" One click; a missed appointment asks in place whether to say so by
 * SMS. `onSaved` is told once the outcome is written.
 */
export function OutcomeButtons({
  appointmentId,
  name,
  canReceiveSms,
  onSaved,
}: {
  appointmentId: number
  name: string
  canReceiveSms: boolean
  onSaved: (sentence: string) => void
}) {
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)

  const save = async (outcome: Outcome, inform: boolean) => {
    setBusy(true)
    const answer = await send('recordOutcome', { appointmentId, outcome, inform })
    setBusy(false)
    if (!answer.ok) {
      setRefusal(answer.message)
      return
    }
    setAsking(false)
    onSaved(`${name} : ${outcomes.find(([one]) => one === outcome)?.[1].toLocaleLowerCase('fr') ?? ''}`)
  }
  if (asking)
    return (
      <div className="row" role="group" aria-label={`Absence de ${name}`}>
        <span>Prévenir par SMS ?</span>
        {/* The buttons replace the one that was just pressed: the focus goes with them. */}
        {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
        <Button autoFocus busy={busy} onClick={() => void save('missed', true)}>
          Manquée, prévenir
        </Button>
        <Button busy={busy} onClick={() => void save('missed', false)}>
          Manquée, sans SMS
        </Button>
        <Button look="quiet" onClick={() => setAsking(false)}>
          Revenir
        </Button>
      </div>
    )
  return (
    <>
      <div className="set" role="group" aria-label={`Issue pour ${name}`}>
        {outcomes.map(([outcome, word]) => (
          <Button
            key={outcome}
            data-key={outcome}
            busy={busy}
            onClick={() =>
              outcome === 'missed' && canReceiveSms ? setAsking(true) : void save(outcome, false)
            }
          >
            {word}
          </Button>
        ))}
      </div>
      {refusal && (
        <p className="msg" role="alert">
          {refusal}
        </p>
      )}
    </>
  )
}

const iconOf: Record<HistoryLine['category'], IconName> = {
  appointment: 'calendar',
  message: 'message',
  probationer: 'person',
}
const toneOf: Record<string, Tone> = {
  'message.delivered': 'ok',
  'message.failed': 'bad',
  'message.expired': 'bad',
  'message.suppressed': 'warn',
  'appointment.attended': 'ok',
  'appointment.missed': 'bad',
  'appointment.booked': 'info',
}

const categories: [HistoryLine['category'] | null, string][] = [
  [null, 'Tout'],
  ['appointment', 'Convocations'],
  ['message', 'Messages'],
  ['probationer', 'Fiche'],
]

/** A card of history whose lines can be told apart by kind. */
export function HistoryCard({ lines }: { lines: readonly Serialized<HistoryLine>[] }) {
  const [shown, setShown] = useState<HistoryLine['category'] | null>(null)
  return (
    <Card
      title="Historique"
      aside={
        <div className="set" role="group" aria-label="Filtrer l’historique">
          {categories.map(([category, word]) => (
            <Button key={word} aria-pressed={shown === category} onClick={() => setShown(category)}>
              {word}
            </Button>
          ))}
        </div>
      }
    >
      <History lines={shown ? lines.filter((line) => line.category === shown) : lines} />
    </Card>
  )
}

/** What happened, in words, with its author and its hour. */
export function History({ lines }: { lines: readonly Serialized<HistoryLine>[] }) {
  if (lines.length === 0) return <p className="hint">Rien encore.</p>
  return (
    <Timeline
      events={lines.map((line) => {
        const tone = toneOf[line.event]
        return {
          key: line.id,
          icon: iconOf[line.category],
          ...(tone && { tone }),
          content: (
            <>
              <p>
                <b>{historySentence(line.event, line.data)}</b>
                {line.actorName && `, par ${line.actorName}`}
                {line.actorRole && ` (${roleNames[line.actorRole]})`}
              </p>
              {line.data.text && (
                <details>
                  <summary>Texte envoyé</summary>
                  <p className="sms">{line.data.text}</p>
                </details>
              )}
              <time dateTime={`${line.date}T${line.time}`}>
                {formatDay(line.date)}, {formatHour(line.time)}
              </time>
            </>
          ),
        }
      })}
    />
  )
}
