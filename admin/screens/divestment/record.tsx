import { useState, type ReactNode } from 'react'
import { Link, useNavigate, useParams } from 'react-router-dom'
import {
  blockingWords,
  commentMax,
  decisionStateWords,
  divestmentRefusals,
  divestmentStateWords,
} from '../../../resources/divestment/fr'
import { probationerRefusals } from '../../../resources/probationer/fr'
import {
  count,
  formatBirth,
  formatBriefDay,
  formatDay,
  formatHour,
  fullName,
} from '../../../resources/shared/french'
import { useAction, useRecord, useResource, type RecordData } from '../../client/action'
import type { Failure } from '../../client/client'
import { ActionButtons } from '../../forms/action-buttons'
import { RefusalNote } from '../../forms/form-parts'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { SupportLink } from '../../frame/support'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { classes } from '../../ui/classes'
import { DescriptionList } from '../../ui/description-list'
import { Field } from '../../ui/field'
import { Page } from '../../ui/page'
import { Tag } from '../../ui/tag'
import { DeadlineCell } from './deadline'
import styles from './divestment.module.css'

type Divestment = RecordData<'Divestment'>
type Answerable = NonNullable<Divestment['answer']>

/** A request for a person: who asks and why, what the services answered, and the answer of one's own. */
export function DivestmentRecord() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useRecord('Divestment', recordId)
  const resource = useResource('Divestment')
  const listed = resource?.resourceActions.some(({ name }) => name === 'list') ?? false
  const crumbs = listed ? [{ label: 'Dessaisissements', href: paths.resource('Divestment') }] : []
  if (!opened || !resource)
    return (
      <EmptyPage
        title="Dessaisissement"
        crumbs={crumbs}
        what="cette demande"
        failure={failure}
        onRetry={reload}
      />
    )
  const { data, record } = opened
  const { word, tone } = divestmentStateWords[data.state]
  return (
    <Page
      title={fullName(data.person)}
      windowTitle={`Dessaisissement ${recordId}`}
      crumbs={crumbs}
      tag={<Tag tone={tone}>{word}</Tag>}
      lede={ledeOf(data)}
      actions={<ActionButtons resource={resource} recordId={recordId} names={record?.actions ?? []} />}
    >
      <StaleNote failure={failure} onRetry={reload} />
      <div className={classes('split', styles.columns)}>
        <Request data={data} />
        <Answer key={data.id} data={data} back={listed ? paths.resource('Divestment') : null} />
      </div>
    </Page>
  )
}

function ledeOf({ state, deadline, daysLeft, endedOn, target }: Divestment): string {
  if (state === 'pending')
    return `Réponse attendue ${daysLeft >= 0 ? 'avant' : 'depuis'} le ${formatDay(deadline)}.`
  const ended = endedOn ? ` le ${formatDay(endedOn)}` : ''
  return state === 'refused' || state === 'withdrawn'
    ? `Terminée${ended}\u00a0: le suivi reste comme avant.`
    : `Terminée${ended}\u00a0: la fiche est passée à ${target}.`
}

function Request({ data }: { data: Divestment }) {
  const { person, requester, decisions, blocking } = data
  return (
    <div className="stack">
      <Card
        title="La demande"
        aside={person.id !== null && <Link to={paths.probationer(person.id)}>Voir la fiche</Link>}
      >
        <DescriptionList
          pairs={[
            [
              'Demandée par',
              <>
                {data.target}
                {requester && (
                  <span className="subline">
                    {[
                      requester.name,
                      requester.role,
                      ...(requester.isGone ? ['compte supprimé'] : [requester.phone, requester.email]),
                    ]
                      .filter(Boolean)
                      .join(', ')}
                  </span>
                )}
              </>,
            ],
            ['Le', formatDay(data.requestedOn)],
            ['Réponse avant', data.state === 'pending' ? <DeadlineCell data={data} /> : null],
            ['Raison', data.reason ?? (data.origin === 'city_change' ? 'Changement de commune' : null)],
            [
              'Naissance',
              person.dateOfBirth
                ? formatBirth(person.dateOfBirth)
                : person.yearOfBirth && String(person.yearOfBirth),
            ],
            ['Fiche', person.archived ? 'archivée' : null],
          ]}
        />
        {blocking && blocking !== 'waiting' && (
          <Alert tone="warn" title={blockingWords[blocking]}>
            <p>{whatNext[blocking]}</p>
            {!data.answer?.faults.length && <Missing faults={data.missing} />}
          </Alert>
        )}
      </Card>
      <Card title="Réponses des services">
        {decisions.length === 0 && <p className="hint">Aucun service n’avait à répondre.</p>}
        <ul className={styles.decisions}>
          {decisions.map((row) => {
            const { word, tone } = decisionStateWords[row.state]
            return (
              <li key={row.organizationId}>
                <div className="cluster">
                  <b>
                    {row.name}
                    {row.own && ' (vous)'}
                  </b>
                  <Tag tone={tone}>
                    {word}
                    {row.on && `, ${formatBriefDay(row.on)}`}
                  </Tag>
                </div>
                {row.comment && <p>{row.comment}</p>}
                <span className="subline">
                  {[row.by, !row.own && row.switchboard && `standard ${row.switchboard}`]
                    .filter(Boolean)
                    .join(', ')}
                  {row.team && (
                    <>
                      ,{' '}
                      {row.team.email ? (
                        <a href={`mailto:${row.team.email}`}>{row.team.email}</a>
                      ) : (
                        <SupportLink />
                      )}
                    </>
                  )}
                </span>
              </li>
            )
          })}
        </ul>
      </Card>
    </div>
  )
}

