import type { ReactNode } from 'react'
import { Link } from 'react-router-dom'
import { decimal, percent } from '../../../resources/reporting/fr'
import { moneyWords } from '../../../resources/shared/french'
import { definitions, prefixWords, reasonLabel, stateLabel } from '../../../resources/watch/fr'
import { shareOf } from '../../../resources/watch/rules'
import type { Column } from '../../define/list'
import { paths } from '../../paths'
import { Card } from '../../ui/card'
import { classes } from '../../ui/classes'
import { DescriptionList } from '../../ui/description-list'
import { Cell, Row, Table } from '../../ui/table'
import { Tag } from '../../ui/tag'
import type { Counted } from './data'
import styles from './supervision.module.css'

type Figures = Counted['figures']

const number = { number: true, named: true, unbroken: true }
const total: Column = { key: 'total', label: 'SMS', ...number }
const handed: Column = { key: 'handed', label: 'Remis', ...number }
const failed: Column = { key: 'failed', label: 'Échecs', ...number }
const share: Column = { key: 'share', label: 'Part', ...number }

function TableCard({
  title,
  definition,
  empty,
  columns,
  children,
}: {
  title: string
  definition: string
  /** In place of the table. */
  empty: string | null
  columns: readonly Column[]
  children: ReactNode
}) {
  return (
    <Card title={title} flush>
      <p className={classes('hint', styles.definition)}>{definition}.</p>
      {empty ? (
        <p className={styles.definition}>{empty}</p>
      ) : (
        <Table label={`Tableau\u00a0: ${title.toLocaleLowerCase('fr')}`} columns={columns}>
          {children}
        </Table>
      )}
    </Card>
  )
}

const shareWords = (part: number, whole: number) =>
  percent(shareOf(part, whole)) ?? <span className="hint">Trop peu</span>

export function States({ figures: { states } }: { figures: Figures }) {
  const first: Column = { key: 'state', label: 'État' }
  const whole = states.reduce((sum, state) => sum + state.total, 0)
  return (
    <TableCard
      title="SMS par état"
      definition={definitions.states}
      empty={whole === 0 ? 'Aucun SMS dans cette période.' : null}
      columns={[first, total, share]}
    >
      {[...states]
        .sort((a, b) => b.total - a.total)
        .map((one) => (
          <Row key={one.state}>
            <Cell column={first}>{stateLabel(one.state)}</Cell>
            <Cell column={total}>{one.total.toLocaleString('fr-FR')}</Cell>
            <Cell column={share}>{shareWords(one.total, whole)}</Cell>
          </Row>
        ))}
    </TableCard>
  )
}

export function Reasons({ figures: { reasons } }: { figures: Figures }) {
  const first: Column = { key: 'reason', label: 'Raison' }
  const became: Column = { key: 'state', label: 'Devenu' }
  return (
    <TableCard
      title="Raisons"
      definition={definitions.reasons}
      empty={reasons.length === 0 ? 'Aucun SMS retenu ni perdu dans cette période.' : null}
      columns={[first, became, total]}
    >
      {reasons.map((one) => (
        <Row key={`${one.state} ${one.reason}`}>
          <Cell column={first}>{reasonLabel(one.reason)}</Cell>
          <Cell column={became}>{stateLabel(one.state)}</Cell>
          <Cell column={total}>{one.total.toLocaleString('fr-FR')}</Cell>
        </Row>
      ))}
    </TableCard>
  )
}

export function Services({ counted: { figures, failing } }: { counted: Counted }) {
  const { services } = figures
  const first: Column = { key: 'service', label: 'Service' }
  return (
    <TableCard
      title="Échecs par service"
      definition={`${definitions.services}. «\u00a0SMS en échec\u00a0»\u00a0: ${definitions.failing.toLocaleLowerCase('fr').replaceAll('sms', 'SMS')}`}
      empty={services.length === 0 ? 'Aucun SMS remis dans cette période.' : null}
      columns={[first, handed, failed, share]}
    >
      {services.map((one) => (
        <Row key={one.id}>
          <Cell column={first}>
            <Link to={paths.record('Organization', one.id)}>{one.name}</Link>{' '}
            {failing.includes(one.id) && <Tag tone="warn">SMS en échec</Tag>}
          </Cell>
          <Cell column={handed}>{one.handed.toLocaleString('fr-FR')}</Cell>
          <Cell column={failed}>{one.failed.toLocaleString('fr-FR')}</Cell>
          <Cell column={share}>{shareWords(one.failed, one.handed)}</Cell>
        </Row>
      ))}
    </TableCard>
  )
}

export function Prefixes({ figures: { prefixes } }: { figures: Figures }) {
  const first: Column = { key: 'prefix', label: 'Numéros en', unbroken: true }
  return (
    <TableCard
      title="Échecs par premiers chiffres"
      definition={definitions.prefixes}
      empty={prefixes.length === 0 ? 'Aucun SMS remis dans cette période.' : null}
      columns={[first, handed, failed, share]}
    >
      {prefixes.map((one) => (
        <Row key={one.prefix}>
          <Cell column={first}>{prefixWords(one.prefix)}</Cell>
          <Cell column={handed}>{one.handed.toLocaleString('fr-FR')}</Cell>
          <Cell column={failed}>{one.failed.toLocaleString('fr-FR')}</Cell>
          <Cell column={share}>{shareWords(one.failed, one.handed)}</Cell>
        </Row>
      ))}
    </TableCard>
  )
}

/** What texts are made of and cost: ours, and what the receipts say. */
export function Parts({ counted: { figures, partPrice } }: { counted: Counted }) {
  const { texts, parts, billedTexts, partsBilled, partsOfBilled, drifting, creditsUsed } = figures
  const ours = (value: number) => value.toLocaleString('fr-FR')
  const gap = partsBilled - partsOfBilled
  return (
    <Card title="Parties et prix">
      <DescriptionList
        pairs={[
          [
            'Parties par SMS',
            texts === 0 ? (
              'Aucun SMS envoyé'
            ) : (
              <>
                <b>{decimal(parts / texts)}</b>{' '}
                <span className="hint">
                  {ours(parts)} parties, {ours(texts)} textes&nbsp;; {definitions.parts}
                </span>
              </>
            ),
          ],
          [
            'Écart avec les accusés',
            billedTexts === 0 ? (
              'Aucun accusé ne donne de compte'
            ) : (
              <>
                <b>
                  {ours(drifting)} sur {ours(billedTexts)}
                </b>
                {gap !== 0 && `, ${gap > 0 ? '+' : '−'}${ours(Math.abs(gap))} parties`}{' '}
                <span className="hint">{definitions.drift}</span>
              </>
            ),
          ],
          [
            'Prix estimé',
            <>
              <b>{moneyWords(parts * partPrice)}</b>{' '}
              <span className="hint">
                à {moneyWords(partPrice)} la partie&nbsp;; {definitions.price}
              </span>
            </>,
          ],
          [
            'Crédits décomptés',
            <>
              <b>{ours(creditsUsed)}</b> <span className="hint">{definitions.creditsUsed}</span>
            </>,
          ],
        ]}
      />
    </Card>
  )
}
