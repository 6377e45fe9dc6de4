/** The messages of an appointment: what was asked, what left, what arrived, and why not. */
import { adviceOf, isOfNumber } from '../../../resources/message/advice'
import {
  endReasonWords,
  messageKindLabels,
  messageRefusals,
  messageStateWords,
  unreachableWords,
} from '../../../resources/message/fr'
import { formatDay, formatHour } from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import { MendPhone } from '../book/messages-block'
import { Sms } from '../message/sms'
import { Steps, type Step } from '../message/steps'
import { Button } from '../../ui/button'
import { Card } from '../../ui/card'
import { ErrorText } from '../../ui/error-text'
import { Tag } from '../../ui/tag'
import type { AppointmentData } from './data'

type MessageData = AppointmentData['messages'][number]
type Unreachable = AppointmentData['probationer']['unreachable']

export function Messages({
  data,
  messages,
  onReload,
}: {
  data: AppointmentData
  /** As they are now. */
  messages: AppointmentData['messages']
  onReload: () => void
}) {
  const { unreachable } = data.probationer
  return (
    <Card
      title="Messages"
      aside={
        <span className="cluster">
          <span className="hint">heures du lieu</span>
          <Button look="quiet" onClick={onReload}>
            Actualiser
          </Button>
        </span>
      }
    >
      {messages.length === 0 && (
        <p className="hint">
          Aucun SMS{'\u00a0'}: {unreachable ? endReasonWords[unreachable] : 'rien n’était à envoyer'}.
        </p>
      )}
      {/* Read aloud as it changes: what became of each. */}
      <p className="visually-hidden" role="status">
        {messages.map(
          (message) =>
            `SMS, ${messageKindLabels[message.kind]}\u00a0: ${wordsOf(message, unreachable).word}. `,
        )}
      </p>
      {messages.map((message) => (
        <MessageSteps
          key={message.id}
          message={message}
          probationer={data.probationer}
          advised={!data.past || message.kind === 'missed'}
        />
      ))}
    </Card>
  )
}

/** What waits for somebody who is not to be reached will not leave. */
const wordsOf = (message: MessageData, unreachable: Unreachable) =>
  message.state === 'planned' && unreachable ? unreachableWords[unreachable] : messageStateWords(message)

function MessageSteps({
  message,
  probationer,
  advised,
}: {
  message: MessageData
  probationer: AppointmentData['probationer']
  /** Something may still be done. */
  advised: boolean
}) {
  const waits = message.state === 'planned'
  const { unreachable } = probationer
  const { word, tone } = wordsOf(message, unreachable)
  return (
    <section className="stack tight" aria-label={messageKindLabels[message.kind]}>
      <p className="cluster">
        <b>{messageKindLabels[message.kind]}</b>
        <Tag tone={tone}>{word}</Tag>
      </p>
      <Steps steps={stepsOf(message, unreachable)} />
      {advised && <Advice message={message} probationer={probationer} />}
      {message.textRefusal && <ErrorText>{messageRefusals[message.textRefusal]}</ErrorText>}
      {waits && !unreachable && (
        <p className="hint">
          La date, le lieu, le numéro et le refus de SMS seront relus au moment de l’envoi.
        </p>
      )}
      {message.sms && (
        <details>
          <summary>
            {waits ? 'Texte prévu' : message.sent ? 'Texte envoyé' : 'Texte qui devait partir'}
            {message.phone && ` au ${formatPhone(message.phone)}`}
          </summary>
          <Sms text={message.sms.text} characters={message.sms.characters} parts={message.sms.parts} />
        </details>
      )}
    </section>
  )
}

/** What there is to do about it, and where. */
function Advice({
  message,
  probationer,
}: {
  message: MessageData
  probationer: AppointmentData['probationer']
}) {
  const ofNumber = isOfNumber(message)
  if (ofNumber && message.phone && message.phone !== probationer.phone)
    return <p>Le numéro de la personne a changé depuis.</p>
  const advice = adviceOf(message)
  return (
    advice && (
      <p>
        {advice} {ofNumber && <MendPhone person={probationer} />}
      </p>
    )
  )
}

const at = ({ date, time }: { date: string; time: string }) => `${formatDay(date)}, ${formatHour(time)}`

const reasonOf = ({ endReason }: MessageData) =>
  endReason && endReason in endReasonWords ? endReasonWords[endReason as keyof typeof endReasonWords] : ''

/** Each step says in words whether it was reached: no sign nor colour is needed to know. */
function stepsOf(message: MessageData, unreachable: Unreachable): Step[] {
  const asked: Step = { label: 'Demandé', detail: at(message.asked), state: 'done' }
  return [asked, ...leaving(message, unreachable), ...arriving(message)]
}

function leaving(message: MessageData, unreachable: Unreachable): Step[] {
  if (message.sent) return [{ label: 'Parti', detail: at(message.sent), state: 'done' }]
  switch (message.state) {
    case 'planned':
      return unreachable
        ? [{ label: 'Ne partira pas', detail: endReasonWords[unreachable], state: 'failed' }]
        : [{ label: 'Pas encore parti', detail: `départ ${at(message.due)}`, state: 'waiting' }]
    case 'sending':
      return [{ label: 'Pas encore parti', detail: 'envoi en cours', state: 'waiting' }]
    case 'unknown':
      return [{ label: 'Peut-être parti', detail: 'en vérification', state: 'waiting' }]
    default:
      return [{ label: 'Pas parti', detail: reasonOf(message), state: 'failed' }]
  }
}

/** Of what has not left, nothing is said of its arrival. */
function arriving(message: MessageData): Step[] {
  if (message.delivered) return [{ label: 'Reçu', detail: at(message.delivered), state: 'done' }]
  if (!message.sent) return []
  if (message.state === 'failed') return [{ label: 'Pas reçu', detail: reasonOf(message), state: 'failed' }]
  if (message.endReason === 'no_receipt')
    return [{ label: 'Sans accusé', detail: 'on ne sait pas s’il est arrivé', state: 'waiting' }]
  return [
    {
      label: 'Pas encore reçu',
      detail: message.phoneOff ? 'téléphone éteint' : 'accusé attendu',
      state: 'waiting',
    },
  ]
}
