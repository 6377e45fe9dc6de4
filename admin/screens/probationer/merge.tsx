import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router-dom'
import { likenessWords } from '../../../resources/likely-duplicate/fr'
import { mergedWords, probationerRefusals } from '../../../resources/probationer/fr'
import { spaceStateWords } from '../../../resources/probationer-space/fr'
import {
  count,
  formatBirth,
  formatDay,
  formatHour,
  formatShortDate,
  fullName,
} from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import { useAction, useOpened, useResource, type OpenedData } from '../../client/action'
import type { Failure } from '../../client/client'
import { useQuery } from '../../client/query'
import { ActButton } from '../../forms/action-buttons'
import { changedMeanwhile, RefusalNote } from '../../forms/form-parts'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Field } from '../../ui/field'
import { Page } from '../../ui/page'
import { Cell, Row, Table } from '../../ui/table'
import { Tag } from '../../ui/tag'
import { recordCrumbs } from './crumbs'

type Preview = OpenedData<'Probationer', 'merge'>
type Side = Preview['kept']
type Outcome = NonNullable<Preview['outcome']>

/** Two records side by side, of which one stays: nothing is written until it is confirmed. */
export function MergeRecords() {
  const { recordId = '' } = useParams()
  const [asked] = useSearchParams()
  const otherId = asked.get('otherId')
  const {
    data: opened,
    failure,
    reload,
  } = useOpened('Probationer', 'merge', recordId, otherId ? `?otherId=${encodeURIComponent(otherId)}` : '')
  const crumbs = recordCrumbs(recordId)
  if (!opened)
    return (
      <EmptyPage
        title="Fusionner deux fiches"
        crumbs={crumbs}
        what="les deux fiches"
        failure={failure}
        onRetry={reload}
      />
    )
  const { data } = opened
  return (
    <Page
      title="Fusionner deux fiches de la même personne"
      windowTitle={`Fusionner la fiche ${recordId}`}
      crumbs={crumbs}
      lede="Rien n’est écrit tant que vous n’avez pas confirmé. Après, la fusion ne se défait pas."
    >
      <StaleNote failure={failure} onRetry={reload} />
      {data.other ? (
        // Turned round or with another record, what was refused is of the pair before.
        <Compared key={`${data.kept.id}/${data.other.id}`} {...{ data, reload }} />
      ) : (
        <ChooseOther kept={data.kept} />
      )}
    </Page>
  )
}

