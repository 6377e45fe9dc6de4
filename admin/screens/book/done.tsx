import { messageKindLabels, messageStateWords } from '../../../resources/message/fr'
import { formatDay, formatHour } from '../../../resources/shared/french'
import { useOpened } from '../../client/action'
import { useMessagesUnderWay } from '../message/under-way'
import { Card } from '../../ui/card'
import { Tag } from '../../ui/tag'
import { Sheet } from '../summons'
import { Alert } from '../../ui/alert'
import { Button, ButtonLink } from '../../ui/button'
import { Page } from '../../ui/page'
import { paths } from '../../paths'

export interface Done {
  probationerId: number
  appointmentId: number | null
  sentence: string
  /** The agent may open the record. */
  inJurisdiction: boolean
  /** To their space, by SMS. */
  isInvited: boolean
  /** The visit it belongs to: asking for the page again, by a link or Alt N, begins a new one. */
  visit: string
  /** The desk whose line led here. */
  desk?: string | undefined
}

/** What has just been recorded, and what comes next. */
export function DonePage({ done }: { done: Done }) {
  return (
    <Page title={done.appointmentId ? 'Convocation enregistrée' : 'Fiche enregistrée'}>
      <div className="screen-only stack">
        <Alert tone="ok" title={done.sentence} announce="status" focus>
          {done.appointmentId && (
            <p>La convocation papier reste la seule à avoir une valeur juridique&nbsp;: remettez-la.</p>
          )}
          {done.isInvited && <p>L’invitation à son espace part par SMS.</p>}
          <div className="cluster">
            {done.appointmentId && (
              <Button look="main" icon="print" data-key="main" onClick={() => window.print()}>
                Imprimer la convocation
              </Button>
            )}
            {done.appointmentId && (
              <ButtonLink to={paths.appointment(done.appointmentId)}>
                Voir la convocation et ses SMS
              </ButtonLink>
            )}
            {!done.appointmentId && (
              <ButtonLink to={paths.convoke(done.probationerId)} look="main" icon="calendar">
                Convoquer
              </ButtonLink>
            )}
            {done.inJurisdiction && (
              <ButtonLink to={paths.probationer(done.probationerId)}>Ouvrir la fiche</ButtonLink>
            )}
            {done.desk ? (
              <ButtonLink to={done.desk}>Revenir aux sorties d’audience</ButtonLink>
            ) : (
              <ButtonLink to={paths.registerAndConvoke}>Personne suivante</ButtonLink>
            )}
          </div>
        </Alert>
        {done.appointmentId && <MessagesUnderWay appointmentId={done.appointmentId} />}
      </div>
      {done.appointmentId && <Paper appointmentId={done.appointmentId} />}
    </Page>
  )
}

/** The SMS of the booking, under the eye until they have arrived. */
function MessagesUnderWay({ appointmentId }: { appointmentId: number }) {
  const messages = useMessagesUnderWay(appointmentId, null)?.messages
  if (!messages) return null
  return (
    <Card title="Les SMS">
      <div className="stack tight" role="status">
        {messages.length === 0 && <p>Aucun SMS ne part.</p>}
        {[...messages].reverse().map((message) => {
          const { word, tone } = messageStateWords(message)
          return (
            <p className="cluster" key={message.id}>
              <b>{messageKindLabels[message.kind]}</b>
              <Tag tone={tone}>{word}</Tag>
              {message.state === 'planned' && (
                <span className="moment">
                  {formatDay(message.due.date)} à {formatHour(message.due.time)}
                </span>
              )}
            </p>
          )
        })}
      </div>
    </Card>
  )
}

/** What the person takes away, as it will be printed. */
function Paper({ appointmentId }: { appointmentId: number }) {
  const { data: opened } = useOpened('Appointment', 'print', appointmentId)
  return opened ? <Sheet data={opened.data} /> : null
}
