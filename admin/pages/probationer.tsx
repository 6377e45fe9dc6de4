import { useState } from 'react'
import { Link, useLocation, useParams } from 'react-router-dom'
import { probationerRefusals } from '../../resources/probationer/fr'
import { count, formatBirth, formatDay, formatHour, fullName } from '../../resources/shared/french'
import { formatPhone } from '../../resources/shared/phone'
import type { Queries } from '../api-table'
import { send, useQuery, type Serialized } from '../components/api'
import {
  Button,
  ButtonLink,
  Card,
  Empty,
  FailureNote,
  Loading,
  Note,
  Page,
  TableRegion,
  Tag,
} from '../components/ui'
import { paths } from '../paths'
import { DeliveryTag, HistoryCard, OutcomeButtons } from './parts'

type RecordData = Serialized<Awaited<ReturnType<Queries['probationerRecord']>>>

/** The record of a person. Its address names an id, its window title nobody. */
export function ProbationerRecord() {
  const { recordId } = useParams()
  const { data, failure, reload } = useQuery('probationerRecord', { probationerId: Number(recordId) || 0 })
  const { state } = useLocation() as { state: { said?: string } | null }
  const [said, setSaid] = useState<string | null>(state?.said ?? null)
  const [refusal, setRefusal] = useState<string | null>(null)

  const crumbs = [{ label: 'Probationnaires', href: paths.probationers }]
  if (failure)
    return (
      <Page title="Fiche" crumbs={crumbs}>
        <Card label="Fiche">
          <FailureNote what="Fiche introuvable" failure={failure} onRetry={reload} />
        </Card>
      </Page>
    )
  if (!data)
    return (
      <Page title="Fiche" crumbs={crumbs}>
        <Card label="Fiche">
          <Loading what="fiche" lines={10} />
        </Card>
      </Page>
    )

  const act = async (name: 'assignToMe' | 'unassign' | 'enableSms', sentence: string) => {
    const answer = await send(name, { probationerId: data.id })
    setRefusal(answer.ok ? null : answer.message)
    setSaid(answer.ok ? sentence : null)
    reload()
  }
  return (
    <Page
      title={fullName(data)}
      windowTitle="Fiche"
      crumbs={crumbs}
      tag={<ReachTag data={data} />}
      actions={
        <>
          {data.mayEdit && <ButtonLink to={paths.editProbationer(data.id)}>Modifier</ButtonLink>}
          {!data.whyNotConvokable && (
            <ButtonLink to={paths.book(data.id)} look="main" icon="calendar" shortcut="book">
              Convoquer <kbd aria-hidden="true">Alt C</kbd>
            </ButtonLink>
          )}
        </>
      }
    >
      {said && <Note tone="ok" announce="status" focus title={said} />}
      {refusal && <Note tone="bad" announce="alert" title={refusal} />}
      <Banners data={data} onEnableSms={() => void act('enableSms', 'Les SMS sont réactivés')} />
      <Identity
        data={data}
        onAssign={() => void act('assignToMe', 'Vous êtes maintenant son référent')}
        onUnassign={() => void act('unassign', 'Le suivi est rendu au service')}
      />
      <div className="split">
        <div className="col">
          {data.outcomesToRecord.map((row) => (
            <Card
              key={row.id}
              title="La personne est-elle venue ?"
              aside={
                <span className="hint">
                  {formatDay(row.date)} à {formatHour(row.time)}, {row.type}
                </span>
              }
            >
              <OutcomeButtons
                appointmentId={row.id}
                name={fullName(data)}
                canReceiveSms={data.canReceiveSms}
                onSaved={(sentence) => {
                  setSaid(`${sentence}. C’est enregistré.`)
                  reload()
                }}
              />
            </Card>
          ))}
          <ToCome data={data} />
          <HistoryCard lines={data.history} />
        </div>
        <Aside data={data} />
      </div>
    </Page>
  )
}

function ReachTag({ data }: { data: RecordData }) {
  if (data.canReceiveSms)
    return (
      <Tag tone="ok" icon="message">
        Joignable par SMS
      </Tag>
    )
  return <Tag tone="off">{data.smsOptOut ? 'Refuse les SMS' : 'Pas de portable'}</Tag>
}

