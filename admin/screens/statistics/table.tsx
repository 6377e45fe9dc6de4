import { percent, tooFew } from '../../../resources/reporting/fr'
import { missedShare, pastOf, type Counts } from '../../../resources/reporting/rules'
import type { Column } from '../../define/list'
import { Cell, Row, Table } from '../../ui/table'

const number = { number: true, named: true, unbroken: true }
const counted: readonly [Column, (counts: Counts) => number][] = [
  [{ key: 'past', label: 'Passées', ...number }, pastOf],
  [{ key: 'attended', label: 'Honorées', ...number }, ({ attended }) => attended],
  [{ key: 'missed', label: 'Manquées', ...number }, ({ missed }) => missed],
  [{ key: 'excused', label: 'Excusées', ...number }, ({ excused }) => excused],
  [{ key: 'unsettled', label: 'Sans issue', ...number }, ({ unsettled }) => unsettled],
]
const share: Column = { key: 'share', label: 'Part manquée', number: true, named: true }

/** What became of appointments, a line a value: what charts draw, in numbers. */
export function FiguresTable({
  label,
  of,
  lines,
}: {
  label: string
  /** The name of the first column. */
  of: string
  lines: readonly { label: string; counts: Counts }[]
}) {
  const first: Column = { key: 'label', label: of }
  return (
    <Table label={label} columns={[first, ...counted.map(([column]) => column), share]}>
      {lines.map((line, index) => {
        const missed = percent(missedShare(line.counts))
        return (
          <Row key={`${index} ${line.label}`}>
            <Cell column={first}>{line.label}</Cell>
            {counted.map(([column, value]) => (
              <Cell key={column.key} column={column}>
                {value(line.counts).toLocaleString('fr-FR')}
              </Cell>
            ))}
            <Cell column={share}>{missed ? <b>{missed}</b> : <span className="hint">{tooFew}</span>}</Cell>
          </Row>
        )
      })}
    </Table>
  )
}
