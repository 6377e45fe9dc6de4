import { useState } from 'react'
import { Link, useParams } from 'react-router-dom'
import { roleNames } from '../../resources/agent/fr'
import { stateWords } from '../../resources/appointment/fr'
import { messageKindLabels, messageStateWords } from '../../resources/message/fr'
import { formatBirth, formatDay, formatHour, fullName, inDays } from '../../resources/shared/french'
import { formatPhone } from '../../resources/shared/phone'
import type { Queries } from '../api-table'
import { send, useQuery, type Serialized } from '../components/api'
import {
  Button,
  ButtonLink,
  Card,
  FailureNote,
  Icon,
  Loading,
  Note,
  Page,
  Pairs,
  Sms,
  Steps,
  Tag,
  type Tone,
} from '../components/ui'
import { paths } from '../paths'
import { History, OutcomeButtons } from './parts'

type AppointmentData = Serialized<Awaited<ReturnType<Queries['appointmentPage']>>>
type MessageData = AppointmentData['messages'][number]

const stateTones: Record<AppointmentData['state'], Tone> = {
  booked: 'info',
  attended: 'ok',
  missed: 'bad',
  excused: 'off',
  cancelled: 'off',
  rescheduled: 'off',
}

/** One appointment: when, where, its messages and what became of them, what happened, what may be done. */
export function AppointmentRecord() {
  const { recordId } = useParams()
  const { data, failure, reload } = useQuery('appointmentPage', { appointmentId: Number(recordId) || 0 })
  const [cancelling, setCancelling] = useState(false)
  const [said, setSaid] = useState<string | null>(null)

  const crumbs = [{ label: 'Convocations', href: paths.appointments }]
  if (failure)
    return (
      <Page title="Convocation" crumbs={crumbs}>
        <Card label="Convocation">
          <FailureNote what="Convocation introuvable" failure={failure} onRetry={reload} />
        </Card>
      </Page>
    )
  if (!data)
    return (
      <Page title="Convocation" crumbs={crumbs}>
        <Card label="Convocation">
          <Loading what="convocation" lines={10} />
        </Card>
      </Page>
    )
  const saved = (sentence: string) => {
    setSaid(sentence)
    setCancelling(false)
    reload()
  }
  const { probationer } = data
  return (
    <Page
      title={data.type}
      windowTitle="Convocation"
      crumbs={[...crumbs, { label: fullName(probationer), href: paths.probationer(probationer.id) }]}
      tag={<Tag tone={stateTones[data.state]}>{stateWords[data.state]}</Tag>}
      actions={
        <>
          <ButtonLink to={paths.summons(data.id)} look="main" icon="print">
            Imprimer la convocation
          </ButtonLink>
          {data.mayExcuse && !data.past && <ExcuseBefore data={data} onSaved={saved} />}
          {data.mayCancel && (
            <Button
              look="danger"
              aria-expanded={cancelling}
              aria-controls="annuler"
              onClick={() => setCancelling(!cancelling)}
            >
              Annuler
            </Button>
          )}
        </>
      }
    >
      {said && <Note tone="ok" announce="status" focus title={said} />}
      {cancelling && <Cancel data={data} onSaved={saved} onKeep={() => setCancelling(false)} />}
      {data.past && data.mayRecordOutcome && (
        <Card title="La personne est-elle venue ?">
          <OutcomeButtons
            appointmentId={data.id}
            name={fullName(probationer)}
            canReceiveSms={probationer.canReceiveSms}
            onSaved={(sentence) => saved(`${sentence}. C’est enregistré.`)}
          />
        </Card>
      )}
      <div className="split">
        <div className="col">
          <Messages data={data} onReload={reload} />
          <Card title="Ce qui s’est passé">
            <History lines={data.history} />
          </Card>
        </div>
        <div className="col">
          <Card label="Rendez-vous">
            <p className="big">
              {formatDay(data.date)}
              <br />
              {formatHour(data.time)}
            </p>
            <Pairs
              pairs={[
                ['Quand', inDays(data.today, data.date)],
                [
                  'Lieu',
                  <>
                    {data.place.name}
                    {data.heldAtPlace && <span className="sub">{data.place.address}</span>}
                  </>,
                ],
                ['Agenda', data.agenda],
                ['Durée', `${data.durationMinutes} minutes`],
                ['N° de parquet', data.prosecutionNumber],
                ['Agent', data.agent && fullName(data.agent)],
                ['Créée par', data.creatingOrganization],
                ['Rôle', data.bookedBy && roleNames[data.bookedBy.role]],
              ]}
            />
          </Card>
          <Card label="Personne">
            <p>
              <Link to={paths.probationer(probationer.id)}>{fullName(probationer)}</Link>
              {probationer.dateOfBirth && <span className="sub">{formatBirth(probationer.dateOfBirth)}</span>}
            </p>
            <Pairs
              pairs={[
                ['Portable', probationer.phone ? formatPhone(probationer.phone) : 'aucun'],
                ['SMS', probationer.smsOptOut ? 'refusés par la personne' : null],
                ['Référent', probationer.assignedAgent ? fullName(probationer.assignedAgent) : 'le service'],
              ]}
            />
          </Card>
          <p className="hint row still">
            <Icon name="paper" />
            <span>Seule la convocation papier a une valeur juridique. Les SMS aident à s’en souvenir.</span>
          </p>
        </div>
      </div>
    </Page>
  )
}

