import { Fragment, useState } from 'react'
import { Link } from 'react-router-dom'
import { count, formatDay, formatHour, fullName } from '../../resources/shared/french'
import type { Queries } from '../api-table'
import { useAgent, useQuery, type Serialized } from '../components/api'
import {
  Button,
  Card,
  Empty,
  FailureNote,
  Icon,
  Loading,
  Note,
  Page,
  TableRegion,
  type IconName,
} from '../components/ui'
import { paths } from '../paths'
import { DeliveryTag, OutcomeButtons } from './parts'

type HomeData = Serialized<Awaited<ReturnType<Queries['home']>>>
type Line = HomeData['todays']['rows'][number]

/** "Que faire maintenant": the first page of every agent. */
export function Home() {
  const [wholeService, setWholeService] = useState(false)
  const { data, failure, reload } = useQuery('home', { wholeService })
  const [said, setSaid] = useState<string | null>(null)
  const saved = (sentence: string) => {
    setSaid(sentence)
    reload()
  }
  return (
    <Page title="Que faire maintenant" lede={data && lede(data)}>
      {said && <Note tone="ok" announce="status" focus title={`${said}. C’est enregistré.`} />}
      {failure && (
        <Card label="Accueil">
          <FailureNote what="Ce qui vous attend n’a pas pu être lu" failure={failure} onRetry={reload} />
        </Card>
      )}
      {!data && !failure && (
        <Card label="Accueil">
          <Loading what="ce qui vous attend" lines={8} />
        </Card>
      )}
      {data && (
        <>
          {data.announcements.map((announcement) => (
            <Note key={announcement.id} tone={announcement.kind === 'error' ? 'bad' : 'info'}>
              <p>{announcement.body}</p>
            </Note>
          ))}
          <Waiting data={data} />
          <div className="split home">
            <Card
              title="Aujourd’hui"
              flush
              aside={
                data.follows && (
                  <div className="set" role="group" aria-label="Quelles convocations">
                    <Button aria-pressed={!wholeService} onClick={() => setWholeService(false)}>
                      Les miennes
                    </Button>
                    <Button aria-pressed={wholeService} onClick={() => setWholeService(true)}>
                      Tout le service
                    </Button>
                  </div>
                )
              }
            >
              <Today data={data} onSaved={saved} />
            </Card>
            <div className="col">
              <NextDay data={data} />
              <LocalAdmins data={data} />
            </div>
          </div>
          {data.unsettled && data.unsettled.rows.length > 0 && <Unsettled data={data} onSaved={saved} />}
        </>
      )}
    </Page>
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
  const { waiting, follows } = data
  const mine = follows ? '&mine=on' : ''
  const tiles = (
    [
      [
        'message',
        'bad',
        waiting.smsNotReceived,
        'SMS non reçu',
        'SMS non reçus',
        'pour une convocation à venir',
        `${paths.appointments}?view=to_come&attention=sms_not_received${mine}`,
      ],
      [
        'phone',
        'warn',
        waiting.noMobile,
        'mobile à compléter',
        'mobiles à compléter',
        'avec une convocation à venir',
        `${paths.appointments}?view=to_come&attention=no_mobile${mine}`,
      ],
      [
        'clock',
        'warn',
        waiting.outcomes,
        'issue à renseigner',
        'issues à renseigner',
        'la personne est-elle venue ?',
        `${paths.appointments}?view=outcome_missing${mine}`,
      ],
      [
        'calendar',
        'info',
        waiting.withoutDate,
        'personne sans date',
        'personnes sans date',
        'aucune convocation à venir',
        `${paths.probationers}?mine=on&withoutAppointment=on`,
      ],
    ] satisfies [IconName, string, number, string, string, string, string][]
  ).filter(([, , number]) => number > 0)
  if (tiles.length === 0)
    return (
      <Note tone="ok" title="Rien n’attend.">
        <p>Les SMS sont arrivés, les issues sont renseignées.</p>
      </Note>
    )
  return (
    <ul className="todo" aria-label="À traiter">
      {tiles.map(([icon, tone, number, one, several, detail, to]) => (
        <li className="card" key={several}>
          <Link to={to}>
            <span className={`ic ${tone}`}>
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

function Today({ data, onSaved }: { data: HomeData; onSaved: (sentence: string) => void }) {
  const { rows } = data.todays
  if (rows.length === 0)
    return (
      <Empty title="Aucune convocation aujourd’hui">
        <Link to={paths.registerAndBook}>Enregistrer et convoquer une personne</Link>
      </Empty>
    )
  const now = rows.findIndex((row) => row.time > data.time)
  return (
    <TableRegion label="Tableau des convocations du jour">
      <table className="cards">
        <thead>
          <tr>
            <th>Heure</th>
            <th>Personne et type</th>
            <th>SMS</th>
            <th className="num">Est-elle venue ?</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.id} className={index === now ? 'now' : undefined}>
              <td className="hour">{formatHour(row.time)}</td>
              <PersonCell row={row} />
              <td>
                <DeliveryTag delivery={row.delivery} />
              </td>
              <td className="num">
                <OutcomeOrOpen row={row} onSaved={onSaved} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}

function PersonCell({ row }: { row: Line }) {
  return (
    <td>
      <Link to={paths.probationer(row.probationer.id)}>{fullName(row.probationer)}</Link>
      <span className="sub">{row.type}</span>
    </td>
  )
}

function OutcomeOrOpen({ row, onSaved }: { row: Line; onSaved: (sentence: string) => void }) {
  const name = fullName(row.probationer)
  return row.asksOutcome ? (
    <OutcomeButtons
      appointmentId={row.id}
      name={name}
      canReceiveSms={row.probationer.hasPhone && !row.probationer.smsOptOut}
      onSaved={onSaved}
    />
  ) : (
    <Link
      className="btn quiet"
      to={paths.appointment(row.id)}
      aria-label={`Ouvrir la convocation de ${name}`}
    >
      Ouvrir
    </Link>
  )
}

function NextDay({ data }: { data: HomeData }) {
  const { rows, total } = data.next
  return (
    <Card
      title={`À suivre, ${formatDay(data.nextDay)}`}
      aside={
        total > rows.length && <Link to={`${paths.appointments}?date=${data.nextDay}`}>Voir les {total}</Link>
      }
    >
      {rows.length === 0 && <p className="hint">Aucune convocation ce jour-là.</p>}
      {rows.map((row) => (
        <p className="row" key={row.id}>
          <span className="hour">{formatHour(row.time)}</span>
          <Link to={paths.appointment(row.id)}>{fullName(row.probationer)}</Link>
          <span className="push">
            <DeliveryTag delivery={row.delivery} />
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
        {data.localAdmins.length === 0
          ? `${agent.organization.name} n’a pas encore d’administrateur local : écrivez au support.`
          : 'Agents, lieux, désarchivage : '}
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

function Unsettled({ data, onSaved }: { data: HomeData; onSaved: (sentence: string) => void }) {
  const rows = data.unsettled?.rows ?? []
  const total = data.unsettled?.total ?? 0
  return (
    <Card
      title="Issues à renseigner"
      flush
      aside={
        total > rows.length && <Link to={`${paths.appointments}?view=outcome_missing`}>Voir les {total}</Link>
      }
    >
      <TableRegion label="Tableau des issues à renseigner">
        <table className="cards">
          <thead>
            <tr>
              <th>Date</th>
              <th>Personne et type</th>
              <th className="num">Est-elle venue ?</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td className="nb">
                  {formatDay(row.date)}, {formatHour(row.time)}
                </td>
                <PersonCell row={row} />
                <td className="num">
                  <OutcomeOrOpen row={row} onSaved={onSaved} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableRegion>
    </Card>
  )
}
