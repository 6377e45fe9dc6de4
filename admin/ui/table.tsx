/**
 * Tables whose rows are drawn as blocks on a phone, which takes their implied roles away: here they are
 * explicit. A `Line` can be chosen with the arrows (see shortcuts.tsx) and hold what opens under it.
 */
/* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role */
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { Column } from '../define/list'
import { TableRegion } from './ui'

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
      <table className="cards" role="table">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.key} role="columnheader" scope="col" className={column.end ? 'num' : undefined}>
                {column.label || <span className="sr">Actions</span>}
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

export function Row({ className, children }: { className?: string | undefined; children: ReactNode }) {
  const width = useContext(Width)
  const [opened, open] = useState(false)
  const [place, setPlace] = useState<HTMLElement | null>(null)
  return (
    <Below.Provider value={{ place, open }}>
      <tr role="row" data-line="" tabIndex={-1} className={opened ? 'sel open' : className}>
        {children}
      </tr>
      {opened && (
        <tr role="row" className="sel">
          <td role="cell" colSpan={width} ref={setPlace} className="under" />
        </tr>
      )}
    </Below.Provider>
  )
}

export function Cell({ className, children }: { className?: string | undefined; children?: ReactNode }) {
  return (
    <td role="cell" className={className}>
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
