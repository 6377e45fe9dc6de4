/**
 * Tables whose rows are drawn as blocks on a phone, which takes their implied roles away: here they are
 * explicit. A `Line` can be chosen with the arrows (see shortcuts.tsx) and hold what opens under it.
 */
/* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role */
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { Column } from '../define/list'
import { classes } from './classes'
import styles from './table.module.css'

/** A table that scrolls inside its own named region. */
function TableRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // Focusable, so that the keyboard scrolls it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.region} tabIndex={0} role="region" aria-label={label} data-lines="">
      {children}
    </div>
  )
}

const Width = createContext(1)
const Below = createContext<{ place: HTMLElement | null; open: (opened: boolean) => void } | null>(null)

export function Table({
  label,
  columns,
  children,
}: {
  label: string
  columns: readonly Column[]
  children: ReactNode
}) {
  return (
    <TableRegion label={label}>
      <table className={styles.table} role="table">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column.key}
                role="columnheader"
                scope="col"
                className={column.end ? styles.trailing : undefined}
              >
                {column.label || <span className="visually-hidden">Actions</span>}
              </th>
            ))}
          </tr>
        </thead>
        <Width.Provider value={columns.length}>
          <tbody role="rowgroup">{children}</tbody>
        </Width.Provider>
      </table>
    </TableRegion>
  )
}

export function Row({
  mark = false,
  children,
}: {
  /** A line above it: here is now. */ mark?: boolean
  children: ReactNode
}) {
  const width = useContext(Width)
  const [opened, open] = useState(false)
  const [place, setPlace] = useState<HTMLElement | null>(null)
  return (
    <Below.Provider value={{ place, open }}>
      <tr
        role="row"
        data-line=""
        tabIndex={-1}
        className={classes(
          styles.line,
          opened && styles.chosen,
          opened && styles.opened,
          mark && !opened && styles.mark,
        )}
      >
        {children}
      </tr>
      {opened && (
        <tr role="row" className={styles.chosen}>
          <td role="cell" colSpan={width} ref={setPlace} className={styles.below} />
        </tr>
      )}
    </Below.Provider>
  )
}

export function Cell({
  end = false,
  beside = false,
  unbroken = false,
  className,
  children,
}: {
  /** Set against the right edge: numbers and acts. */
  end?: boolean | undefined
  /** On a phone, at the right of the row's first line. */
  beside?: boolean | undefined
  /** Read whole, on one line: dates and numbers. */
  unbroken?: boolean | undefined
  className?: string | undefined
  children?: ReactNode
}) {
  return (
    <td
      role="cell"
      className={classes(end && styles.trailing, beside && styles.beside, unbroken && 'no-wrap', className)}
    >
      {children}
    </td>
  )
}

/** What opens under the line where it stands; outside a table, in its place. */
export function ExpandedRow({ children }: { children: ReactNode }) {
  const below = useContext(Below)
  const open = below?.open
  useEffect(() => {
    open?.(true)
    return () => open?.(false)
  }, [open])
  if (!below) return children
  return below.place && createPortal(children, below.place)
}
