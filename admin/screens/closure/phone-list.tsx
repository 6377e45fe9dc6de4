import { useParams } from 'react-router-dom'
import { choiceWords, periodWords } from '../../../resources/closure/fr'
import { unreachableWords } from '../../../resources/message/fr'
import { formatBriefDay, formatDay, formatHour, fullName } from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import { useOpened } from '../../client/action'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { paths } from '../../paths'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Page } from '../../ui/page'
import { Cell, Row, Table } from '../../ui/table'

const title = 'Personnes à prévenir par téléphone'
const columns = [
  { key: 'person', label: 'Personne' },
  { key: 'phone', label: 'Téléphone', unbroken: true },
  { key: 'was', label: 'Était convoquée', unbroken: true },
  { key: 'now', label: 'À lui dire' },
] as const

/** Whom no SMS tells of a closure, ready to print: to be phoned. */
export function PhoneList() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useOpened('Closure', 'print', recordId)
  const crumbs = [{ label: 'Fermetures', href: paths.resource('Closure') }]
  if (!opened)
    return <EmptyPage title={title} crumbs={crumbs} what="cette liste" failure={failure} onRetry={reload} />
  const { data } = opened
  // By name: one call tells a person of all their appointments.
  const toCall = data.lines
    .filter(({ told }) => told === 'phone')
    .sort((one, other) => fullName(one.person).localeCompare(fullName(other.person), 'fr'))
  const [person, phone, was, now] = columns
  return (
    <Page
      title={title}
      crumbs={crumbs}
      lede={`${data.name}, ${periodWords(data)}`}
      actions={
        <>
          <Button look="main" icon="print" data-key="main" onClick={() => window.print()}>
            Imprimer
          </Button>
          <ButtonLink to={paths.record('Closure', recordId)}>Retour à la fermeture</ButtonLink>
        </>
      }
    >
      <StaleNote failure={failure} onRetry={reload} />
      {/* The head of the page is not printed: the sheet says what it is. */}
      <div className="print-only">
        <p>
          <b>{title}</b>
        </p>
        <p>
          {data.name}, {periodWords(data)}
        </p>
      </div>
      <Card label="Liste à imprimer" flush={toCall.length > 0}>
        {toCall.length === 0 ? (
          <p>Personne&nbsp;: chacun reçoit un SMS.</p>
        ) : (
          <Table label={title} columns={columns}>
            {toCall.map((line) => (
              <Row key={line.appointmentId}>
                <Cell column={person}>
                  <b>{fullName(line.person)}</b>
                </Cell>
                <Cell column={phone}>
                  {line.person.phone
                    ? formatPhone(line.person.phone)
                    : line.unreachable && unreachableWords[line.unreachable].word}
                </Cell>
                <Cell column={was}>
                  {formatBriefDay(line.date)}, {formatHour(line.time)}
                </Cell>
                <Cell column={now}>
                  {line.next
                    ? `${choiceWords.move} au ${formatDay(line.next.date)} à ${formatHour(line.next.time)}`
                    : choiceWords.cancel}
                </Cell>
              </Row>
            ))}
          </Table>
        )}
      </Card>
    </Page>
  )
}
