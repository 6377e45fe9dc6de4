/** An outcome: asked, recorded in one click, told, taken back. */
import { useRef, useState, type ReactNode } from 'react'
import { absenceTold, stateWords } from '../../../resources/appointment/fr'
import { isSettledSince, type AppointmentState } from '../../../resources/appointment/rules'
import type { UnreachableReason } from '../../../resources/probationer/rules'
import { act, useAction } from '../../client/action'
import type { Failure } from '../../client/client'
import { useQuery } from '../../client/query'
import { ErrorText } from '../../ui/error-text'
import { ExpandedRow } from '../../ui/table'
import { Sms } from '../message/sms'
import { useNotify } from '../../frame/notice'
import { Button, ButtonGroup } from '../../ui/button'
import type { IconName } from '../../ui/icon'
import { Loading } from '../../ui/loading'
import type { Tone } from '../../ui/tone'
import { focusNextRow, keepFocus } from '../../ui/focus'
import { usePanel } from '../../ui/use-popup'
import styles from './outcome.module.css'

type Outcome = 'attended' | 'missed' | 'excused'

const outcomes: [Outcome, IconName][] = [
  ['attended', 'check'],
  ['missed', 'cross'],
  ['excused', 'paper'],
]

export const stateLooks: Record<AppointmentState, { tone: Tone; icon: IconName }> = {
  booked: { tone: 'info', icon: 'calendar' },
  attended: { tone: 'ok', icon: 'check' },
  missed: { tone: 'bad', icon: 'cross' },
  excused: { tone: 'off', icon: 'paper' },
  cancelled: { tone: 'off', icon: 'forbidden' },
  rescheduled: { tone: 'off', icon: 'swap' },
}

/** An appointment as its outcome is asked, told or corrected. */
export interface OutcomeSubject {
  appointmentId: number
  /** Of the person. */
  name: string
  unreachable: UnreachableReason | null
  /** Missed, and an SMS was asked to say so: it may have left. */
  toldMissed: boolean
}

/**
 * An act that came after another agent's: its line is read again and goes, or says something else, so that what
 * happened is said where it stays.
 */
function useSettledNotice(name: string) {
  const notify = useNotify()
  return ({ code, message }: Failure) => {
    if (!isSettledSince(code)) return
    notify({ tone: 'bad', title: `${name}\u00a0: rien n’a changé. ${message}` })
    keepFocus()
  }
}

/** Of a missed appointment that is not one any more. */
export const perhapsTold =
  'Un SMS d’absence est peut-être déjà parti\u00a0: il ne peut pas être rappelé. Prévenez la personne.'

/** Takes an outcome back, and says so. */
export function useUndo(subject: OutcomeSubject, onUndone: () => void = () => undefined) {
  const notify = useNotify()
  const { busy, failure, run } = useAction('Appointment', 'undoOutcome')
  const undo = async () => {
    const answer = await run(subject.appointmentId, {})
    if (!answer.ok) return
    const { told } = answer.result
    const warned = told > 0 ? ` ${absenceTold(told)}` : ''
    notify({ tone: 'ok', title: `${subject.name}\u00a0: issue retirée.${warned}` })
    onUndone()
  }
  return { busy, refusal: failure?.message ?? null, run: undo }
}

/** Excuses before the date, and says so. */
export function useExcuse(subject: OutcomeSubject, onDone: () => void) {
  const notify = useNotify()
  const tellSettled = useSettledNotice(subject.name)
  const { busy, failure, run } = useAction('Appointment', 'recordOutcome')
  const excuse = async () => {
    const answer = await run(subject.appointmentId, { outcome: 'excused', inform: false })
    if (!answer.ok) return tellSettled(answer)
    notify({
      tone: 'ok',
      title: `${subject.name}\u00a0: excusée à l’avance. La place est libre, aucun rappel ne partira.`,
      undo: {
        word: 'Retirer cette issue',
        label: `Retirer l’issue de ${subject.name}`,
        run: () => act('Appointment', 'undoOutcome', subject.appointmentId, {}),
      },
    })
    onDone()
  }
  return { busy, refusal: failure?.message ?? null, run: excuse }
}

/** Cancels, with or without telling the person, and says so. */
export function useCancel({ appointmentId, name }: OutcomeSubject, onDone: () => void) {
  const notify = useNotify()
  const tellSettled = useSettledNotice(name)
  const { busy, failure, run } = useAction('Appointment', 'cancel')
  const cancel = async (inform: boolean) => {
    const answer = await run(appointmentId, { inform })
    if (!answer.ok) return tellSettled(answer)
    notify({
      tone: 'ok',
      title: `${name}\u00a0: convocation annulée${inform ? ', un SMS part' : ''}.`,
    })
    onDone()
    keepFocus()
  }
  return { busy, refusal: failure?.message ?? null, run: cancel }
}

