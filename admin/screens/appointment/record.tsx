import { useState, type ReactNode } from 'react'
import { Link, useParams } from 'react-router-dom'
import { roleNames } from '../../../resources/agent/fr'
import { stateWords } from '../../../resources/appointment/fr'
import { unreachableWords } from '../../../resources/message/fr'
import { formatBirth, formatDay, formatHour, fullName, inDays } from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import type { Queries } from '../../api-table'
import type { Serialized } from '../../client/client'
import { useQuery } from '../../client/query'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { DescriptionList } from '../../ui/description-list'
import { Icon } from '../../ui/icon'
import { Page } from '../../ui/page'
import { Tag } from '../../ui/tag'
import { paths } from '../../paths'
import { OutcomeButtons, NoticeAlert, stateLooks, useNotice, type Notice, type Notify } from './outcome'
import { History } from '../history/history-card'
import { Messages } from './messages'
import { Cancel, Correct, ExcuseBefore } from './panels'

export type AppointmentData = Serialized<Awaited<ReturnType<Queries['appointmentPage']>>>
type Panel = 'cancel' | 'excuse' | 'correct'

const crumbs = [{ label: 'Convocations', href: paths.appointments }]

/** One appointment: when, where, its messages and what became of them, what happened, what may be done. */
export function AppointmentRecord() {
  const { recordId } = useParams()
  // Another appointment is another page: nothing said of this one stays.
  return <AppointmentRead key={recordId} appointmentId={Number(recordId) || 0} />
}

function AppointmentRead({ appointmentId }: { appointmentId: number }) {
  const { data, failure, reload } = useQuery('appointmentPage', { appointmentId })
  const [said, say] = useNotice()
  if (!data)
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
      data={data}
      stale={<StaleNote failure={failure} onRetry={reload} />}
      said={said}
      onReload={reload}
      onSaved={(title, undo) => {
        say(title, undo)
        reload()
      }}
    />
  )
}

function Appointment({
  data,
  stale,
  said,
  onSaved,
  onReload,
}: {
  data: AppointmentData
  stale: ReactNode
  said: Notice | null
  onSaved: Notify
  onReload: () => void
}) {
  const [panel, setPanel] = useState<Panel | null>(null)
  const { probationer } = data
  const settled = {
    appointmentId: data.id,
    name: fullName(probationer),
    unreachable: probationer.unreachable,
    toldMissed:
      data.state === 'missed' &&
      data.messages.some(({ kind, state }) => kind === 'missed' && state !== 'cancelled'),
  }
  const panelProps = {
    data,
    onClose: () => setPanel(null),
    onSaved: (title: string, undo?: typeof settled) => {
      setPanel(null)
      onSaved(title, undo)
    },
  }
  const toggle = (name: Panel) => ({
    'aria-expanded': panel === name,
    onClick: () => setPanel(panel === name ? null : name),
  })
  const toCome = data.state === 'booked' && !data.past
  return (
    <Page
      title={data.type}
      windowTitle="Convocation"
      crumbs={[...crumbs, { label: settled.name, href: paths.probationer(probationer.id) }]}
      tag={
        <>
          {data.state === 'booked' && data.past ? (
            <Tag tone="warn" icon="clock">
              {data.mayRecordOutcome ? 'Issue à renseigner' : 'Issue non renseignée'}
            </Tag>
          ) : (
            <Tag {...stateLooks[data.state]}>{stateWords[data.state]}</Tag>
          )}
          {data.mayUndo && (
            <Button look="quiet" {...toggle('correct')}>
              Corriger
            </Button>
          )}
        </>
      }
      actions={
        <>
          {data.state === 'booked' && (
            <ButtonLink to={paths.summons(data.id)} {...(toCome && { look: 'main' as const })} icon="print">
              Imprimer la convocation
            </ButtonLink>
          )}
          {data.mayExcuse && !data.past && <Button {...toggle('excuse')}>Excuser à l’avance</Button>}
          {data.mayCancel && (
            <Button look="danger" {...toggle('cancel')}>
              Annuler
            </Button>
          )}
        </>
      }
    >
      {stale}
      <NoticeAlert said={said} onUndone={onSaved} />
      {panel === 'cancel' && <Cancel {...panelProps} />}
      {panel === 'excuse' && <ExcuseBefore settled={settled} {...panelProps} />}
      {panel === 'correct' && <Correct settled={settled} {...panelProps} />}
      {data.past && data.mayRecordOutcome && (
        <Card title="La personne est-elle venue&nbsp;?" question>
          <OutcomeButtons settled={settled} onSaved={onSaved} />
        </Card>
      )}
      <div className="split">
        <div className="stack">
          <Messages data={data} onReload={onReload} />
          <Card title="Ce qui s’est passé">
            <History lines={data.history} />
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
          ['Agent', data.agent && fullName(data.agent)],
          ['Créée par', data.creatingOrganization],
          ['Rôle', data.bookedBy && roleNames[data.bookedBy.role]],
        ]}
      />
    </Card>
  )
}

function Who({ data: { probationer } }: { data: AppointmentData }) {
  const { unreachable } = probationer
  return (
    <Card label="Personne">
      <p>
        <Link to={paths.probationer(probationer.id)}>{fullName(probationer)}</Link>
        {probationer.dateOfBirth && <span className="subline">{formatBirth(probationer.dateOfBirth)}</span>}
      </p>
      <DescriptionList
        pairs={[
          ['Portable', probationer.phone ? formatPhone(probationer.phone) : 'aucun'],
          ['SMS', unreachable && <Tag {...unreachableTag(unreachable)} />],
          ['Référent', probationer.assignedAgent ? fullName(probationer.assignedAgent) : 'le service'],
        ]}
      />
    </Card>
  )
}

const unreachableTag = (reason: keyof typeof unreachableWords) => ({
  tone: unreachableWords[reason].tone,
  children: unreachableWords[reason].word,
})
