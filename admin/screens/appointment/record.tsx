import { useState, type ReactNode } from 'react'
import { Link, useParams } from 'react-router-dom'
import { roleNames } from '../../../resources/agent/fr'
import { stateWords } from '../../../resources/appointment/fr'
import { unreachableWords } from '../../../resources/message/fr'
import {
  agentName,
  formatBirth,
  formatDay,
  formatHour,
  fullName,
  inDays,
} from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import { useRecord, useResource, type ResourceInStore } from '../../client/action'
import { ActionButtons } from '../../forms/action-buttons'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { DescriptionList } from '../../ui/description-list'
import { Icon } from '../../ui/icon'
import { Page } from '../../ui/page'
import { Tag } from '../../ui/tag'
import { paths } from '../../paths'
import type { AppointmentData } from './data'
import { OutcomeButtons, stateLooks } from './outcome'
import { oneEntryAMessage } from '../history/entries'
import { useMessagesUnderWay } from '../message/under-way'
import { History } from '../history/history-card'
import { Messages } from './messages'
import { Cancel, Correct, ExcuseBefore } from './panels'

type Panel = 'cancel' | 'excuse' | 'correct'

const crumbs = [{ label: 'Convocations', href: paths.appointments }]

/** One appointment: when, where, its messages and what became of them, what happened, what may be done. */
export function AppointmentRecord() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useRecord('Appointment', recordId)
  const resource = useResource('Appointment')
  if (!opened || !resource)
    return (
      <EmptyPage
        title="Convocation"
        crumbs={crumbs}
        what="la convocation"
        failure={failure}
        onRetry={reload}
      />
    )
  return (
    <Appointment
      data={opened.data}
      actions={opened.record?.actions ?? []}
      resource={resource}
      stale={<StaleNote failure={failure} onRetry={reload} />}
      onReload={reload}
    />
  )
}

function Appointment({
  data,
  actions,
  resource,
  stale,
  onReload,
}: {
  data: AppointmentData
  actions: readonly string[]
  resource: ResourceInStore
  stale: ReactNode
  onReload: () => void
}) {
  const [panel, setPanel] = useState<Panel | null>(null)
  const { probationer } = data
  const { messages, history } = useMessagesUnderWay(data.id, data) ?? data
  const subject = {
    appointmentId: data.id,
    name: fullName(probationer),
    unreachable: probationer.unreachable,
    toldMissed:
      data.state === 'missed' &&
      messages.some(({ kind, state }) => kind === 'missed' && state !== 'cancelled'),
  }
  const panelProps = { data, onClose: () => setPanel(null) }
  const toggle = (name: Panel) => ({
    'aria-expanded': panel === name,
    onClick: () => setPanel(panel === name ? null : name),
  })
  const mayRecord = actions.includes('recordOutcome')
  const toCome = data.state === 'booked' && !data.past
  return (
    <Page
      title={data.type}
      windowTitle={`Convocation ${data.id}`}
      crumbs={
        probationer.opens
          ? [...crumbs, { label: subject.name, href: paths.probationer(probationer.id) }]
          : crumbs
      }
      tag={
        <>
          {data.state === 'booked' && data.past ? (
            <Tag tone={data.asksOutcome ? 'warn' : 'off'} icon="clock">
              {mayRecord && data.asksOutcome ? 'Issue à renseigner' : 'Issue non renseignée'}
            </Tag>
          ) : (
            <Tag {...stateLooks[data.state]}>{stateWords[data.state]}</Tag>
          )}
          {actions.includes('undoOutcome') && (
            <Button look="quiet" {...toggle('correct')}>
              Retirer cette issue
            </Button>
          )}
        </>
      }
      actions={
        <>
          {toCome && <ActionButtons resource={resource} recordId={String(data.id)} names={actions} />}
          {data.mayReconvene && (
            <ButtonLink look="main" icon="calendar" to={paths.reconvene(probationer.id, data.id)}>
              Reconvoquer
            </ButtonLink>
          )}
          {actions.includes('recordOutcome') && !data.past && (
            <Button {...toggle('excuse')}>Excuser à l’avance</Button>
          )}
          {actions.includes('cancel') && (
            <Button look="danger" {...toggle('cancel')}>
              Annuler la convocation
            </Button>
          )}
        </>
      }
    >
      {stale}
      {panel === 'cancel' && <Cancel subject={subject} {...panelProps} />}
      {panel === 'excuse' && <ExcuseBefore subject={subject} {...panelProps} />}
      {panel === 'correct' && <Correct subject={subject} {...panelProps} />}
      {data.past && mayRecord && (
        <Card title={data.asksOutcome ? 'La personne est-elle venue\u00a0?' : 'Issue'} question>
          <OutcomeButtons subject={subject} />
        </Card>
      )}
      <div className="split">
        <div className="stack">
          <Messages data={data} messages={messages} onReload={onReload} />
          <Card title="Ce qui s’est passé">
            <History lines={oneEntryAMessage(history)} />
          </Card>
        </div>
        <div className="stack">
          <When data={data} />
          <Who data={data} />
          <p className="hint cluster beside">
            <Icon name="paper" />
            <span>Seule la convocation papier a une valeur juridique. Les SMS aident à s’en souvenir.</span>
          </p>
        </div>
      </div>
    </Page>
  )
}

