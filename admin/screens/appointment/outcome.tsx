/** An outcome: asked, recorded in one click, told, taken back. */
import { useState, type ReactNode } from 'react'
import { stateWords } from '../../../resources/appointment/fr'
import type { AppointmentState } from '../../../resources/appointment/rules'
import type { UnreachableReason } from '../../../resources/probationer/rules'
import { send } from '../../client/client'
import { useQuery } from '../../client/query'
import { classes } from '../../ui/classes'
import { ErrorText } from '../../ui/error-text'
import { ExpandedRow } from '../../ui/table'
import { Sms } from '../message/sms'
import { Alert } from '../../ui/alert'
import { Button, ButtonGroup } from '../../ui/button'
import type { IconName } from '../../ui/icon'
import { Loading } from '../../ui/loading'
import { Tag } from '../../ui/tag'
import type { Tone } from '../../ui/tone'
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

/** What an act just did. Each time it is told anew, were the words the same: the focus comes back to it. */
export interface Notice {
  key: number
  title: string
  /** The act was refused, and why is the title. */
  refused?: true
  /** The outcome that can be taken back at once. */
  undo?: OutcomeSubject
}
export type Notify = (title: string, undo?: OutcomeSubject) => void

export function useNotice(first: string | null = null) {
  const [said, setSaid] = useState<Notice | null>(first === null ? null : { key: 0, title: first })
  const tell = (what: Omit<Notice, 'key'>) => setSaid((before) => ({ ...what, key: (before?.key ?? 0) + 1 }))
  const say: Notify = (title, undo) => tell({ title, ...(undo && { undo }) })
  const refuse = (title: string) => tell({ title, refused: true })
  return [said, say, refuse] as const
}

/** The notice of what the last act did, or why it did not, with "Annuler" after an outcome. */
export function NoticeAlert({ said, onUndone }: { said: Notice | null; onUndone: Notify }) {
  return said && <NoticeOnce key={said.key} said={said} onUndone={onUndone} />
}

function NoticeOnce({ said: { title, refused, undo }, onUndone }: { said: Notice; onUndone: Notify }) {
  const { busy, refusal, run } = useUndo(undo, onUndone)
  return (
    <Alert tone={refused ? 'bad' : 'ok'} announce={refused ? 'alert' : 'status'} focus title={title}>
      {undo && (
        <div className="cluster">
          <Button busy={busy} aria-label={`Annuler\u00a0: issue de ${undo.name}`} onClick={() => void run()}>
            Annuler
          </Button>
        </div>
      )}
      <Refusal refusal={refusal} />
    </Alert>
  )
}

/** Of a missed appointment that is not one any more. */
export const perhapsTold =
  'Un SMS d’absence est peut-être déjà parti\u00a0: il ne peut pas être rappelé. Prévenez la personne.'

/** Takes an outcome back. */
export function useUndo(settled: OutcomeSubject | undefined, onUndone: Notify) {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const run = async () => {
    if (!settled) return
    setBusy(true)
    const answer = await send('undoOutcome', { appointmentId: settled.appointmentId })
    setBusy(false)
    if (!answer.ok) return setRefusal(answer.message)
    const told = settled.toldMissed ? `. ${perhapsTold}` : ''
    onUndone(`${settled.name}\u00a0: issue retirée${told}`)
  }
  return { busy, refusal, run }
}

export const Refusal = ({ refusal }: { refusal: string | null }) =>
  refusal && <ErrorText announce>{refusal}</ErrorText>

/**
 * "La personne est-elle venue ?" One click; a missed appointment asks in place whether to say so by
 * SMS. `onSaved` is told once the outcome is written.
 */
export function OutcomeButtons({ settled, onSaved }: { settled: OutcomeSubject; onSaved: Notify }) {
  const { appointmentId, name, unreachable } = settled
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)

  const save = async (outcome: Outcome, inform: boolean) => {
    setBusy(true)
    const answer = await send('recordOutcome', { appointmentId, outcome, inform })
    setBusy(false)
    if (!answer.ok) return setRefusal(answer.message)
    setAsking(false)
    const told = inform ? ', un SMS part' : ''
    onSaved(`${name}\u00a0: ${stateWords[outcome].toLocaleLowerCase('fr')}${told}. C’est enregistré.`, {
      ...settled,
      toldMissed: inform,
    })
  }
  return (
    <>
      <ButtonGroup label={`Issue pour ${name}`}>
        {outcomes.map(([outcome]) => (
          <Button
            key={outcome}
            data-key={outcome}
            busy={busy}
            aria-expanded={outcome === 'missed' && !unreachable ? asking : undefined}
            onClick={() => {
              setRefusal(null)
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
function ConfirmPanel({
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

/** The outcome of a line: asked, or told and, for whoever may, corrected. */
export function OutcomeOfLine({
  settled,
  state,
  asks,
  mayUndo,
  onSaved,
}: {
  settled: OutcomeSubject
  state: AppointmentState
  asks: boolean
  mayUndo: boolean
  onSaved: Notify
}) {
  if (asks) return <OutcomeButtons settled={settled} onSaved={onSaved} />
  return (
    <span className={classes('cluster', styles.outcome)}>
      <Tag {...stateLooks[state]}>{stateWords[state]}</Tag>
      {mayUndo && <CorrectOfLine settled={settled} onUndone={onSaved} />}
    </span>
  )
}

function CorrectOfLine({ settled, onUndone }: { settled: OutcomeSubject; onUndone: Notify }) {
  const [asking, setAsking] = useState(false)
  const { busy, refusal, run } = useUndo(settled, onUndone)
  return (
    <>
      <Button
        look="quiet"
        busy={busy}
        aria-label={`Corriger l’issue de ${settled.name}`}
        aria-expanded={settled.toldMissed ? asking : undefined}
        onClick={() => (settled.toldMissed ? setAsking(true) : void run())}
      >
        Corriger
      </Button>
      {asking ? (
        <ExpandedRow>
          <ConfirmPanel
            label={`Corriger l’issue de ${settled.name}`}
            question={
              <>
                <b>Retirer l’issue «&nbsp;manquée&nbsp;»&nbsp;?</b> {perhapsTold}
              </>
            }
            refusal={refusal}
            onBack={() => setAsking(false)}
            buttons={
              <Button look="main" busy={busy} onClick={() => void run()}>
                Retirer l’issue
              </Button>
            }
          />
        </ExpandedRow>
      ) : (
        <Refusal refusal={refusal} />
      )}
    </>
  )
}
