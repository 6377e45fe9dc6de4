import { Link, useLocation, useParams } from 'react-router-dom'
import { savedSentence, unreachableWords } from '../../../resources/message/fr'
import { probationerRefusals } from '../../../resources/probationer/fr'
import { count, formatBirth, formatDay, formatHour, fullName } from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import type { Queries } from '../../api-table'
import { send, type Serialized } from '../../client/client'
import { useQuery } from '../../client/query'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { Row, Cell, Table } from '../../ui/table'
import { Alert } from '../../ui/alert'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Empty } from '../../ui/empty'
import { Page } from '../../ui/page'
import { Tag } from '../../ui/tag'
import { classes } from '../../ui/classes'
import { paths } from '../../paths'
import styles from './record.module.css'
import { OutcomeButtons, NoticeAlert, useNotice } from '../appointment/outcome'
import { HistoryCard } from '../history/history-card'
import { DeliveryTag } from '../message/delivery-tag'

type RecordData = Serialized<Awaited<ReturnType<Queries['probationerRecord']>>>

/** The record of a person. Its address names an id, its window title nobody. */
export function ProbationerRecord() {
  const { recordId } = useParams()
  // Another person is another page: nothing said of this one stays.
  return <RecordRead key={recordId} probationerId={Number(recordId) || 0} />
}

const crumbs = [{ label: 'Probationnaires', href: paths.probationers }]

function RecordRead({ probationerId }: { probationerId: number }) {
  const { data, failure, reload } = useQuery('probationerRecord', { probationerId })
  const { state } = useLocation() as { state: { said?: string } | null }
  const [said, say, refuse] = useNotice(state?.said ?? null)
  if (!data)
    return <EmptyPage title="Fiche" crumbs={crumbs} what="la fiche" failure={failure} onRetry={reload} />

  const act = async (name: 'assignToMe' | 'unassign', sentence: string) => {
    const answer = await send(name, { probationerId: data.id })
    if (answer.ok) say(sentence)
    else refuse(answer.message)
    reload()
  }
  const enable = async () => {
    const answer = await send('enableSms', { probationerId: data.id })
    if (answer.ok) say(savedSentence('Les SMS sont réactivés', answer.result.messages))
    else refuse(answer.message)
    reload()
  }
  const settledOf = (row: { id: number }) => ({
    appointmentId: row.id,
    name: fullName(data),
    unreachable: data.unreachable,
    toldMissed: false,
  })
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
      <StaleNote failure={failure} onRetry={reload} />
      <NoticeAlert
        said={said}
        onUndone={(sentence) => {
          say(sentence)
          reload()
        }}
      />
      <Banners data={data} onEnableSms={() => void enable()} />
      <Identity
        data={data}
        onAssign={() => void act('assignToMe', 'Vous êtes maintenant son référent')}
        onUnassign={() => void act('unassign', 'Le suivi est rendu au service')}
      />
      <div className="split">
        <div className="stack">
          {data.outcomesToRecord.map((row) => (
            <Card key={row.id} title="La personne est-elle venue&nbsp;?" question>
              <p>
                {formatDay(row.date)} à {formatHour(row.time)}, {row.type}
              </p>
              <OutcomeButtons
                settled={settledOf(row)}
                onSaved={(sentence, undo) => {
                  say(sentence, undo)
                  reload()
                }}
              />
            </Card>
          ))}
          <ToCome data={data} />
          <HistoryCard probationerId={data.id} history={data.history} />
        </div>
        <Aside data={data} />
      </div>
    </Page>
  )
}

function ReachTag({ data: { unreachable } }: { data: RecordData }) {
  if (unreachable) {
    const { word, tone } = unreachableWords[unreachable]
    return <Tag tone={tone}>{word}</Tag>
  }
  return (
    <Tag tone="ok" icon="message">
      Joignable par SMS
    </Tag>
  )
}

/** At most one banner a kind. */
function Banners({ data, onEnableSms }: { data: RecordData; onEnableSms: () => void }) {
  return (
    <>
      {data.erasedOn && (
        <Alert tone="warn" title="Fiche archivée">
          <p>
            Elle sera effacée le {formatBirth(data.erasedOn)}. Le portable et le numéro APPI restent pris. Un
            administrateur local peut la désarchiver.
          </p>
        </Alert>
      )}
      {data.divestmentPendingFor && (
        <Alert tone="warn" title="Dessaisissement en cours">
          <p>
            Demandé par {data.divestmentPendingFor}.{' '}
            {data.whyNotConvokable && probationerRefusals[data.whyNotConvokable]}
          </p>
        </Alert>
      )}
      {data.smsOptOut && (
        <Alert tone="off" title="La personne refuse les SMS">
          <p>Aucun SMS ne part. La convocation papier suffit.</p>
          {data.mayEnableSms && <Button onClick={onEnableSms}>Réactiver les SMS</Button>}
        </Alert>
      )}
      {data.phoneState !== 'fine' && (
        <Alert tone="bad" title="Numéro à vérifier">
          <p>
            {data.phoneState === 'dead'
              ? 'Plusieurs SMS ne sont pas arrivés\u00a0: plus rien ne part avant que le numéro soit corrigé.'
              : 'Le dernier SMS n’est pas arrivé. Demandez le bon numéro à la personne.'}
          </p>
        </Alert>
      )}
      {data.followedByAntiTerrorismJudge && (
        <Alert tone="warn" title="Code 12">
          <p>Pour tout dessaisissement, contactez un administrateur.</p>
        </Alert>
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
      <div className={classes('cluster', styles.facts)}>
        <dl className={styles.identity}>
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

const toComeColumns = [
  { key: 'date', label: 'Date' },
  { key: 'type', label: 'Type et lieu' },
  { key: 'sms', label: 'SMS' },
  { key: 'act', label: '', end: true },
]

function ToCome({ data }: { data: RecordData }) {
  return (
    <Card title="À venir" flush aside={<span className="hint">tous services du ressort</span>}>
      {data.toCome.length === 0 ? (
        <Empty title="Aucune convocation à venir">
          {!data.whyNotConvokable && <Link to={paths.book(data.id)}>Convoquer {data.firstName}</Link>}
        </Empty>
      ) : (
        <Table label="Tableau des convocations à venir" columns={toComeColumns}>
          {data.toCome.map((row) => (
            <Row key={row.id}>
              <Cell>
                <b>{formatDay(row.date)}</b>
                <span className="subline">{formatHour(row.time)}</span>
              </Cell>
              <Cell>
                <Link to={paths.appointment(row.id)}>{row.type}</Link>
                <span className="subline">{row.place}</span>
              </Cell>
              <Cell>
                {row.state === 'excused' ? (
                  <Tag tone="off">Excusée</Tag>
                ) : (
                  <DeliveryTag delivery={row.delivery} unreachable={data.unreachable} />
                )}
              </Cell>
              <Cell end>
                <ButtonLink
                  to={paths.appointment(row.id)}
                  aria-label={`Ouvrir la convocation du ${formatDay(row.date)}`}
                >
                  Ouvrir
                </ButtonLink>
              </Cell>
            </Row>
          ))}
        </Table>
      )}
    </Card>
  )
}

function Aside({ data }: { data: RecordData }) {
  const { attended, missed, excused } = data.attendance
  const past = attended + missed + excused
  return (
    <div className="stack">
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
          Chaque ouverture de cette fiche est enregistrée, avec le nom de l’agent, pendant un an.
        </p>
        <p className="hint">Fiche créée le {formatBirth(data.createdOn)}.</p>
      </Card>
    </div>
  )
}
