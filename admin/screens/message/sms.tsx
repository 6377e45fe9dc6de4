import { moneyWords } from '../../../resources/shared/french'
import styles from './sms.module.css'

/** What two SMS hold: past it, a third one is paid. */
const fullTrack = 306

/** The SMS as it will leave, or left. */
export function Sms({
  text,
  characters,
  parts,
  price,
}: {
  text: string
  characters?: number
  parts?: number
  /** What it costs, in euros. */
  price?: number
}) {
  return (
    <>
      <p className={styles.text} data-sms="">
        {text}
      </p>
      {characters !== undefined && parts !== undefined && (
        <p className={styles.meter}>
          <span className={styles.track} aria-hidden="true">
            <i style={{ width: `${Math.min(100, Math.round((characters / fullTrack) * 100))}%` }} />
          </span>
          <span>
            {characters} caractères · <b>{parts} SMS</b>
            {price !== undefined && ` · ${moneyWords(price)}`}
          </span>
        </p>
      )}
    </>
  )
}
