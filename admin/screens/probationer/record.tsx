import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router-dom'
import { messageStateWords, unreachableWords } from '../../../resources/message/fr'
import { convokedAfterAnswer } from '../../../resources/probationer/fr'
import { keptMonths } from '../../../resources/probationer/rules'
import {
  agentName,
  count,
  formatBirth,
  formatDay,
  formatHour,
  fullName,
} from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import { useRecord, useResource, type ActionName, type RecordData } from '../../client/action'
import { ActButton, ActionButtons } from '../../forms/action-buttons'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { Row, Cell, Table } from '../../ui/table'
import type { Column } from '../../define/list'
import { Alert } from '../../ui/alert'
import { ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Empty } from '../../ui/empty'
import { fieldAnchor } from '../../ui/field'
import { Page } from '../../ui/page'
import { Tag } from '../../ui/tag'
import { classes } from '../../ui/classes'
import { paths } from '../../paths'
import styles from './record.module.css'
import { OutcomeButtons, type OutcomeSubject } from '../appointment/outcome'
import { ToComeButtons } from '../appointment/to-come'
import { HistoryCard } from '../history/history-card'
import { DeliveryTag } from '../message/delivery-tag'
import InterJurisdictionNote from './inter-jurisdiction-note'
import { useMergedInto } from './merged-into'
import { LimitedBanner, RightsCard } from './rights-card'
import { SpaceCard } from './space-card'

type Person = RecordData<'Probationer'>

const crumbs = [{ label: 'Probationnaires', href: paths.probationers }]

/** The record of a person. Its address names an id, its window title nobody. */
export function ProbationerRecord() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useRecord('Probationer', recordId)
  const resource = useResource('Probationer')
  useMergedInto(recordId, failure)
  if (!opened || !resource)
    return <EmptyPage title="Fiche" crumbs={crumbs} what="la fiche" failure={failure} onRetry={reload} />
  const { data, record } = opened
  const actions = record?.actions ?? []
  const subjectOf = (row: { id: number }) => ({
    appointmentId: row.id,
    name: fullName(data),
    unreachable: data.unreachable,
    toldMissed: false,
  })
  const button = (name: ActionName<'Probationer'>) =>
    actions.includes(name) && <ActButton resource={resource} name={name} target={recordId} />
  return (
    <Page
      title={fullName(data)}
      windowTitle={`Fiche ${recordId}`}
      crumbs={crumbs}
      tag={<ReachTag data={data} />}
      actions={<ActionButtons resource={resource} recordId={recordId} names={actions} />}
    >
      <StaleNote failure={failure} onRetry={reload} />
      <LimitedBanner
        limitedOn={data.limitedOn}
        lift={
          actions.includes('liftLimitation') && (
            <ButtonLink to={paths.recordAction('Probationer', recordId, 'liftLimitation')}>
              Lever la limitation
            </ButtonLink>
          )
        }
      />
      {data.bookableAt && !data.whyNotConvokable && (
        <InterJurisdictionNote
          personId={data.id}
          services={data.bookableAt}
          mayEdit={actions.includes('edit')}
        />
      )}
      <Banners
        data={data}
        mayEdit={actions.includes('edit')}
        enableSms={button('enableSms')}
        unarchive={button('unarchive')}
      />
      <Identity
        data={data}
        buttons={
          <>
            {button('assignToMe')}
            {actions.includes('chooseAgent') && (
              <ButtonLink to={paths.recordAction('Probationer', recordId, 'chooseAgent')}>
                {data.assignedAgent ? 'Changer le référent' : 'Choisir le référent'}
              </ButtonLink>
            )}
            {button('unassign')}
          </>
        }
      />
      <div className={classes('split', styles.columns)}>
        <div className="stack">
          {data.outcomesToRecord.map((row) => (
            <Card key={row.id} title="La personne est-elle venue&nbsp;?" question>
              <p>
                {formatDay(row.date)} à {formatHour(row.time)}, {row.type}
              </p>
              <OutcomeButtons subject={subjectOf(row)} />
            </Card>
          ))}
          <ToCome data={data} subjectOf={subjectOf} />
        </div>
        <Aside data={data} actions={actions} />
        <HistoryCard probationerId={data.id} history={data.history} />
      </div>
    </Page>
  )
}

