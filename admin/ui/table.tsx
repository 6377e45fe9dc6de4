/**
 * Tables whose rows are stacked as blocks where they lack room, which takes their implied roles away: here they
 * are explicit. A `Row` can be chosen with the arrows (see shortcuts.tsx) and hold what opens under it.
 */
/* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role */
import {
  createContext,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
} from 'react'
import { createPortal } from 'react-dom'
import type { Column } from '../define/list'
import { classes } from './classes'
import styles from './table.module.css'

/** Narrower, as on a phone, rows are stacked even if their cells would fit. */
const narrowest = 520

function stackUnlessItFits(region: HTMLElement) {
  if (region.clientWidth < narrowest) {
    region.dataset.stacked = ''
    return
  }
  // Measured side by side; a page that grew shorter meanwhile would scroll.
  region.style.minHeight = `${region.offsetHeight}px`
  delete region.dataset.stacked
  if (region.scrollWidth > region.clientWidth) region.dataset.stacked = ''
  region.style.minHeight = ''
}

/**
 * A table in its own named region. Rows whose cells do not fit side by side are stacked, whatever the reason
 * (the window, the zoom, the spacing of the text, long words): no column is out of sight.
 */
function TableRegion({ label, children }: { label: string; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (ref.current) stackUnlessItFits(ref.current)
  })
  useEffect(() => {
    const region = ref.current
    const table = region?.firstElementChild
    if (!region || !table) return
    let frame = 0
    const observer = new ResizeObserver(() => {
      // Later: what an observer resizes while it is told, it would be told of again.
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => stackUnlessItFits(region))
    })
    observer.observe(table)
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
    }
  }, [])
  return (
    // Focusable, so that the arrows choose a row.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={ref} className={styles.region} tabIndex={0} role="region" aria-label={label} data-lines="">
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
                className={column.end ? styles.trailing : column.number ? styles.number : undefined}
              >
                {column.label && !column.unseen ? (
                  column.label
                ) : (
                  <span className="visually-hidden">{column.label || 'Actions'}</span>
                )}
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

/** What a row says in a column. Stacked, it says the column's label first: for the eye where it is `named`. */
export function Cell({
  column: { label, end, number, unbroken, named, spare },
  children,
}: {
  column: Column
  children?: ReactNode
}) {
  return (
    <td
      role="cell"
      className={classes(
        end && styles.trailing,
        number && styles.number,
        spare && styles.spare,
        unbroken && 'no-wrap',
        unbroken && styles.unbroken,
      )}
    >
      {label && children && (
        <span className={classes(styles.label, named && styles.named)}>{label}&nbsp;: </span>
      )}
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
