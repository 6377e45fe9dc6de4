import { answerDays } from '../../../resources/divestment/rules'
import type { CivilDate } from '../../../resources/shared/civil-time'
import { count, formatBriefDay } from '../../../resources/shared/french'
import styles from './divestment.module.css'

/** Until when an answer is awaited, and how much of that time is gone. */
export function DeadlineCell({
  data: { deadline, daysLeft },
}: {
  data: { deadline: CivilDate; daysLeft: number }
}) {
  const left = daysLeft > 0 ? count(daysLeft, 'jour') : daysLeft === 0 ? 'aujourd’hui' : 'délai passé'
  const gone = Math.min(1, Math.max(0, 1 - daysLeft / answerDays))
  return (
    <span className={styles.deadline} data-late={gone > 0.5 ? '' : undefined}>
      {formatBriefDay(deadline)}
      <span className="subline">{left}</span>
      <span className={styles.track} aria-hidden="true">
        <i style={{ width: `${Math.round(gone * 100)}%` }} />
      </span>
    </span>
  )
}
