import { useState } from 'react'
import { formatShortDate } from '../../../resources/shared/french'
import { isCivilDate } from '../../../resources/shared/civil-time'
import { useAction } from '../../client/action'
import { ErrorText } from '../../ui/error-text'
import type { Shown, Taken } from './data'
import styles from './desk.module.css'

/**
 * A cell of a court's column: read, or written in its place. It is saved when the cell is left; what somebody else wrote
 * meanwhile is said, and stays until it is replaced knowingly.
 */
export function FilledCell({
  appointmentId,
  column,
  cell,
  label,
  onWrite,
}: {
  appointmentId: number
  column: Shown['columns'][number]
  cell: Taken['cells'][number]
  label: string
  /** The clerk is about to write. */
  onWrite: () => void
}) {
  // What is typed here and not saved yet; the table may be read again meanwhile.
  const [typed, setTyped] = useState<string | null>(null)
  const [seen, setSeen] = useState(cell.value)
  const { failure, run } = useAction('Appointment', 'fillColumn')
  if (!cell.mayFill) return isCivilDate(cell.value) ? formatShortDate(cell.value) : cell.value
  const save = async () => {
    if (typed === null || typed.trim() === seen) return setTyped(null)
    const answer = await run(appointmentId, { customColumnId: column.id, value: typed, seen })
    if (answer.ok) {
      setSeen(answer.result.value ?? '')
      setTyped(null)
    } else if (answer.code === 'custom_column.filled_meanwhile') setSeen(String(answer.params?.value))
    else if (answer.code === 'custom_column.emptied_meanwhile') setSeen('')
  }
  return (
    <>
      <input
        className={styles.cell}
        type={column.dataType === 'date' ? 'date' : 'text'}
        aria-label={label}
        aria-invalid={failure ? true : undefined}
        maxLength={200}
        value={typed ?? cell.value}
        onFocus={() => {
          setSeen(cell.value)
          onWrite()
        }}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') setTyped(null)
        }}
      />
      {failure && <ErrorText announce>{failure.message}</ErrorText>}
    </>
  )
}
