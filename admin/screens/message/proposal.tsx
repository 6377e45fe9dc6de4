import { useState } from 'react'
import { useNavigate, useParams } from 'react-router-dom'
import { ofKind } from '../../../resources/message/fr'
import { faultSentence, proposalStateWords } from '../../../resources/message/template/fr'
import { faultsOfText } from '../../../resources/message/template/rules'
import { answerMax } from '../../../resources/message/template/schema'
import { formatDay } from '../../../resources/shared/french'
import { useAction, useRecord, type RecordData } from '../../client/action'
import type { Failure } from '../../client/client'
import { RefusalNote } from '../../forms/form-parts'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Checkbox } from '../../ui/checkbox'
import { Field } from '../../ui/field'
import { Page } from '../../ui/page'
import { Tag } from '../../ui/tag'
import { Differences } from './differences'
import { Lacking } from './lacking'
import { TextPreview } from './text-preview'
import styles from './texts.module.css'

type Proposal = RecordData<'MessageTemplateProposal'>

/** A text that a service proposes, beside the one in force: what it changes, how it will be read, the answer. */
export function TextProposal() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useRecord('MessageTemplateProposal', recordId)
  const crumbs = [
    { label: 'Textes des SMS', href: paths.textOfSms({ service: null }) },
    { label: 'Textes proposés', href: paths.resource('MessageTemplateProposal') },
  ]
  if (!opened)
    return (
      <EmptyPage
        title="Texte proposé"
        crumbs={crumbs}
        what="cette proposition"
        failure={failure}
        onRetry={reload}
      />
    )
  const { data } = opened
  const { service, type, typeCode, kind, text, inForce, common, startedFrom, mayDecide } = data
  const { word, tone } = proposalStateWords[data.state]
  const faults = faultsOfText(text, { kind, typeCode })
  return (
    <Page
      title={`SMS ${ofKind[kind]}, ${type}`}
      crumbs={crumbs}
      tag={<Tag tone={tone}>{word}</Tag>}
      lede={`Texte proposé pour ${service.name}${data.by ? ` par ${data.by}` : ''}, le ${formatDay(data.on)}.`}
      actions={
        <ButtonLink to={paths.textOfSms({ service: service.id, type: typeCode, kind })}>
          Ouvrir l’éditeur
        </ButtonLink>
      }
    >
      <StaleNote failure={failure} onRetry={reload} />
      <div className="split">
        <div className="stack">
          <Card title={`Texte proposé pour le SMS ${ofKind[kind]}`}>
            <p className={styles.lines}>{text}</p>
            {faults.map((fault) => (
              <p key={`${fault.code} ${fault.at} ${fault.found}`} className="hint">
                {faultSentence(fault)}
              </p>
            ))}
            {data.state === 'pending' && (
              <Lacking address={{ organizationId: service.id, typeCode, kind }} text={text} />
            )}
          </Card>
          {data.state !== 'pending' && (
            <Card title="Ce que cette proposition changeait">
              <Differences from={startedFrom ?? inForce.text} to={text} />
            </Card>
          )}
          {data.state === 'pending' && (
            <Card
              title={`Ce qui change du texte en vigueur (${inForce.own ? 'personnalisé' : 'texte commun'})`}
            >
              <Differences from={inForce.text} to={text} />
              {inForce.own && (
                <details>
                  <summary>Comparer avec le texte commun</summary>
                  <Differences from={common} to={text} />
                </details>
              )}
            </Card>
          )}
          {startedFrom !== null && data.state === 'pending' && (
            <Alert tone="warn" title="Le texte en vigueur a changé depuis cette proposition">
              <p>Ce qui a changé depuis&nbsp;:</p>
              <Differences from={startedFrom} to={inForce.text} />
            </Alert>
          )}
          {mayDecide ? <Answer key={data.id} data={data} /> : <Answered data={data} />}
        </div>
        <TextPreview address={{ organizationId: service.id, typeCode, kind }} text={text} />
      </div>
    </Page>
  )
}

function Answered({ data: { endedOn, endedBy, answer, state } }: { data: Proposal }) {
  if (!endedOn) return null
  return (
    <Card title="Réponse">
      <p>
        {proposalStateWords[state].word} le {formatDay(endedOn)}
        {endedBy && ` par ${endedBy}`}.
      </p>
      {answer && <p>«&nbsp;{answer}&nbsp;»</p>}
    </Card>
  )
}

/** The answer of the team: at once for what changes nothing else, said again when the text in force moved. */
function Answer({ data }: { data: Proposal }) {
  const [words, setWords] = useState('')
  const [anyway, setAnyway] = useState(false)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const accept = useAction('MessageTemplateProposal', 'accept')
  const refuse = useAction('MessageTemplateProposal', 'refuse')
  const navigate = useNavigate()
  const give = async (answering: Promise<Awaited<ReturnType<typeof accept.run | typeof refuse.run>>>) => {
    const done = await answering
    if (!done.ok) return setRefusal(done)
    navigate(paths.resource('MessageTemplateProposal'), { state: { notice: { title: done.notice } } })
  }
  const busy = accept.busy || refuse.busy
  return (
    <Card
      title="Votre réponse"
      footer={
        <div className="cluster">
          <Button
            look="main"
            icon="check"
            busy={busy}
            onClick={() => void give(accept.run(data.id, { seenVersionId: data.inForce.id, anyway }))}
          >
            Accepter
          </Button>
          <Button
            look="danger"
            icon="cross"
            busy={busy}
            onClick={() => void give(refuse.run(data.id, { answer: words }))}
          >
            Refuser
          </Button>
          <span className="hint">Qui a proposé reçoit la réponse par e-mail.</span>
        </div>
      }
    >
      {refusal && <RefusalNote refusal={refusal} focus />}
      {data.startedFrom !== null && (
        <Checkbox field="anyway" checked={anyway} error={refusal?.fieldErrors.anyway} onChange={setAnyway}>
          J’ai comparé&nbsp;: accepter quand même ce texte
        </Checkbox>
      )}
      <Field
        name="answer"
        label="Raison d’un refus"
        hint="À écrire pour refuser. Elle est lue par le service."
        error={refusal?.fieldErrors.answer}
      >
        {(field) => (
          <textarea
            {...field}
            rows={2}
            maxLength={answerMax}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
    </Card>
  )
}