const whatNext: Record<Exclude<NonNullable<Divestment['blocking']>, 'waiting'>, string> = {
  nobody_answers: 'L’équipe nationale décide.',
  incomplete: 'La demande n’est pas acceptée d’office tant qu’il manque quelque chose à la fiche.',
  expected:
    'La demande n’est pas acceptée d’office tant qu’une convocation est à venir chez un service qui suit la personne.',
  late: 'Un service peut encore répondre avant.',
}

/**
 * The answer of the own service, with what it changes said before it is given. The request may end before: what was
 * typed stays, to be read.
 */
function Answer({ data, back }: { data: Divestment; back: string | null }) {
  const { answer } = data
  const [comment, setComment] = useState('')
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const accept = useAction('Divestment', 'accept')
  const refuse = useAction('Divestment', 'refuse')
  const navigate = useNavigate()
  const busy = accept.busy || refuse.busy
  const give = async ({ run }: typeof accept | typeof refuse) => {
    if (busy) return
    setRefusal(null)
    const done = await run(data.id, { comment })
    if (!done.ok) return setRefusal(done)
    navigate(back ?? paths.home, { state: { notice: { title: done.notice } } })
  }
  if (!answer)
    return refusal || comment ? (
      <Card title="Votre réponse n’est pas partie">
        {refusal ? (
          <RefusalNote refusal={refusal} focus />
        ) : (
          <Alert tone="bad" announce="alert" focus title={divestmentRefusals['divestment.over']} />
        )}
        {comment && <p>Votre commentaire&nbsp;: «&nbsp;{comment}&nbsp;»</p>}
      </Card>
    ) : null
  if (answer.faults.length > 0) return <Incomplete data={data} answer={answer} />
  return (
    <Card
      title={answer.atDesk ? 'Décider à la place des services' : 'Votre réponse'}
      footer={
        <div className="cluster">
          <Button look="main" icon="check" busy={accept.busy} onClick={() => void give(accept)}>
            Accepter
          </Button>
          <Button look="danger" icon="cross" busy={refuse.busy} onClick={() => void give(refuse)}>
            Refuser
          </Button>
          <span className="hint">Un refus laisse le suivi comme avant.</span>
        </div>
      }
    >
      {refusal && <RefusalNote refusal={refusal} focus />}
      <ToCome answer={answer} />
      <Alert tone="info" icon="swap" title="Si vous acceptez">
        <p>{consequencesOf(answer)}</p>
      </Alert>
      {!answer.atDesk && (
        <Field
          name="comment"
          label="Commentaire"
          optional
          hint={`Lu par le demandeur. ${count(comment.length, 'caractère')} sur ${commentMax}.`}
          error={refusal?.fieldErrors.comment}
        >
          {(field) => (
            <textarea
              {...field}
              rows={2}
              maxLength={commentMax}
              value={comment}
              onChange={(event) => setComment(event.target.value)}
            />
          )}
        </Field>
      )}
    </Card>
  )
}

function Incomplete({ data: { person }, answer }: { data: Divestment; answer: Answerable }) {
  return (
    <Card title="Votre réponse">
      <Alert tone="warn" title="La fiche est à compléter avant de répondre">
        <Missing faults={answer.faults} />
        {answer.mayEdit && person.id !== null && (
          <ButtonLink to={paths.editProbationer(person.id)} look="main">
            Compléter la fiche
          </ButtonLink>
        )}
      </Alert>
    </Card>
  )
}

function Missing({ faults }: { faults: Divestment['missing'] }) {
  if (faults.length === 0) return null
  return (
    <ul>
      {faults.map(({ field, reason }) => (
        <li key={field}>{probationerRefusals[reason]}</li>
      ))}
    </ul>
  )
}

function ToCome({ answer: { toCome } }: { answer: Answerable }): ReactNode {
  if (toCome.length === 0) return null
  return (
    <Alert
      tone="warn"
      icon="calendar"
      title={toCome.length > 1 ? 'Des convocations sont prévues' : 'Une convocation est prévue'}
    >
      <ul>
        {toCome.map(({ id, date, time, type, service }) => (
          <li key={id}>
            <Link to={paths.appointment(id)}>
              {formatDay(date)} à {formatHour(time)}
            </Link>
            , {type}, {service}
          </li>
        ))}
      </ul>
      <p>Si vous acceptez, elles restent où elles sont&nbsp;: annulez-les ou gardez-les ensuite.</p>
    </Alert>
  )
}

const joined = new Intl.ListFormat('fr')

function consequencesOf({
  services,
  othersAnswer,
  losesSight,
  atDesk,
  referent,
  requester,
  toCome,
}: Answerable) {
  return [
    othersAnswer
      ? `Quand les autres services auront accepté, la personne sera suivie par ${joined.format(services)}.`
      : `La personne est suivie par ${joined.format(services)}, et par aucun autre service.`,
    losesSight &&
      !atDesk &&
      `Vous n’y aurez plus accès${toCome.length > 0 ? ', sauf aux convocations que vous gardez' : ''}.`,
    referent && `${referent} n’en sera plus référent.`,
    requester && `${requester} reçoit un e-mail.`,
  ]
    .filter(Boolean)
    .join(' ')
}
