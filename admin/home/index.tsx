import { Fragment, useState } from 'react'
import { Link } from 'react-router-dom'
import { attentionDays } from '../../resources/appointment/rules'
import { count, formatDay, formatHour, formatWeekday, fullName, inDays } from '../../resources/shared/french'
import { useAgent } from '../client/agent'
import { useAction } from '../client/action'
import type { ResultOf } from '../client/client'
import type { Lookups } from '../lookups'
import { useQuery } from '../client/query'
import { EmptyPage, StaleNote } from '../frame/failures'
import { SupportLink } from '../frame/support'
import { Row, Cell, Table } from '../ui/table'
import { Alert } from '../ui/alert'
import { Button, ButtonGroup, ButtonLink } from '../ui/button'
import { Card } from '../ui/card'
import { Empty } from '../ui/empty'
import { Icon, type IconName } from '../ui/icon'
import { Page } from '../ui/page'
import { paths } from '../paths'
import { classes } from '../ui/classes'
import styles from './home.module.css'
import { OutcomeCell, Refusal } from '../screens/appointment/outcome'
import { DeliveryTag } from '../screens/message/delivery-tag'

type HomeData = ResultOf<Lookups['home']>
type Row = HomeData['todays']['rows'][number]

/** "Que faire maintenant": the first page of every agent. */
export function Home() {
  const [wholeService, setWholeService] = useState<boolean | undefined>(undefined)
  const { data, failure, reload } = useQuery('home', wholeService === undefined ? {} : { wholeService }, {
    live: true,
  })
  if (!data)
    return (
      <EmptyPage title="Que faire maintenant" what="ce qui vous attend" failure={failure} onRetry={reload} />
    )
  return (
    <Page
      title="Que faire maintenant"
      lede={lede(data)}
      actions={
        data.follows && (
          <ButtonGroup label="Quelles convocations">
            <Button aria-pressed={data.mine} onClick={() => setWholeService(false)}>
              Les miennes
            </Button>
            <Button aria-pressed={!data.mine} onClick={() => setWholeService(true)}>
              Tout le service
            </Button>
          </ButtonGroup>
        )
      }
    >
      <StaleNote failure={failure} onRetry={reload} />
      {data.announcements.map((announcement) => (
        <Announcement key={announcement.id} announcement={announcement} />
      ))}
      <Waiting data={data} />
      <div className={classes('split', styles.columns)}>
        <Today data={data} />
        <div className="stack">
          <NextDay data={data} />
          <LocalAdmins data={data} />
        </div>
      </div>
      {data.unsettled && data.unsettled.rows.length > 0 && (
        <Unsettled unsettled={data.unsettled} to={listOf(data, 'view=outcome_missing')} />
      )}
    </Page>
  )
}

/** The list that shows the same appointments as this page, and the rest of them. */
const listOf = ({ mine }: HomeData, filters: string) =>
  `${paths.appointments}?${filters}${mine ? '&mine=on' : ''}`

function Announcement({ announcement }: { announcement: HomeData['announcements'][number] }) {
  const { busy, failure, run } = useAction('Announcement', 'markRead')
  const read = async () => {
    const answer = await run(announcement.id, {})
    if (!answer.ok) return
    // The button goes with what was read.
    document.querySelector<HTMLElement>('h1')?.focus()
  }
  return (
    <Alert tone={announcement.kind === 'error' ? 'bad' : 'info'}>
      <div className="cluster">
        <p>{announcement.body}</p>
        <Button look="quiet" busy={busy} onClick={() => void read()}>
          J’ai compris
        </Button>
      </div>
      <Refusal refusal={failure?.message ?? null} />
    </Alert>
  )
}

function lede({ date, time, todays, minutesToNext }: HomeData): string {
  const next =
    minutesToNext === null
      ? ''
      : minutesToNext < 90
        ? `, la prochaine dans ${count(minutesToNext, 'minute')}`
        : `, la prochaine dans ${count(Math.round(minutesToNext / 60), 'heure')}`
  return `${formatDay(date)}, ${formatHour(time)}. ${count(todays.total, 'convocation')} aujourd’hui${next}.`
}

