import { proposalStateWords } from '../../../resources/message/template/fr'
import { formatDay } from '../../../resources/shared/french'
import { useAction } from '../../client/action'
import { useNotify } from '../../frame/notice'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { Button, ButtonLink } from '../../ui/button'
import type { Editor } from './editor'

/** What the service has proposed for this text: it waits, or it was answered. */
export function ProposalNote({
  editor: { proposal, may, inForce },
  onReload,
}: {
  editor: Editor
  onReload: () => void
}) {
  const withdraw = useAction('MessageTemplateProposal', 'withdraw')
  const notify = useNotify()
  if (!proposal) return null
  const { id, state, on, by, endedOn, answer, text } = proposal
  if (state === 'pending')
    return (
      <Alert
        tone="warn"
        icon="clock"
        title={`Proposition ${by ? `de ${by} ` : ''}du ${formatDay(on)}, sans réponse`}
      >
        {withdraw.failure && <p>{withdraw.failure.message}</p>}
        <div className="cluster">
          {may.propose ? (
            <Button
              busy={withdraw.busy}
              onClick={() =>
                void withdraw.run(id, {}).then((done) => {
                  if (done.ok) notify({ tone: 'ok', title: done.notice })
                  onReload()
                })
              }
            >
              Retirer la proposition
            </Button>
          ) : (
            <ButtonLink to={paths.record('MessageTemplateProposal', id)}>Comparer et répondre</ButtonLink>
          )}
        </div>
      </Alert>
    )
  // An acceptance is told as long as it is what leaves.
  if (state === 'accepted' && text !== inForce.text) return null
  return (
    <Alert
      tone={proposalStateWords[state].tone}
      title={`Proposition ${proposalStateWords[state].word.toLowerCase()}${endedOn ? ` le ${formatDay(endedOn)}` : ''}`}
    >
      {answer && <p>Réponse de l’équipe&nbsp;: «&nbsp;{answer}&nbsp;»</p>}
    </Alert>
  )
}
