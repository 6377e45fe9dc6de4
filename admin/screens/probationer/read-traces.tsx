import { useParams, useSearchParams } from 'react-router-dom'
import { roleNames } from '../../../resources/agent/fr'
import { traceSentence } from '../../../resources/audit/fr'
import { formatBriefDay, formatHour, fullName } from '../../../resources/shared/french'
import { useOpened } from '../../client/action'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { paths } from '../../paths'
import { ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Empty } from '../../ui/empty'
import { Page } from '../../ui/page'
import { Cell, Row, Table } from '../../ui/table'
import { recordCrumbs } from './crumbs'

const columns = [
  { key: 'who', label: 'Qui' },
  { key: 'service', label: 'Rôle et service' },
  { key: 'what', label: 'Quoi' },
  { key: 'when', label: 'Quand', end: true, unbroken: true },
] as const

/** Who opened the record of a person, or changed it, for those who answer for it. */
export function ReadTraces() {
  const { recordId = '' } = useParams()
  const [asked] = useSearchParams()
  const before = asked.get('before')
  const {
    data: opened,
    failure,
    reload,
  } = useOpened('Probationer', 'readTraces', recordId, before ? `?before=${encodeURIComponent(before)}` : '')
  const crumbs = recordCrumbs(recordId)
  if (!opened)
    return (
      <EmptyPage
        title="Qui a ouvert cette fiche"
        crumbs={crumbs}
        what="les traces de lecture"
        failure={failure}
        onRetry={reload}
      />
    )
  const { person, lines, more } = opened.data
  const [who, service, what, when] = columns
  const here = paths.recordAction('Probationer', recordId, 'readTraces')
  const last = lines.at(-1)
  return (
    <Page
      title={`Qui a ouvert la fiche de ${fullName(person)}`}
      windowTitle={`Qui a ouvert la fiche ${recordId}`}
      crumbs={crumbs}
      lede="Chaque ouverture et chaque modification, pendant un an. Votre lecture de cette page est enregistrée aussi."
    >
      <StaleNote failure={failure} onRetry={reload} />
      <Card
        label="Traces de lecture"
        flush={lines.length > 0}
        footer={
          (before ?? more) && (
            <div className="cluster">
              {before && <ButtonLink to={here}>Revenir aux dernières</ButtonLink>}
              {more && last && <ButtonLink to={`${here}?before=${last.id}`}>Voir les précédentes</ButtonLink>}
            </div>
          )
        }
      >
        {lines.length === 0 ? (
          <Empty title="Aucune trace">Personne n’a ouvert cette fiche depuis un an.</Empty>
        ) : (
          <Table label="Traces de lecture de la fiche" columns={columns}>
            {lines.map((line) => (
              <Row key={line.id}>
                <Cell column={who}>
                  <b>{line.who ?? 'Le système'}</b>
                  {line.as && <span className="subline">sous le compte de {line.as}</span>}
                </Cell>
                <Cell column={service}>
                  {line.role && roleNames[line.role]}
                  {line.service && <span className="subline">{line.service}</span>}
                </Cell>
                <Cell column={what}>{traceSentence(line)}</Cell>
                <Cell column={when}>
                  {formatBriefDay(line.date)} {line.date.slice(0, 4)}, {formatHour(line.time)}
                </Cell>
              </Row>
            ))}
          </Table>
        )}
      </Card>
    </Page>
  )
}
