import { parseDate } from '@internationalized/date'
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Heading,
} from 'react-aria-components/Calendar'
import type { CivilDate } from '../../resources/shared/civil-time'
import { buttonClass } from './button'
import { classes } from './classes'
import { Icon } from './icon'
import styles from './months.module.css'

/** A month at a time, weeks from Monday: arrow keys go from day to day, Page up and down from month to month. */
export default function Months({
  date,
  today,
  onPick,
}: {
  date: CivilDate | null
  today: CivilDate
  onPick: (date: CivilDate) => void
}) {
  return (
    <Calendar
      aria-label="Jour"
      // The picker was opened to choose a day: the cursor is there.
      // eslint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      defaultFocusedValue={parseDate(date ?? today)}
      value={date ? parseDate(date) : null}
      onChange={(picked) => onPick(picked.toString())}
    >
      <header className={classes('cluster', styles.head)}>
        <Button slot="previous" className={buttonClass() ?? ''}>
          <Icon name="previous" />
        </Button>
        <Heading className={styles.month ?? ''} />
        <Button slot="next" className={buttonClass() ?? ''}>
          <Icon name="next" />
        </Button>
      </header>
      <CalendarGrid className={styles.grid ?? ''}>
        <CalendarGridHeader>{(day) => <CalendarHeaderCell>{day}</CalendarHeaderCell>}</CalendarGridHeader>
        <CalendarGridBody>
          {(day) => <CalendarCell date={day} className={styles.date ?? ''} />}
        </CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  )
}
