import { useEffect } from 'react'
import { useParams } from 'react-router-dom'
import {
  createdWords,
  importKindWords,
  leftAloneWords,
  linkedWords,
  refusedWords,
} from '../../../resources/import/fr'
import { count, formatDay, formatHour } from '../../../resources/shared/french'
import { useRecord, type RecordData } from '../../client/action'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { paths } from '../../paths'
import { Card } from '../../ui/card'
import { Empty } from '../../ui/empty'
import { Page } from '../../ui/page'
import { Cell, Row, Table } from '../../ui/table'
import { Tag } from '../../ui/tag'
import styles from './import.module.css'

type Report = RecordData<'ImportRun'>

const crumbs = [{ label: 'Imports', href: paths.resource('ImportRun') }]
const pace = 1_000

/** Where a file stands, while its lines are worked and afterwards. */
export function ImportReport() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useRecord('ImportRun', recordId)
  const report = opened?.data
  const running = report !== undefined && !report.finished
  useEffect(() => {
    if (!running) return
    const timer = setInterval(reload, pace)
    return () => clearInterval(timer)
  }, [running, reload])
  if (!report)
    return <EmptyPage title="Import" crumbs={crumbs} what="ce rapport" failure={failure} onRetry={reload} />
  const { started } = report
  return (
    <Page
      title={report.fileName}
      windowTitle={`Import ${recordId}`}
      crumbs={crumbs}
      lede={`${importKindWords[report.kind]}. Envoyé ${formatDay(started.date)} à ${formatHour(started.time)}.`}
      tag={
        running ? (
          <Tag tone="info">En cours</Tag>
        ) : report.refused > 0 ? (
          <Tag tone="warn">Terminé, lignes à revoir</Tag>
        ) : (
          <Tag tone="ok">Terminé</Tag>
        )
      }
    >
      <StaleNote failure={failure} onRetry={reload} />
      <Progress report={report} />
      {!running && <LeftOut report={report} />}
    </Page>
  )
}

function Progress({ report }: { report: Report }) {
  const { kind, total, done, created, linked, leftAlone, refused, finished } = report
  return (
    <Card title={finished ? 'Résultat' : 'Avancement'}>
      {!finished && (
        <>
          <progress className={styles.progress} aria-label="Lignes lues" max={total} value={done} />
          <p>
            {count(done, 'ligne lue', 'lignes lues')} sur {total.toLocaleString('fr-FR')}. Vous pouvez quitter
            cette page&nbsp;: l’import continue, et son rapport reste ici.
          </p>
        </>
      )}
      {/* Said once, at the end: not at each line. */}
      <p role="status">{finished && `Terminé\u00a0: ${count(total, 'ligne lue', 'lignes lues')}.`}</p>
      <ul>
        <li>{count(created, ...createdWords[kind])}</li>
        {kind === 'probationers' && <li>{count(linked, ...linkedWords)}</li>}
        <li>{count(leftAlone, ...leftAloneWords)}</li>
        <li>{count(refused, ...refusedWords)}</li>
      </ul>
    </Card>
  )
}

const columns = [
  { key: 'line', label: 'Ligne', unbroken: true, named: true },
  { key: 'outcome', label: 'Résultat', unbroken: true },
  { key: 'reason', label: 'Raison' },
]
const [lineColumn, outcomeColumn, reasonColumn] = columns as [Column, Column, Column]
type Column = (typeof columns)[number]

function LeftOut({ report: { id, kind, lines, leftAlone, refused } }: { report: Report }) {
  const all = leftAlone + refused
  const file = (
    <a href={`/admin/api/imports/${id}/rapport`} download>
      Télécharger le rapport (CSV)
    </a>
  )
  if (all === 0)
    return (
      <Card title="Lignes à revoir" aside={kind === 'probationers' && file}>
        <Empty icon="check" title="Toutes les lignes ont été prises" />
      </Card>
    )
  return (
    <Card title="Lignes à revoir" aside={file}>
      <p className="hint">
        {all > lines.length && `Les ${lines.length} premières sont montrées\u00a0; le rapport les a toutes. `}
        Le numéro est celui de la ligne dans votre fichier&nbsp;: son contenu n’est pas gardé ici.
      </p>
      <Table label="Lignes refusées ou laissées de côté" columns={columns}>
        {lines.map(({ line, outcome, reason }) => (
          <Row key={line}>
            <Cell column={lineColumn}>{line}</Cell>
            <Cell column={outcomeColumn}>
              {outcome === 'refused' ? <Tag tone="bad">Refusée</Tag> : <Tag tone="off">Laissée de côté</Tag>}
            </Cell>
            <Cell column={reasonColumn}>{reason}</Cell>
          </Row>
        ))}
      </Table>
    </Card>
  )
}