/** At most one banner a kind. */
function Banners({ data, onEnableSms }: { data: RecordData; onEnableSms: () => void }) {
  return (
    <>
      {data.erasedOn && (
        <Note tone="warn" title="Fiche archivée">
          <p>
            Elle sera effacée le {formatBirth(data.erasedOn)}. Le portable et le numéro APPI restent pris. Un
            administrateur local peut la désarchiver.
          </p>
        </Note>
      )}
      {data.divestmentPendingFor && (
        <Note tone="warn" title="Dessaisissement en cours">
          <p>
            Demandé par {data.divestmentPendingFor}.{' '}
            {data.whyNotConvokable && probationerRefusals[data.whyNotConvokable]}
          </p>
        </Note>
      )}
      {data.smsOptOut && (
        <Note tone="off" title="La personne refuse les SMS">
          <p>Aucun SMS ne part. La convocation papier suffit.</p>
          {data.mayEnableSms && <Button onClick={onEnableSms}>Réactiver les SMS</Button>}
        </Note>
      )}
      {data.phoneState !== 'fine' && (
        <Note tone="bad" title="Numéro à vérifier">
          <p>
            {data.phoneState === 'dead'
              ? 'Plusieurs SMS ne sont pas arrivés : plus rien ne part avant que le numéro soit corrigé.'
              : 'Le dernier SMS n’est pas arrivé. Demandez le bon numéro à la personne.'}
          </p>
        </Note>
      )}
      {data.followedByAntiTerrorismJudge && (
        <Note tone="warn" title="Code 12">
          <p>Pour tout dessaisissement, contactez un administrateur.</p>
        </Note>
      )}
    </>
  )
}

function Identity({
  data,
  onAssign,
  onUnassign,
}: {
  data: RecordData
  onAssign: () => void
  onUnassign: () => void
}) {
  const facts: [string, string][] = [
    ['Naissance', data.dateOfBirth ? formatBirth(data.dateOfBirth) : 'inconnue'],
    ['Portable', data.phone ? formatPhone(data.phone) : 'aucun'],
    ['N° APPI', data.appiNumber ?? 'non renseigné'],
    ['Suivi par', data.organizations.join(', ')],
    [
      'Référent',
      data.assignedAgent
        ? `${fullName(data.assignedAgent)}${data.assignedAgent.isMe ? ' (vous)' : ''}`
        : 'le service',
    ],
  ]
  return (
    <Card label="Identité">
      <div className="row facts">
        <dl className="id">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {data.mayAssignToMe && <Button onClick={onAssign}>Me l’attribuer</Button>}
        {data.mayUnassign && (
          <Button look="quiet" onClick={onUnassign}>
            Rendre le suivi au service
          </Button>
        )}
      </div>
    </Card>
  )
}

function ToCome({ data }: { data: RecordData }) {
  return (
    <Card title="À venir" flush aside={<span className="hint">tous services du ressort</span>}>
      {data.toCome.length === 0 ? (
        <Empty title="Aucune convocation à venir">
          {!data.whyNotConvokable && <Link to={paths.book(data.id)}>Convoquer {data.firstName}</Link>}
        </Empty>
      ) : (
        <TableRegion label="Tableau des convocations à venir">
          <table className="cards">
            <thead>
              <tr>
                <th>Date</th>
                <th>Type et lieu</th>
                <th>SMS</th>
                <th>
                  <span className="sr">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.toCome.map((row) => (
                <tr key={row.id}>
                  <td>
                    <b>{formatDay(row.date)}</b>
                    <span className="sub">{formatHour(row.time)}</span>
                  </td>
                  <td>
                    <Link to={paths.appointment(row.id)}>{row.type}</Link>
                    <span className="sub">{row.place}</span>
                  </td>
                  <td>
                    {row.state === 'excused' ? (
                      <Tag tone="off">Excusée</Tag>
                    ) : (
                      <DeliveryTag delivery={row.delivery} />
                    )}
                  </td>
                  <td className="num">
                    <Link
                      className="btn"
                      to={paths.appointment(row.id)}
                      aria-label={`Ouvrir la convocation du ${formatDay(row.date)}`}
                    >
                      Ouvrir
                    </Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableRegion>
      )}
    </Card>
  )
}

function Aside({ data }: { data: RecordData }) {
  const { attended, missed, excused } = data.attendance
  const past = attended + missed + excused
  return (
    <div className="col">
      <Card title="Présence">
        {past === 0 ? (
          <p className="hint">Aucune convocation passée n’a encore d’issue.</p>
        ) : (
          <>
            <p>
              <b>{count(attended, 'honorée')}</b>, {count(missed, 'manquée')}, {count(excused, 'excusée')}
            </p>
            <p className="hint">Sur {count(past, 'convocation passée', 'convocations passées')}.</p>
          </>
        )}
      </Card>
      <Card title="Confidentialité">
        <p className="hint">
          Chaque ouverture de cette fiche est enregistrée pendant un an. Sans convocation pendant 12 mois, la
          fiche est archivée ; elle est effacée 6 mois après l’archivage.
        </p>
        <p className="hint">Fiche créée le {formatBirth(data.createdOn)}.</p>
      </Card>
    </div>
  )
}
