import { useState } from 'react'
import { useAction, type DoneWith } from '../../client/action'
import type { Failure } from '../../client/client'
import { RefusalNote } from '../../forms/form-parts'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'
import { commentMax, divestmentRefusals } from '../../../resources/divestment/fr'
import { answerDays } from '../../../resources/divestment/rules'
import type { PersonCheck } from './state'

export type Claim = NonNullable<PersonCheck['duplicates'][number]['claim']>

/** What is compared again when the person is asked for. */
export interface TypedIdentity {
  lastName: string
  firstName: string
  dateOfBirth: string | null
  phone: string
  appiNumber: string
}

/** Asks for a person that another service follows, in place: what it will do, a reason, then the act. */
export function ClaimPerson({
  claim: { probationerId, convokes },
  typed,
  onClaimed,
}: {
  claim: Claim
  typed: TypedIdentity
  onClaimed: (done: Pick<DoneWith<unknown>, 'next' | 'notice'>) => void
}) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const { busy, run } = useAction('Divestment', 'request')
  if (probationerId === null) return null
  const words = convokes ? 'Demander et convoquer' : 'Demander le dessaisissement'
  const ask = async () => {
    if (busy) return
    setRefusal(null)
    const done = await run({ ...typed, probationerId, reason })
    if (!done.ok) return setRefusal(done)
    onClaimed(done)
  }
  const panel = (
    <>
      {refusal && <RefusalNote refusal={refusal} />}
      <p>
        Les services qui suivent la personne ont {answerDays} jours pour répondre. Archivée, ou sans
        convocation depuis six mois, sa fiche passe aussitôt à votre service.
        {convokes && ' Vous pouvez la convoquer sans attendre.'}
      </p>
      <Field
        name="reason"
        label="Raison"
        optional
        hint="Lue par ces services."
        error={refusal?.fieldErrors.reason}
      >
        {(field) => (
          <input
            {...field}
            // Opened to be filled.
            // eslint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            maxLength={commentMax}
            value={reason}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
            // Within the form that registers: the key sends what the cursor is in.
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              void ask()
            }}
          />
        )}
      </Field>
      <div className="cluster">
        <Button look="main" busy={busy} onClick={() => void ask()}>
          Envoyer la demande
        </Button>
      </div>
    </>
  )
  return (
    <div className="stack">
      <div className="cluster">
        <Button icon="swap" aria-expanded={open} onClick={() => setOpen(!open)}>
          {words}
        </Button>
      </div>
      {open && panel}
    </div>
  )
}

/** What is said in place of the button; nothing where it says what is read already. */
export const whyNotClaimed = ({ whyNot, ownRequestId }: Claim): string | null => {
  if (ownRequestId !== null) return null
  return whyNot === 'divestment.code_12' ||
    whyNot === 'divestment.limited' ||
    whyNot === 'divestment.not_possible_here'
    ? divestmentRefusals[whyNot]
    : null
}
