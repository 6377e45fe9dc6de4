/** What several screens draw: the state of an SMS, lines of history. */
import { useState } from 'react'
import { roleNames } from '../../resources/agent/fr'
import { historySentence } from '../../resources/history-entry/fr'
import type { HistoryLine } from '../../resources/history-entry/queries.server'
import { deliveryWords } from '../../resources/message/fr'
import type { Delivery } from '../../resources/message/queries.server'
import type { UnreachableReason } from '../../resources/probationer/rules'
import { formatDay, formatHour } from '../../resources/shared/french'
import { ask, type Serialized } from '../components/api'
import { Button, Card, Tag, Timeline, type IconName, type Tone } from '../components/ui'

/** Where the SMS of an appointment stand, in a word and a colour. */
export function DeliveryTag({
  delivery,
  unreachable,
}: {
  delivery: Serialized<Delivery> | null
  unreachable: UnreachableReason | null
}) {
  const { word, tone } = deliveryWords(delivery, unreachable)
  return <Tag tone={tone}>{word}</Tag>
}

type Line = Serialized<HistoryLine>

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
  'appointment.outcome_undone': 'warn',
}

const categories: [HistoryLine['category'] | null, string][] = [
  [null, 'Tout'],
  ['appointment', 'Convocations'],
  ['message', 'Messages'],
  ['probationer', 'Fiche'],
]

/** The history of a person, whose lines can be told apart by kind, and read back to the first one. */
export function HistoryCard({
  probationerId,
  history: { lines, more },
}: {
  probationerId: number
  history: { lines: readonly Line[]; more: boolean }
}) {
  const [shown, setShown] = useState<HistoryLine['category'] | null>(null)
  const [earlier, setEarlier] = useState<{ lines: readonly Line[]; more: boolean }>({ lines: [], more })
  const [failed, setFailed] = useState<string | null>(null)
  // Of lines read again after an act, the earlier ones that are now among them are told once.
  const known = new Set(lines.map((line) => line.id))
  const all = [...lines, ...earlier.lines.filter((line) => !known.has(line.id))]
  const readEarlier = async () => {
    const answer = await ask('earlierHistory', { probationerId, before: all.at(-1)?.id ?? 0 })
    setFailed(answer.ok ? null : answer.message)
    if (answer.ok)
      setEarlier((before) => ({
        lines: [...before.lines, ...answer.result.lines],
        more: answer.result.more,
      }))
  }
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
      footer={
        earlier.more && (
          <div className="row">
            <Button look="quiet" onClick={() => void readEarlier()}>
              Voir les précédents
            </Button>
            {failed && (
              <p className="msg" role="alert">
                {failed}
              </p>
            )}
          </div>
        )
      }
    >
      <History lines={shown ? all.filter((line) => line.category === shown) : all} />
    </Card>
  )
}

/** What happened, in words, with its author and its hour. */
export function History({ lines }: { lines: readonly Line[] }) {
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
                <Told sentence={historySentence(line.event, line.data)} />
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

/** What happened stands out; what it is about follows. */
function Told({ sentence }: { sentence: string }) {
  const [what, ...about] = sentence.split('\u00a0: ')
  return (
    <>
      <b>{what}</b>
      {about.length > 0 && `\u00a0: ${about.join('\u00a0: ')}`}
    </>
  )
}