function When({ data }: { data: AppointmentData }) {
  const { rescheduledFrom, rescheduledTo, reconvenes, reconvenedAs } = data
  return (
    <Card label="Rendez-vous">
      <p className="headline">
        {formatDay(data.date)}
        <br />
        {formatHour(data.time)}
      </p>
      <DescriptionList
        pairs={[
          ['Quand', inDays(data.today, data.date)],
          ['Remplacée par', rescheduledTo && <OtherDate {...rescheduledTo} what="la convocation du" />],
          ['Remplace', rescheduledFrom && <OtherDate {...rescheduledFrom} what="la convocation du" />],
          [
            'Vient après',
            reconvenes && (
              <OtherDate
                {...reconvenes}
                what={`la convocation ${stateWords[reconvenes.state].toLowerCase()} du`}
              />
            ),
          ],
          ['Reconvoquée', reconvenedAs && <OtherDate {...reconvenedAs} what="le" />],
          [
            'Lieu',
            <>
              {data.place.name}
              {data.heldAtPlace && <span className="subline">{data.place.address}</span>}
            </>,
          ],
          ['Agenda', data.agenda],
          ['Durée', `${data.durationMinutes} minutes`],
          ['N° de parquet', data.prosecutionNumber],
          ['Agent', data.agent && agentName(data.agent)],
          ['Créée par', data.creatingOrganization],
          [data.moved ? 'Replanifiée par' : 'Convoquée par', data.bookedBy && roleNames[data.bookedBy.role]],
        ]}
      />
    </Card>
  )
}

function OtherDate({ id, date, time, what }: { id: number; date: string; time: string; what: string }) {
  return (
    <Link to={paths.appointment(id)}>
      {what} {formatDay(date)} à {formatHour(time)}
    </Link>
  )
}

function Who({ data: { probationer } }: { data: AppointmentData }) {
  const { unreachable } = probationer
  return (
    <Card label="Personne">
      <p>
        {probationer.opens ? (
          <Link to={paths.probationer(probationer.id)}>{fullName(probationer)}</Link>
        ) : (
          fullName(probationer)
        )}
        {probationer.dateOfBirth && <span className="subline">{formatBirth(probationer.dateOfBirth)}</span>}
      </p>
      <DescriptionList
        pairs={[
          [
            'Portable',
            probationer.known ? (
              probationer.phone ? (
                <a className="no-wrap" href={`tel:${probationer.phone}`}>
                  {formatPhone(probationer.phone)}
                </a>
              ) : (
                'aucun'
              )
            ) : null,
          ],
          ['SMS', unreachable && <Tag {...unreachableTag(unreachable)} />],
          [
            'Référent',
            probationer.known
              ? probationer.assignedAgent
                ? agentName(probationer.assignedAgent)
                : 'le service'
              : null,
          ],
        ]}
      />
    </Card>
  )
}

const unreachableTag = (reason: keyof typeof unreachableWords) => ({
  tone: unreachableWords[reason].tone,
  children: unreachableWords[reason].word,
})