function ExcuseBefore({ data, onSaved }: { data: AppointmentData; onSaved: (sentence: string) => void }) {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const excuse = async () => {
    setBusy(true)
    const answer = await send('recordOutcome', { appointmentId: data.id, outcome: 'excused', inform: false })
    setBusy(false)
    if (answer.ok) onSaved('Excusée à l’avance. La place est libre, le rappel ne partira pas.')
    else setRefusal(answer.message)
  }
  return (
    <>
      <Button busy={busy} onClick={() => void excuse()}>
        Excuser à l’avance
      </Button>
      {refusal && (
        <p className="msg" role="alert">
          {refusal}
        </p>
      )}
    </>
  )
}

/** Opened in place: what cancelling causes, and two explicit buttons. */
function Cancel({
  data,
  onSaved,
  onKeep,
}: {
  data: AppointmentData
  onSaved: (sentence: string) => void
  onKeep: () => void
}) {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const cancel = async (inform: boolean) => {
    setBusy(true)
    const answer = await send('cancelAppointment', { appointmentId: data.id, inform })
    setBusy(false)
    if (answer.ok) onSaved(inform ? 'Convocation annulée, un SMS part.' : 'Convocation annulée.')
    else setRefusal(answer.message)
  }
  const reminder = data.messages.find((message) => message.kind === 'reminder' && message.state === 'planned')
  return (
    <section className="choice" id="annuler" aria-labelledby="annuler-titre">
      <h2 id="annuler-titre">
        Annuler la convocation du {formatDay(data.date)} à {formatHour(data.time)} ?
      </h2>
      <p>
        La place redevient libre.{' '}
        {reminder && `Le rappel prévu ${formatDay(reminder.due.date)} ne partira pas. `}
        L’annulation reste visible dans l’historique.
      </p>
      {!data.probationer.canReceiveSms && <p>Personne ne sera prévenu par SMS.</p>}
      {refusal && (
        <p className="msg" role="alert">
          {refusal}
        </p>
      )}
      <div className="row">
        {data.probationer.canReceiveSms && (
          <Button look="danger solid" busy={busy} onClick={() => void cancel(true)}>
            Annuler et prévenir par SMS
          </Button>
        )}
        <Button look="danger" busy={busy} onClick={() => void cancel(false)}>
          {data.probationer.canReceiveSms ? 'Annuler sans prévenir' : 'Annuler la convocation'}
        </Button>
        <Button look="quiet" onClick={onKeep}>
          Garder la convocation
        </Button>
      </div>
    </section>
  )
}

function Messages({ data, onReload }: { data: AppointmentData; onReload: () => void }) {
  return (
    <Card
      title="Messages"
      aside={
        <span className="row">
          <span className="hint">heures du lieu</span>
          <Button look="quiet" onClick={onReload}>
            Actualiser
          </Button>
        </span>
      }
    >
      {data.messages.length === 0 && (
        <p className="hint">
          Aucun SMS :{' '}
          {data.probationer.canReceiveSms
            ? 'rien n’était à envoyer.'
            : 'la personne ne peut pas en recevoir.'}
        </p>
      )}
      {data.messages.map((message) => (
        <MessageSteps key={message.id} message={message} />
      ))}
    </Card>
  )
}

const at = (moment: { date: string; time: string } | null) =>
  moment && `${formatDay(moment.date)}, ${formatHour(moment.time)}`

function MessageSteps({ message }: { message: MessageData }) {
  const { word, tone } = messageStateWords(message)
  const waits = message.state === 'planned'
  return (
    <section className="col tight" aria-label={messageKindLabels[message.kind]}>
      <p className="row">
        <b>{messageKindLabels[message.kind]}</b>
        <Tag tone={tone}>{word}</Tag>
      </p>
      <Steps
        steps={[
          { label: 'Demandée', detail: at(message.asked), done: true },
          {
            label: 'Partie',
            detail:
              at(message.sent) ??
              (waits ? `prévue ${at(message.due) ?? ''}` : (at(message.ended) ?? 'pas partie')),
            done: message.sent !== null,
          },
          {
            label: 'Reçue',
            detail: at(message.delivered) ?? (message.sent ? 'accusé attendu' : ''),
            done: message.delivered !== null,
          },
        ]}
      />
      {waits && (
        <p className="hint">
          La date, le lieu, le numéro et le refus de SMS seront relus au moment de l’envoi.
        </p>
      )}
      {message.sms && (
        <details>
          <summary>
            {waits ? 'Texte prévu' : 'Texte envoyé'}
            {message.phone && ` au ${formatPhone(message.phone)}`}
          </summary>
          <Sms text={message.sms.text} characters={message.sms.characters} parts={message.sms.parts} />
        </details>
      )}
    </section>
  )
}
