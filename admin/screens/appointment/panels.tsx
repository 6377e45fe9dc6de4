/** What opens under the head of an appointment: what an act causes, then explicit buttons. */
import { useId, type ReactNode } from 'react'
import { unreachableWords } from '../../../resources/message/fr'
import { formatDay, formatHour } from '../../../resources/shared/french'
import { Button } from '../../ui/button'
import { usePanel } from '../../ui/use-popup'
import { MendPhone, NumberToCheck } from '../book/messages-block'
import styles from './panels.module.css'
import {
  NoticeText,
  perhapsTold,
  Refusal,
  useCancel,
  useExcuse,
  useUndo,
  type OutcomeSubject,
} from './outcome'
import type { AppointmentData } from './data'

interface PanelProps {
  data: AppointmentData
  onClose: () => void
}

function Choice({
  title,
  danger = false,
  refusal,
  onClose,
  buttons,
  children,
}: {
  title: string
  /** What it does cannot be taken back. */
  danger?: boolean
  refusal: string | null
  onClose: () => void
  buttons: ReactNode
  children: ReactNode
}) {
  const id = useId()
  const first = usePanel<HTMLHeadingElement>(onClose)
  return (
    <section className={styles.panel} data-danger={danger ? '' : undefined} aria-labelledby={id}>
      <h2 id={id} ref={first} tabIndex={-1}>
        {title}
      </h2>
      {children}
      <Refusal refusal={refusal} />
      <div className="cluster">{buttons}</div>
    </section>
  )
}

const moment = ({ date, time }: AppointmentData) => `${formatDay(date)} à ${formatHour(time)}`

const reminderOf = ({ messages }: AppointmentData) =>
  messages.find((message) => message.kind === 'reminder' && message.state === 'planned')

/** The seat and the reminder: lost by cancelling and by excusing beforehand alike. */
function Consequences({ data, children }: { data: AppointmentData; children: string }) {
  const reminder = reminderOf(data)
  return (
    <p>
      La place redevient libre.{' '}
      {reminder &&
        !data.probationer.unreachable &&
        `Le rappel prévu ${formatDay(reminder.due.date)} ne partira pas. `}
      {children}
    </p>
  )
}

export function Cancel({ data, subject, onClose }: PanelProps & { subject: OutcomeSubject }) {
  const { unreachable, phoneToCheck } = data.probationer
  const { busy, refusal, run: cancel } = useCancel(subject, onClose)
  return (
    <Choice
      title={`Annuler la convocation du ${moment(data)}\u00a0?`}
      danger
      refusal={refusal}
      onClose={onClose}
      buttons={
        <>
          {!unreachable && (
            <Button look="danger solid" busy={busy} onClick={() => void cancel(true)}>
              Annuler et prévenir par SMS
            </Button>
          )}
          <Button look="danger" busy={busy} onClick={() => void cancel(false)}>
            {unreachable ? 'Annuler la convocation' : 'Annuler sans prévenir'}
          </Button>
          <Button look="quiet" onClick={onClose}>
            Garder la convocation
          </Button>
        </>
      }
    >
      <Consequences data={data}>L’annulation reste visible dans l’historique.</Consequences>
      {unreachable ? (
        <p>La personne ne sera pas prévenue par SMS. {unreachableWords[unreachable].word}.</p>
      ) : (
        <div className="stack tight readable">
          {phoneToCheck && <NumberToCheck mend={<MendPhone person={data.probationer} />} />}
          <b>SMS d’annulation, si vous prévenez</b>
          <NoticeText appointmentId={data.id} kind="cancellation" />
        </div>
      )}
    </Choice>
  )
}

export function ExcuseBefore({ data, subject, onClose }: PanelProps & { subject: OutcomeSubject }) {
  const { busy, refusal, run: excuse } = useExcuse(subject, onClose)
  return (
    <Choice
      title={`Excuser à l’avance, pour le ${moment(data)}\u00a0?`}
      refusal={refusal}
      onClose={onClose}
      buttons={
        <>
          <Button look="main" busy={busy} onClick={() => void excuse()}>
            Excuser à l’avance
          </Button>
          <Button look="quiet" onClick={onClose}>
            Garder la convocation
          </Button>
        </>
      }
    >
      <p>Pour un justificatif remis avant la date.</p>
      <Consequences data={data}>Aucun SMS n’est envoyé.</Consequences>
    </Choice>
  )
}

export function Correct({ data, subject, onClose }: PanelProps & { subject: OutcomeSubject }) {
  const { busy, refusal, run } = useUndo(subject, onClose)
  return (
    <Choice
      title="Retirer cette issue&nbsp;?"
      refusal={refusal}
      onClose={onClose}
      buttons={
        <>
          <Button look="main" busy={busy} onClick={() => void run()}>
            Retirer l’issue
          </Button>
          <Button look="quiet" onClick={onClose}>
            Garder l’issue
          </Button>
        </>
      }
    >
      <p>
        {data.past
          ? 'La question «\u00a0La personne est-elle venue\u00a0?\u00a0» sera posée de nouveau.'
          : 'La convocation tiendra de nouveau\u00a0: sa place sera reprise et son rappel prévu de nouveau.'}{' '}
        La correction reste visible dans l’historique.
      </p>
      {subject.toldMissed && (
        <p>
          <b>{perhapsTold}</b>
        </p>
      )}
    </Choice>
  )
}
