import { useState } from 'react'
import { Link, useParams } from 'react-router-dom'
import { choiceWords, periodWords } from '../../../resources/closure/fr'
import { unreachableWords } from '../../../resources/message/fr'
import { count, formatBriefDay, formatDay, formatHour, fullName } from '../../../resources/shared/french'
import { useAction, useRecord, useResource, type RecordData } from '../../client/action'
import type { Failure } from '../../client/client'
import { ActionButtons } from '../../forms/action-buttons'
import { RefusalNote } from '../../forms/form-parts'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { useNotify } from '../../frame/notice'
import { paths } from '../../paths'
import { Button } from '../../ui/button'
import { Card } from '../../ui/card'
import { Page } from '../../ui/page'
import { Cell, Row, Table } from '../../ui/table'
import { Tag } from '../../ui/tag'
import { asLines, Foreseen, PeopleTouched, type Decisions } from './people-touched'

type ClosureData = RecordData<'Closure'>

const crumbs = [{ label: 'Fermetures', href: paths.resource('Closure') }]

/** A closed period: who is still to be decided of, and what was decided of the others. */
export function ClosureRecord() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useRecord('Closure', recordId)
  const resource = useResource('Closure')
  if (!opened || !resource)
    return (
      <EmptyPage
        title="Fermeture"
        crumbs={crumbs}
        what="cette fermeture"
        failure={failure}
        onRetry={reload}
      />
    )
  const { data, record } = opened
  const actions = record?.actions ?? []
  return (
    <Page
      title={data.name}
      windowTitle={`Fermeture ${recordId}`}
      crumbs={crumbs}
      tag={
        data.lifted ? (
          <Tag tone="off">Rouverte</Tag>
        ) : (
          <Tag tone="warn" icon="lock">
            {data.kind === 'agent' ? 'Absence' : 'Fermé'}
          </Tag>
        )
      }
      lede={[periodWords(data), data.reason].filter(Boolean).join('\u00a0: ')}
      actions={<ActionButtons resource={resource} recordId={recordId} names={actions} />}
    >
      <StaleNote failure={failure} onRetry={reload} />
      <div className="stack">
        {data.left.length > 0 && <Left data={data} onDone={reload} />}
        <Decided data={data} />
      </div>
    </Page>
  )
}

/** Lines that could not be done as asked, and whoever was convoked meanwhile. */
function Left({ data: { id, left }, onDone }: { data: ClosureData; onDone: () => void }) {
  const [decisions, setDecisions] = useState<Decisions>({})
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const { busy, run } = useAction('Closure', 'settle')
  const notify = useNotify()
  const submit = async () => {
    setRefusal(null)
    const answer = await run(id, { lines: asLines(left, decisions) })
    if (!answer.ok) return setRefusal(answer)
    setDecisions({})
    notify({ tone: 'ok', title: answer.notice })
    onDone()
  }
  return (
    <Card
      title={`${count(left.length, 'convocation reste', 'convocations restent')} à décider`}
      footer={
        <Button look="main" busy={busy} data-key="main" onClick={() => void submit()}>
          Enregistrer et prévenir
        </Button>
      }
    >
      {refusal && <RefusalNote refusal={refusal} />}
      <p>
        Une place a été prise, ou une personne convoquée, pendant que vous décidiez. Voici ce qui peut être
        proposé maintenant.
      </p>
      <PeopleTouched lines={left} decisions={decisions} onDecide={setDecisions} />
      <Foreseen lines={left} decisions={decisions} />
    </Card>
  )
}

const columns = [
  { key: 'person', label: 'Personne' },
  { key: 'when', label: 'Était convoquée', unbroken: true },
  { key: 'choice', label: 'Décision' },
  { key: 'told', label: 'Prévenue', end: true },
] as const

function Decided({ data: { lines, slots } }: { data: ClosureData }) {
  const [person, when, choice, told] = columns
  return (
    <Card
      title="Ce qui a été décidé"
      aside={slots > 0 && count(slots, 'créneau fermé', 'créneaux fermés')}
      flush={lines.length > 0}
    >
      {lines.length === 0 ? (
        <p>Personne n’était convoqué.</p>
      ) : (
        <Table label="Décision pour chaque personne" columns={columns}>
          {lines.map((line) => (
            <Row key={line.appointmentId}>
              <Cell column={person}>
                <Link to={paths.probationer(line.person.id)}>{fullName(line.person)}</Link>
              </Cell>
              <Cell column={when}>
                <Link to={paths.appointment(line.appointmentId)}>
                  {formatBriefDay(line.date)}, {formatHour(line.time)}
                </Link>
              </Cell>
              <Cell column={choice}>
                {choiceWords[line.choice]}
                {line.next && (
                  <>
                    {' '}
                    au{' '}
                    <Link to={paths.appointment(line.next.id)}>
                      {formatDay(line.next.date)} à {formatHour(line.next.time)}
                    </Link>
                  </>
                )}
              </Cell>
              <Cell column={told}>
                {line.told === null ? (
                  '–'
                ) : line.told === 'phone' ? (
                  <Tag tone="warn" icon="phone">
                    {line.unreachable ? unreachableWords[line.unreachable].word : 'SMS non reçu'}&nbsp;: à
                    appeler
                  </Tag>
                ) : (
                  'Par SMS'
                )}
              </Cell>
            </Row>
          ))}
        </Table>
      )}
    </Card>
  )
}
