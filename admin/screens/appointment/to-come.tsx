import { useState } from 'react'
import { paths } from '../../paths'
import { Button, ButtonGroup, ButtonLink } from '../../ui/button'
import { ExpandedRow } from '../../ui/table'
import { ConfirmPanel, NoticeText, useCancel, useExcuse, type OutcomeSubject } from './outcome'

/** What the reader may do of an appointment that is still to come. */
export interface ToComeActs {
  reschedule: boolean
  excuse: boolean
  cancel: boolean
}

/** Another date, an excuse given beforehand, a cancellation: from the line, what each causes said below it first. */
export function ToComeButtons({ subject, may }: { subject: OutcomeSubject; may: ToComeActs }) {
  const [open, setOpen] = useState<'excuse' | 'cancel' | null>(null)
  const toggle = (panel: 'excuse' | 'cancel') => ({
    'aria-expanded': open === panel,
    onClick: () => setOpen(open === panel ? null : panel),
  })
  const close = () => setOpen(null)
  return (
    <>
      <ButtonGroup label={`Convocation de ${subject.name}`}>
        {may.reschedule && (
          <ButtonLink to={paths.recordAction('Appointment', subject.appointmentId, 'reschedule')}>
            Replanifier
          </ButtonLink>
        )}
        {may.excuse && <Button {...toggle('excuse')}>Excuser</Button>}
        {may.cancel && <Button {...toggle('cancel')}>Annuler</Button>}
      </ButtonGroup>
      {open && (
        <ExpandedRow>
          {open === 'excuse' ? (
            <Excuse subject={subject} onClose={close} />
          ) : (
            <Cancel subject={subject} onClose={close} />
          )}
        </ExpandedRow>
      )}
    </>
  )
}

interface PanelProps {
  subject: OutcomeSubject
  onClose: () => void
}

function Excuse({ subject, onClose }: PanelProps) {
  const { busy, refusal, run } = useExcuse(subject, onClose)
  return (
    <ConfirmPanel
      label={`Excuser ${subject.name} à l’avance`}
      question={
        <>
          <b>Excuser à l’avance&nbsp;?</b> Pour un justificatif remis avant la date. La place redevient libre,
          aucun SMS n’est envoyé.
        </>
      }
      refusal={refusal}
      onBack={onClose}
      buttons={
        <Button look="main" busy={busy} onClick={() => void run()}>
          Excuser à l’avance
        </Button>
      }
    />
  )
}

function Cancel({ subject, onClose }: PanelProps) {
  const { busy, refusal, run } = useCancel(subject, onClose)
  const { unreachable } = subject
  return (
    <ConfirmPanel
      label={`Annuler la convocation de ${subject.name}`}
      question={
        <>
          <b>Annuler la convocation&nbsp;?</b> La place redevient libre.
          {unreachable && ' Personne ne sera prévenu par SMS.'}
        </>
      }
      refusal={refusal}
      onBack={onClose}
      buttons={
        <>
          {!unreachable && (
            <Button look="danger solid" busy={busy} onClick={() => void run(true)}>
              Annuler et prévenir par SMS
            </Button>
          )}
          <Button look="danger" busy={busy} onClick={() => void run(false)}>
            {unreachable ? 'Annuler la convocation' : 'Annuler sans prévenir'}
          </Button>
        </>
      }
    >
      {!unreachable && <NoticeText appointmentId={subject.appointmentId} kind="cancellation" />}
    </ConfirmPanel>
  )
}