/** What waits for an act; what waits for nothing is not there. */
function Waiting({ data }: { data: HomeData }) {
  const { waiting } = data
  const tiles = (
    [
      [
        'message',
        'bad',
        waiting.smsNotReceived,
        'SMS non reçu',
        'SMS non reçus',
        `pour une convocation d’ici ${attentionDays} jours`,
        listOf(data, 'view=to_come&attention=sms_not_received'),
      ],
      [
        'phone',
        'warn',
        waiting.noMobile,
        'portable à compléter',
        'portables à compléter',
        `avec une convocation d’ici ${attentionDays} jours`,
        listOf(data, 'view=to_come&attention=no_mobile'),
      ],
      [
        'clock',
        'warn',
        waiting.outcomes,
        'issue à renseigner',
        'issues à renseigner',
        'la personne est-elle venue\u00a0?',
        listOf(data, 'view=outcome_missing'),
      ],
      [
        'calendar',
        'info',
        waiting.withoutDate,
        'personne sans date',
        'personnes sans date',
        'aucune convocation à venir',
        `${paths.probationers}?withoutAppointment=on&mine=on`,
      ],
    ] satisfies [IconName, string, number, string, string, string, string][]
  ).filter(([, , number]) => number > 0)
  if (tiles.length === 0)
    return (
      <Alert tone="ok" title="Rien n’attend.">
        <p>
          {data.unsettled
            ? 'Les SMS sont arrivés, les issues sont renseignées'
            : 'Les SMS des prochaines convocations sont arrivés'}
          {data.mine ? ', pour vos convocations.' : '.'}
        </p>
      </Alert>
    )
  return (
    <ul className={styles.tiles} aria-label="À traiter">
      {tiles.map(([icon, tone, number, one, several, detail, to]) => (
        <li className="surface" key={several}>
          <Link to={to}>
            <span className={styles.sign} data-tone={tone}>
              <Icon name={icon} />
            </span>
            <b>{number > 1_000 ? '1 000 et plus' : number}</b>
            <span>
              {number > 1 ? several : one}
              <small>{detail}</small>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

const todayColumns = [
  { key: 'hour', label: 'Heure' },
  { key: 'person', label: 'Personne et type' },
  { key: 'sms', label: 'SMS' },
  { key: 'outcome', label: 'Est-elle venue\u00a0?', end: true },
]

function Today({ data }: { data: HomeData }) {
  const { rows, total } = data.todays
  const now = rows.findIndex((row) => row.time > data.time)
  const rest = total > rows.length && <Link to={listOf(data, 'view=day')}>Voir les {shownCount(total)}</Link>
  return (
    <Card title="Aujourd’hui" flush aside={rest}>
      {rows.length === 0 ? (
        <Empty title="Aucune convocation aujourd’hui">
          <Link to={paths.registerAndConvoke}>Enregistrer et convoquer une personne</Link>
        </Empty>
      ) : (
        <Table label="Tableau des convocations du jour" columns={todayColumns}>
          {rows.map((row, index) => (
            <Row key={row.id} mark={index === now}>
              <Cell className="hour">{formatHour(row.time)}</Cell>
              <PersonCell row={row} />
              <Cell>
                <DeliveryTag delivery={row.delivery} unreachable={row.probationer.unreachable} />
              </Cell>
              <Cell end>
                <OutcomeOrOpen row={row} />
              </Cell>
            </Row>
          ))}
        </Table>
      )}
    </Card>
  )
}

/** Counting stops at a thousand. */
const shownCount = (total: number) => (total > 1_000 ? 'suivantes, plus de 1 000' : total)

function PersonCell({ row }: { row: Row }) {
  return (
    <Cell>
      <Link to={paths.probationer(row.probationer.id)}>{fullName(row.probationer)}</Link>
      <span className="subline">{row.type}</span>
    </Cell>
  )
}

function OutcomeOrOpen({ row }: { row: Row }) {
  const name = fullName(row.probationer)
  if (row.state === 'booked' && !row.asksOutcome)
    return (
      <ButtonLink look="quiet" to={paths.appointment(row.id)} aria-label={`Ouvrir la convocation de ${name}`}>
        Ouvrir
      </ButtonLink>
    )
  return (
    <OutcomeCell
      data={{
        subject: {
          appointmentId: row.id,
          name,
          unreachable: row.probationer.unreachable,
          toldMissed: row.state === 'missed' && row.delivery?.kind === 'missed',
        },
        state: row.state,
        asks: row.asksOutcome,
        mayUndo: row.mayUndo,
      }}
    />
  )
}

function NextDay({ data }: { data: HomeData }) {
  const { rows, total } = data.next
  return (
    <Card
      title={`${inDays(data.date, data.nextDay)}, ${formatWeekday(data.nextDay)}`}
      aside={
        total > rows.length && (
          <Link to={listOf(data, `view=day&date=${data.nextDay}`)}>Voir les {shownCount(total)}</Link>
        )
      }
    >
      {rows.length === 0 && <p className="hint">Aucune convocation ce jour-là.</p>}
      {rows.map((row) => (
        <p className="cluster" key={row.id}>
          <span className="hour">{formatHour(row.time)}</span>
          <Link to={paths.appointment(row.id)}>{fullName(row.probationer)}</Link>
          <span className="push">
            <DeliveryTag delivery={row.delivery} unreachable={row.probationer.unreachable} />
          </span>
        </p>
      ))}
    </Card>
  )
}

function LocalAdmins({ data }: { data: HomeData }) {
  const agent = useAgent()
  return (
    <Card label="Administrateurs locaux">
      <p className="hint">
        {data.localAdmins.length === 0 ? (
          <>
            {agent.organization.name} n’a pas encore d’administrateur local&nbsp;:{' '}
            <SupportLink>écrivez au support</SupportLink>.
          </>
        ) : (
          'Agents, lieux, désarchivage\u00a0: '
        )}
        {data.localAdmins.map((admin, index) => (
          <Fragment key={admin.id}>
            {index > 0 && ', '}
            <b>
              {admin.firstName} {admin.lastName}
            </b>
          </Fragment>
        ))}
        {data.localAdmins.length > 0 && ', administration locale.'}
      </p>
    </Card>
  )
}

const unsettledColumns = [
  { key: 'date', label: 'Date' },
  { key: 'person', label: 'Personne et type' },
  { key: 'outcome', label: 'Est-elle venue\u00a0?', end: true },
]

function Unsettled({
  unsettled: { rows, total },
  to,
}: {
  unsettled: NonNullable<HomeData['unsettled']>
  to: string
}) {
  return (
    <Card
      title="Issues à renseigner"
      flush
      aside={total > rows.length && <Link to={to}>Voir les {shownCount(total)}</Link>}
    >
      <Table label="Tableau des issues à renseigner" columns={unsettledColumns}>
        {rows.map((row) => (
          <Row key={row.id}>
            <Cell className="no-wrap">
              {formatDay(row.date)}, {formatHour(row.time)}
            </Cell>
            <PersonCell row={row} />
            <Cell end>
              <OutcomeOrOpen row={row} />
            </Cell>
          </Row>
        ))}
      </Table>
    </Card>
  )
}
