import { useRef, useState } from 'react'
import { roleNames } from '../../../resources/agent/fr'
import { historySentence } from '../../../resources/history'
import type { HistoryLine } from '../../../resources/history-entry/queries.server'
import { formatDay, formatHour } from '../../../resources/shared/french'
import { Link } from 'react-router-dom'
import { ask } from '../../client/client'
import { paths } from '../../paths'
import { oneEntryAMessage, type Line } from './entries'
import { Sms } from '../message/sms'
import { Timeline } from './timeline'
import { Button, ButtonGroup } from '../../ui/button'
import { Card } from '../../ui/card'
import { ErrorText } from '../../ui/error-text'
import { focusNext } from '../../ui/focus'
import type { IconName } from '../../ui/icon'
import type { Tone } from '../../ui/tone'

/** Newest first, down to the oldest one read; whether there are others before it. */
interface Lines {
  lines: readonly Line[]
  more: boolean
}

/** How many entries are shown at first, and at each time after. */
const step = 10

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
export function HistoryCard({ probationerId, history }: { probationerId: number; history: Lines }) {
  const [shown, setShown] = useState<HistoryLine['category'] | null>(null)
  const [latest, setLatest] = useState(history)
  const [{ lines, more }, setRead] = useState(history)
  const [length, setLength] = useState(step)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const filter = useRef<HTMLDivElement>(null)
  const entries = oneEntryAMessage(shown ? lines.filter((line) => line.category === shown) : lines)
  // The record was read again after an act.
  if (history !== latest) {
    const read = continued(history, { lines, more })
    setLatest(history)
    setRead(read)
    // Read to its first line, it stays so under what is new.
    if (entries.length <= length) setLength(length + Math.max(0, read.lines.length - lines.length))
  }
  const readEarlier = async () => {
    setLength(length + step)
    const [hidden] = entries.slice(length)
    // Read already: the reading goes on at the first entry that appears.
    if (hidden) return focusNext(() => document.getElementById(lineId(hidden)))
    setBusy(true)
    const before = lines.at(-1)?.id ?? 0
    const answer = await ask('earlierHistory', { probationerId, before })
    setBusy(false)
    setFailed(answer.ok ? null : answer.message)
    if (!answer.ok) return
    const { result } = answer
    setRead((read) =>
      read.lines.at(-1)?.id === before ? { ...result, lines: [...read.lines, ...result.lines] } : read,
    )
    // The button may be gone: the reading goes on at the first line that is new.
    const next = result.lines.find((line) => !shown || line.category === shown)
    focusNext(() =>
      next
        ? document.getElementById(lineId(next))
        : filter.current?.querySelector<HTMLElement>('[aria-pressed="true"]'),
    )
  }
  return (
    <Card
      title="Historique"
      aside={
        <ButtonGroup label="Filtrer l’historique" groupRef={filter}>
          {categories.map(([category, word]) => (
            <Button key={word} aria-pressed={shown === category} onClick={() => setShown(category)}>
              {word}
            </Button>
          ))}
        </ButtonGroup>
      }
      footer={
        (more || entries.length > length) && (
          <div className="cluster">
            <Button look="quiet" busy={busy} onClick={() => void readEarlier()}>
              Voir les précédents
            </Button>
            {failed && <ErrorText announce>{failed}</ErrorText>}
          </div>
        )
      }
    >
      <History lines={entries.slice(0, length)} linked />
    </Card>
  )
}

/** The latest lines, then the earlier ones read before that follow them. */
function continued(latest: Lines, read: Lines): Lines {
  const last = latest.lines.at(-1)
  const index = read.lines.findIndex((line) => line.id === last?.id)
  return index < 0 ? latest : { lines: [...latest.lines, ...read.lines.slice(index + 1)], more: read.more }
}

const lineId = ({ id }: Line) => `ligne-${id}`

/** What happened, in words, with its author and its hour. */
export function History({
  lines,
  linked = false,
}: {
  lines: readonly Line[]
  /** A line about an appointment opens it; on the page of the appointment none does. */
  linked?: boolean
}) {
  if (lines.length === 0) return <p className="hint">Rien encore.</p>
  return (
    <Timeline
      events={lines.map((line) => {
        const tone = toneOf[line.event]
        return {
          key: line.id,
          id: lineId(line),
          icon: iconOf[line.category],
          ...(tone && { tone }),
          content: (
            <>
              <p>
                {linked && line.appointmentId ? (
                  <Link to={paths.appointment(line.appointmentId)}>
                    <Told sentence={historySentence(line.event, line.data)} />
                  </Link>
                ) : (
                  <Told sentence={historySentence(line.event, line.data)} />
                )}
                {linked &&
                  line.category === 'message' &&
                  line.appointmentOn &&
                  `, pour le ${formatDay(line.appointmentOn)}`}
                {line.actorName && `, par ${line.actorName}`}
                {line.actorRole && ` (${roleNames[line.actorRole]})`}
              </p>
              {line.data.text && (
                <details>
                  <summary>Texte envoyé</summary>
                  <Sms text={line.data.text} />
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
