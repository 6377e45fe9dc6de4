import { useState } from 'react'
import { stateWords } from '../../../resources/appointment/fr'
import type { AppointmentState } from '../../../resources/appointment/rules'
import { paths } from '../../paths'
import { Button, ButtonLink } from '../../ui/button'
import { classes } from '../../ui/classes'
import { ExpandedRow } from '../../ui/table'
import { Tag } from '../../ui/tag'
import {
  ConfirmPanel,
  OutcomeButtons,
  perhapsTold,
  Refusal,
  stateLooks,
  useUndo,
  type OutcomeSubject,
} from './outcome'
import { ToComeButtons, type ToComeActs } from './to-come'
import styles from './outcome.module.css'

/** What a list says of an outcome. */
export interface OutcomeCellData {
  subject: OutcomeSubject
  state: AppointmentState
  asks: boolean
  mayUndo: boolean
  /** What may still be done of one to come. */
  toCome: ToComeActs | null
  /** The person, when they may be convoked again. */
  reconvenes: number | null
  reconvened: boolean
}

/** The outcome of a row: asked, or told and, for whoever may, taken back. */
export function OutcomeCell({
  data: { subject, state, asks, mayUndo, toCome, reconvenes, reconvened },
}: {
  data: OutcomeCellData
}) {
  if (asks) return <OutcomeButtons subject={subject} />
  if (toCome) return <ToComeButtons subject={subject} may={toCome} />
  return (
    <span className={classes('cluster', styles.outcome)}>
      <Tag {...stateLooks[state]}>{stateWords[state]}</Tag>
      {mayUndo && <TakeBack subject={subject} />}
      {reconvenes !== null && (
        <ButtonLink
          look="quiet"
          to={paths.reconvene(reconvenes, subject.appointmentId)}
          aria-label={`Reconvoquer ${subject.name}`}
        >
          Reconvoquer
        </ButtonLink>
      )}
      {reconvened && <span className="hint">déjà reconvoquée</span>}
    </span>
  )
}

function TakeBack({ subject }: { subject: OutcomeSubject }) {
  const [asking, setAsking] = useState(false)
  const { busy, refusal, run } = useUndo(subject)
  return (
    <>
      <Button
        look="quiet"
        busy={busy}
        aria-label={`Retirer l’issue de ${subject.name}`}
        aria-expanded={subject.toldMissed ? asking : undefined}
        onClick={() => (subject.toldMissed ? setAsking(true) : void run())}
      >
        Retirer cette issue
      </Button>
      {asking ? (
        <ExpandedRow>
          <ConfirmPanel
            label={`Retirer l’issue de ${subject.name}`}
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
