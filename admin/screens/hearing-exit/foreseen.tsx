import { appointmentRefusals } from '../../../resources/appointment/fr'
import type { ResultOf } from '../../client/client'
import { useQuery } from '../../client/query'
import type { Lookups } from '../../lookups'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
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
}: {
  person: ResultOf<Lookups['searchProbationers']>[number]
  seat: { slotId: number; placeId: number; typeCode: string }
  typed: Pick<TypedSeat, 'inform' | 'keepOverlap'>
  errors: Readonly<Record<string, string>>
  onChange: (change: Partial<TypedSeat>) => void
}) {
  // Of now: a record that is completed in another tab is read again.
  const { data: preview } = useQuery(
    'bookingPreview',
    { ...seat, probationerId: person.id, inform },
    { live: true },
  )
  const record = preview?.record
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
      <Elsewhere preview={preview} keep={keepOverlap} error={errors.keepOverlap} onChange={onChange} />
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