function ReachTag({ data: { unreachable, phoneState } }: { data: Person }) {
  if (unreachable) {
    const { word, tone } = unreachableWords[unreachable]
    return <Tag tone={tone}>{word}</Tag>
  }
  if (phoneState === 'to_check') return <Tag tone="warn">Numéro à vérifier</Tag>
  return (
    <Tag tone="ok" icon="message">
      Joignable par SMS
    </Tag>
  )
}

/** At most one banner a kind. */
function Banners({
  data,
  mayEdit,
  enableSms,
  unarchive,
}: {
  data: Person
  mayEdit: boolean
  enableSms: ReactNode
  /** For those who may. */
  unarchive: ReactNode
}) {
  return (
    <>
      {data.erasedOn && (
        <Alert tone="warn" title="Fiche archivée">
          <p>
            {data.requests.some(({ kind, answeredOn }) => kind !== 'erasure' && !answeredOn)
              ? 'Elle ne sera pas effacée tant que la demande de la personne attend sa réponse.'
              : `Elle sera effacée le ${formatBirth(data.erasedOn)}.`}{' '}
            D’ici là, son portable et son numéro APPI ne peuvent pas servir à une autre fiche.{' '}
            {!unarchive && 'Un administrateur local peut la désarchiver.'}
          </p>
          {unarchive}
        </Alert>
      )}
      {data.divestmentPendingFor && (
        <Alert tone="warn" title="Dessaisissement en cours">
          <p>
            Demandé par {data.divestmentPendingFor}.{' '}
            {data.whyNotConvokable === 'probationer.divestment_pending' && convokedAfterAnswer}
          </p>
          {data.divestment && (
            <div className="cluster">
              <ButtonLink to={paths.record('Divestment', data.divestment.id)} icon="swap">
                {data.divestment.mayAnswer ? 'Répondre à la demande' : 'Voir la demande'}
              </ButtonLink>
            </div>
          )}
        </Alert>
      )}
      {data.smsOptOut && (
        <Alert tone="off" title="La personne refuse les SMS">
          <p>
            {data.smsStoppedOn && `Refusés par la personne elle-même le ${formatBirth(data.smsStoppedOn)}. `}
            Aucun SMS ne part. La convocation papier suffit.{' '}
            {enableSms && 'Réactivez les SMS seulement si la personne le demande.'}
          </p>
          {enableSms}
        </Alert>
      )}
      {data.phoneState !== 'fine' && (
        <Alert tone="bad" title="Numéro à vérifier">
          <p>
            {data.phoneState === 'dead'
              ? 'Plusieurs SMS ne sont pas arrivés\u00a0: plus rien ne part avant que le numéro soit corrigé.'
              : 'Le dernier SMS n’est pas arrivé. Demandez le bon numéro à la personne.'}
          </p>
          {mayEdit && (
            <div className="cluster">
              <ButtonLink to={`${paths.editProbationer(data.id)}#${fieldAnchor('phone')}`} icon="pen">
                Corriger le numéro
              </ButtonLink>
            </div>
          )}
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

function residenceWords({ city, isHomeless, livesAbroad }: NonNullable<Person['residence']>): string {
  if (isHomeless) return 'sans domicile fixe'
  return city ?? (livesAbroad ? 'à l’étranger' : 'non renseignée')
}

function Identity({ data, buttons }: { data: Person; buttons: ReactNode }) {
  const facts: [string, string][] = [
    ['Naissance', data.dateOfBirth ? formatBirth(data.dateOfBirth) : 'inconnue'],
    ['Portable', data.phone ? formatPhone(data.phone) : 'aucun'],
    ['N° APPI', data.appiNumber ?? 'non renseigné'],
    ...(data.residence ? ([['Commune', residenceWords(data.residence)]] satisfies [string, string][]) : []),
    ['Suivi par', data.organizations.join(', ')],
    [
      'Référent',
      data.assignedAgent
        ? `${agentName(data.assignedAgent)}${data.assignedAgent.isMe ? ' (vous)' : ''}`
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
        <div className={classes('cluster', styles.acts)}>{buttons}</div>
      </div>
    </Card>
  )
}

const dateColumn: Column = { key: 'date', label: 'Date', unbroken: true }
const typeColumn: Column = { key: 'type', label: 'Type et lieu' }
const smsColumn: Column = { key: 'sms', label: 'SMS' }
const actsColumn: Column = { key: 'acts', label: '', end: true }

function ToCome({ data, subjectOf }: { data: Person; subjectOf: (row: { id: number }) => OutcomeSubject }) {
  return (
    <Card title="À venir" flush aside={<span className="hint">tous services du ressort</span>}>
      {data.toCome.length === 0 ? (
        <Empty title="Aucune convocation à venir">
          {!data.whyNotConvokable && <Link to={paths.convoke(data.id)}>Convoquer {data.firstName}</Link>}
        </Empty>
      ) : (
        <Table
          label="Tableau des convocations à venir"
          columns={[dateColumn, typeColumn, smsColumn, actsColumn]}
        >
          {data.toCome.map((row) => (
            <Row key={row.id}>
              <Cell column={dateColumn}>
                <b>{formatDay(row.date)}</b>
                <span className="subline">{formatHour(row.time)}</span>
              </Cell>
              <Cell column={typeColumn}>
                <Link to={paths.appointment(row.id)}>{row.type}</Link>
                <span className="subline">{row.place}</span>
              </Cell>
              <Cell column={smsColumn}>
                {row.state === 'excused' ? (
                  <Tag tone="off">Excusée</Tag>
                ) : (
                  <DeliveryTag delivery={row.delivery} unreachable={data.unreachable} />
                )}
              </Cell>
              <Cell column={actsColumn}>
                {row.acts && <ToComeButtons subject={subjectOf(row)} may={row.acts} />}
              </Cell>
            </Row>
          ))}
        </Table>
      )}
    </Card>
  )
}

function LastSms({ data: { lastSms } }: { data: Person }) {
  if (!lastSms) return <p>Aucun SMS n’est encore parti.</p>
  const { word, tone } = messageStateWords(lastSms)
  return (
    <p className="cluster">
      Dernier SMS, {formatDay(lastSms.on)}&nbsp;: <Tag tone={tone}>{word}</Tag>
    </p>
  )
}

function Aside({ data, actions }: { data: Person; actions: readonly string[] }) {
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
      <Card title="SMS">
        <LastSms data={data} />
        {!data.smsOptOut && (
          <p className="hint">
            La personne peut les refuser, de vive voix ou par le lien de chaque SMS&nbsp;: aucun formulaire
            n’est demandé.{' '}
            {actions.includes('edit') && <Link to={paths.editProbationer(data.id)}>Noter un refus</Link>}
          </p>
        )}
      </Card>
      <SpaceCard person={data} actions={actions} />
      <RightsCard
        person={data}
        mayRecord={actions.includes('recordRequest')}
        mayAnswer={actions.includes('readTraces')}
      />
      <Card
        title="Confidentialité"
        footer={
          actions.includes('readTraces') && (
            <ButtonLink to={paths.recordAction('Probationer', data.id, 'readTraces')}>
              Qui a ouvert cette fiche
            </ButtonLink>
          )
        }
      >
        <p className="hint">
          Chaque ouverture de cette fiche est enregistrée, avec le nom de l’agent, pendant un an.
        </p>
        <p className="hint">
          Fiche créée le {formatBirth(data.createdOn)}.{' '}
          {data.archivedOn &&
            `Sans autre convocation ni changement de service, elle sera archivée le ${formatBirth(data.archivedOn)}, puis effacée ${keptMonths} mois après.`}
        </p>
      </Card>
    </div>
  )
}
