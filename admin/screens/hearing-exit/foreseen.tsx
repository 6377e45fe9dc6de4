import { useEffect } from 'react'
import { appointmentRefusals } from '../../../resources/appointment/fr'
import type { ResultOf } from '../../client/client'
import { useQuery } from '../../client/query'
import { FailureNote } from '../../frame/failures'
import type { Lookups } from '../../lookups'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { Loading } from '../../ui/loading'
import { RecordFaults } from '../book/incomplete-record'
import { MendPhone, MessageChoices, NumberToCheck, WhyNoSms } from '../book/messages-block'
import { Elsewhere } from '../book/moment'
import type { TypedSeat } from './in-hand'
import styles from './desk.module.css'

/** What convoking somebody here would do, as the booking form says it: what stands in the way, and each SMS. */
export function Foreseen({
  person,
  seat,
  typed: { inform, keepOverlap },
  errors,
  onChange,
  onTold,
}: {
  person: ResultOf<Lookups['searchProbationers']>[number]
  seat: { slotId: number; placeId: number; typeCode: string }
  typed: Pick<TypedSeat, 'inform' | 'keepOverlap'>
  errors: Readonly<Record<string, string>>
  onChange: (change: Partial<TypedSeat>) => void
  /** Whom all this is said of; nobody while it is read. */
  onTold: (personId: number | null) => void
}) {
  // Of now: a record that is completed in another tab is read again.
  const {
    data: preview,
    failure,
    reload,
  } = useQuery('bookingPreview', { ...seat, probationerId: person.id, inform }, { live: true })
  // What cannot be read holds nobody back: the booking itself refuses what may not be.
  const told = preview !== null || failure !== null
  useEffect(() => {
    onTold(told ? person.id : null)
    return () => onTold(null)
  }, [onTold, told, person.id])
  const elsewhere = (
    <Elsewhere preview={preview} keep={keepOverlap} error={errors.keepOverlap} onChange={onChange} />
  )
  if (!preview)
    return failure ? (
      <div className={styles.foreseen}>
        <FailureNote what="Les SMS n’ont pas pu être lus" failure={failure} onRetry={reload} />
        {elsewhere}
      </div>
    ) : (
      <Loading what="les SMS" lines={3} />
    )
  const { record } = preview
  if (!record) return null
  const { recordFaults, unreachable, phoneToCheck, followedHere } = record
  const mend = <MendPhone apart person={{ ...person, mayEdit: record.mayEdit }} />
  if (!followedHere)
    return (
      <Alert tone="warn" announce="status" title={appointmentRefusals['appointment.place_not_following']} />
    )
  if (recordFaults.length > 0)
    return (
      <RecordFaults
        person={{ ...person, ...record }}
        complete={
          <a href={paths.editProbationer(person.id)} target="_blank" rel="noreferrer">
            Compléter la fiche<span className="visually-hidden"> (nouvel onglet)</span>
          </a>
        }
      />
    )
  return (
    <div className={styles.foreseen}>
      {elsewhere}
      <MessageChoices
        whyNot={unreachable && <WhyNoSms reason={unreachable} mend={mend} />}
        warning={phoneToCheck && <NumberToCheck mend={mend} />}
        inform={inform}
        preview={preview}
        errors={errors}
        onChange={(choice) => onChange({ inform: choice })}
      />
    </div>
  )
}