function ChooseOther({ kept }: { kept: Side }) {
  const [text, setText] = useState('')
  const { data, failure, loading } = useQuery('searchProbationers', text.trim() ? { text } : null, {
    delay: 300,
  })
  const found = data?.filter(({ id }) => id !== kept.id)
  return (
    <Card title={`L’autre fiche de ${fullName(kept)}`}>
      <Field name="text" label="Nom, téléphone, naissance ou n° APPI de l’autre fiche">
        {(field) => (
          <input
            {...field}
            type="search"
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div role="status">
        {failure && <p>{failure.message}</p>}
        {text.trim() && !loading && found?.length === 0 && <p>Aucune autre fiche trouvée.</p>}
      </div>
      {found && found.length > 0 && (
        <ul>
          {found.map((person) => (
            <li key={person.id}>
              <Link to={paths.mergeRecords(kept.id, person.id)}>{fullName(person)}</Link>
              <span className="subline">
                {[
                  person.dateOfBirth && formatBirth(person.dateOfBirth),
                  person.organizations.join(', '),
                  person.archived && 'archivée',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Compared({ data, reload }: { data: Preview; reload: () => void }) {
  const { kept, other, outcome, pair } = data
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const { busy, run } = useAction('Probationer', 'merge')
  const duplicates = useResource('LikelyDuplicate')
  const navigate = useNavigate()
  if (!other) return null

  const submit = async () => {
    setRefusal(null)
    const answer = await run(kept.id, {
      otherId: other.id,
      version: kept.version,
      otherVersion: other.version,
    })
    if (answer.ok)
      // Of the pairs to work through, on to the next one.
      return navigate(pair ? paths.resource('LikelyDuplicate') : paths.probationer(kept.id), {
        state: { notice: { title: answer.notice } },
      })
    setRefusal(answer)
    if (changedMeanwhile(answer)) reload()
  }
  return (
    <>
      {refusal && (
        <RefusalNote
          refusal={refusal}
          tone={changedMeanwhile(refusal) ? 'warn' : 'bad'}
          labels={changedMeanwhile(refusal) ? changedLabels : {}}
        />
      )}
      <Card
        title="Les deux fiches"
        flush
        aside={
          <ButtonLink to={paths.mergeRecords(other.id, kept.id)} icon="swap">
            Garder l’autre fiche
          </ButtonLink>
        }
      >
        <SideBySide kept={kept} other={other} loses={outcome.loses} />
      </Card>
      <Card
        title="Ce que fait la fusion"
        footer={
          <div className="cluster">
            <Button
              look="danger solid"
              busy={busy}
              disabled={outcome.obstacles.length > 0}
              data-key="main"
              onClick={() => void submit()}
            >
              Fusionner, et garder la fiche {kept.id}
            </Button>
            {pair && !pair.dismissed && duplicates && (
              <ActButton
                resource={duplicates}
                name="dismiss"
                target={String(pair.id)}
                onDone={() => navigate(paths.resource('LikelyDuplicate'))}
              />
            )}
            <ButtonLink to={paths.probationer(kept.id)}>Renoncer</ButtonLink>
          </div>
        }
      >
        {pair && (
          <p>
            Ce qui se ressemble&nbsp;: {pair.likenesses.map((likeness) => likenessWords[likeness]).join(', ')}
            .{pair.dismissed && ' Ces deux fiches ont été dites de deux personnes.'}
          </p>
        )}
        <Effects outcome={outcome} other={other} />
      </Card>
    </>
  )
}

const changedLabels = {
  lastName: 'Nom',
  firstName: 'Prénom',
  dateOfBirth: 'Naissance',
  phone: 'Portable',
  appiNumber: 'N° APPI',
  archivedAt: 'Archivage',
  assignedAgentId: 'Référent',
  smsOptOut: 'Refus des SMS',
  hasNoMobilePhone: 'Absence de portable',
  followedByAntiTerrorismJudge: 'Suivi par le juge antiterroriste',
  cityId: 'Commune',
  limitedAt: 'Limitation',
}

const columns = [
  { key: 'what', label: 'Donnée' },
  { key: 'kept', label: 'Fiche gardée', named: true },
  { key: 'other', label: 'Fiche qui disparaît', named: true },
] as const

/** What each line says of a record; where the two hold different things, what is lost is marked. */
const linesOf: [string, (side: Side) => string, ('name' | Outcome['loses'][number])?][] = [
  ['Nom', fullName, 'name'],
  [
    'Naissance',
    ({ dateOfBirth }) => (dateOfBirth ? formatShortDate(dateOfBirth) : 'inconnue'),
    'dateOfBirth',
  ],
  [
    'Portable',
    ({ phone, phoneState }) =>
      phone ? `${formatPhone(phone)}${phoneState === 'fine' ? '' : ' (à vérifier)'}` : 'aucun',
    'phone',
  ],
  ['SMS', ({ smsOptOut }) => (smsOptOut ? 'refusés' : 'acceptés')],
  ['N° APPI', ({ appiNumber }) => appiNumber ?? 'non renseigné', 'appiNumber'],
  ['Domicile', ({ residence }) => residence ?? 'non renseigné', 'residence'],
  ['Suivi par', ({ services }) => services.join(', ')],
  ['Référent', ({ assignedAgent }) => assignedAgent ?? 'le service', 'assignedAgent'],
  [
    'État',
    ({ archived, limited, divestmentPending, followedByAntiTerrorismJudge }) =>
      [
        archived && 'archivée',
        limited && 'limitée',
        divestmentPending && 'dessaisissement en cours',
        followedByAntiTerrorismJudge && 'code 12',
      ]
        .filter(Boolean)
        .join(', ') || 'suivie',
  ],
  ['Convocations', ({ counts }) => `${counts.appointments}, dont ${counts.appointmentsToCome} à venir`],
  [
    'SMS et historique',
    ({ counts }) => `${counts.messages} SMS, ${count(counts.history, 'ligne')} d’historique`,
  ],
  ['Dessaisissements', ({ counts }) => String(counts.divestments)],
  ['Demandes sur les données', ({ counts }) => String(counts.requests)],
  ['Espace personnel', ({ space }) => spaceStateWords[space].word],
]

function SideBySide({ kept, other, loses }: { kept: Side; other: Side; loses: Outcome['loses'] }) {
  const [what, one, another] = columns
  return (
    <Table label="Les deux fiches, ligne à ligne" columns={columns}>
      <Row>
        <Cell column={what}>Fiche</Cell>
        <Cell column={one}>
          <Link to={paths.probationer(kept.id)}>n° {kept.id}</Link>
        </Cell>
        <Cell column={another}>
          <Link to={paths.probationer(other.id)}>n° {other.id}</Link>
        </Cell>
      </Row>
      {linesOf.map(([name, words, field]) => {
        const differs = field === 'name' ? words(kept) !== words(other) : field && loses.includes(field)
        return (
          <Row key={name}>
            <Cell column={what}>
              {name} {differs && <Tag tone="warn">différent</Tag>}
            </Cell>
            <Cell column={one}>{words(kept)}</Cell>
            <Cell column={another}>{words(other)}</Cell>
          </Row>
        )
      })}
    </Table>
  )
}

function Effects({ outcome, other }: { outcome: Outcome; other: Side }) {
  const { receives, loses, services, spaceLost, obstacles, atOnce } = outcome
  const { appointments, messages, history, divestments, requests } = other.counts
  const held = [
    appointments > 0 && count(appointments, 'convocation'),
    messages > 0 && `${messages} SMS`,
    history > 0 && `${count(history, 'ligne')} d’historique`,
    divestments > 0 && count(divestments, 'dessaisissement'),
    requests > 0 && `${count(requests, 'demande')} sur les données`,
  ].filter((words) => words !== false)
  return (
    <>
      {obstacles.length > 0 && (
        <Alert tone="bad" announce="alert" title="Ces deux fiches ne peuvent pas être fusionnées ainsi">
          <ul>
            {obstacles.map((obstacle) => (
              <li key={obstacle}>{probationerRefusals[obstacle]}</li>
            ))}
            {atOnce.map(({ appointmentId, otherAppointmentId, date, time }) => (
              <li key={appointmentId}>
                {formatDay(date)} à {formatHour(time)}&nbsp;:{' '}
                <Link to={paths.appointment(appointmentId)}>convocation de la fiche gardée</Link>,{' '}
                <Link to={paths.appointment(otherAppointmentId)}>convocation de l’autre</Link>
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <ul>
        <li>La fiche gardée reçoit {held.map((words) => `${words}, `)}et les traces de lecture.</li>
        {receives.length > 0 && (
          <li>Elle est complétée&nbsp;: {receives.map((field) => mergedWords[field]).join(', ')}.</li>
        )}
        {services.length > 0 && <li>Elle est suivie aussi par {services.join(', ')}.</li>}
        {loses.length > 0 && (
          <li>
            <b>Ne sont pas gardés</b>, parce que les deux fiches diffèrent&nbsp;:{' '}
            {loses.map((field) => mergedWords[field]).join(', ')} de la fiche {other.id}.
          </li>
        )}
        {spaceLost && (
          <li>
            Des deux espaces personnels, celui de la fiche{' '}
            {spaceLost === 'other'
              ? 'qui disparaît est fermé'
              : 'gardée est fermé\u00a0: l’autre est utilisé, ou a le numéro qui reste'}
            .
          </li>
        )}
        <li>La fiche {other.id} disparaît&nbsp;; son adresse mène à la fiche gardée.</li>
      </ul>
    </>
  )
}