export const Refusal = ({ refusal }: { refusal: string | null }) =>
  refusal && <ErrorText announce>{refusal}</ErrorText>

/**
 * "La personne est-elle venue ?" One click; a missed appointment asks in place whether to say so by SMS.
 * Written, it is said at the foot of the window, and the focus goes to the next row that waits.
 */
export function OutcomeButtons({ subject }: { subject: OutcomeSubject }) {
  const { appointmentId, name, unreachable } = subject
  const [asking, setAsking] = useState(false)
  const group = useRef<HTMLDivElement>(null)
  const notify = useNotify()
  const tellSettled = useSettledNotice(name)
  const { busy, failure, setFailure, run } = useAction('Appointment', 'recordOutcome')
  const refusal = failure?.message ?? null

  const save = async (outcome: Outcome, inform: boolean) => {
    const answer = await run(appointmentId, { outcome, inform })
    if (!answer.ok) {
      tellSettled(answer)
      if (isSettledSince(answer.code)) focusNextRow(group.current)
      return
    }
    setAsking(false)
    const told = answer.result.smsPlanned > 0 ? ', un SMS part' : ''
    const warned =
      outcome === 'missed' && !inform && unreachable ? ' Personne n’a été prévenu\u00a0: appelez.' : ''
    notify({
      tone: 'ok',
      title: `${name}\u00a0: ${stateWords[outcome].toLocaleLowerCase('fr')}${told}.${warned}`,
      undo: {
        word: 'Retirer cette issue',
        label: `Retirer l’issue de ${name}`,
        run: () => act('Appointment', 'undoOutcome', appointmentId, {}),
      },
    })
    focusNextRow(group.current)
  }
  return (
    <>
      <ButtonGroup label={`Issue pour ${name}`} groupRef={group}>
        {outcomes.map(([outcome]) => (
          <Button
            key={outcome}
            data-key={outcome}
            busy={busy}
            aria-expanded={outcome === 'missed' && !unreachable ? asking : undefined}
            onClick={(event) => {
              // A double click, where the settled row has gone and the next person's stands in its place.
              if (event.detail > 1) return
              setFailure(null)
              if (outcome === 'missed' && !unreachable) setAsking(true)
              else void save(outcome, false)
            }}
          >
            {stateWords[outcome]}
          </Button>
        ))}
      </ButtonGroup>
      {asking ? (
        <ExpandedRow>
          <ConfirmPanel
            label={`Absence de ${name}`}
            question={<b>Prévenir par SMS de l’absence&nbsp;?</b>}
            refusal={refusal}
            onBack={() => setAsking(false)}
            buttons={
              <>
                <Button look="main" busy={busy} onClick={() => void save('missed', true)}>
                  Manquée, prévenir
                </Button>
                <Button busy={busy} onClick={() => void save('missed', false)}>
                  Manquée, sans SMS
                </Button>
              </>
            }
          >
            <NoticeText appointmentId={appointmentId} kind="missed" />
          </ConfirmPanel>
        </ExpandedRow>
      ) : (
        <Refusal refusal={refusal} />
      )}
    </>
  )
}

/** What opens under a line and waits for its answer: it takes the focus, "Revenir" and Échap close it. */
export function ConfirmPanel({
  label,
  question,
  refusal,
  buttons,
  onBack,
  children,
}: {
  label: string
  question: ReactNode
  refusal: string | null
  buttons: ReactNode
  onBack: () => void
  children?: ReactNode
}) {
  const first = usePanel<HTMLParagraphElement>(onBack)
  return (
    <div className={styles.panel} role="group" aria-label={label}>
      <div className="stack tight">
        <p ref={first} tabIndex={-1}>
          {question}
        </p>
        {children}
        <Refusal refusal={refusal} />
      </div>
      <div className="cluster">
        {buttons}
        <Button look="quiet" onClick={onBack}>
          Revenir
        </Button>
      </div>
    </div>
  )
}

/** The SMS that an act would send, as it would leave. */
export function NoticeText({
  appointmentId,
  kind,
}: {
  appointmentId: number
  kind: 'missed' | 'cancellation'
}) {
  const { data, failure, loading } = useQuery('noticePreview', { appointmentId, kind })
  if (data) return <Sms text={data.text} characters={data.characters} parts={data.parts} />
  if (loading) return <Loading what="texte du SMS" lines={3} />
  return (
    <p className="hint">
      {failure ? `Le texte du SMS n’a pas pu être lu. ${failure.message}` : 'Ce texte n’existe pas encore.'}
    </p>
  )
}
