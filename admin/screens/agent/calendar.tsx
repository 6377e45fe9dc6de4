import { useState } from 'react'
import { formatDay } from '../../../resources/shared/french'
import { useAction, useResource, type ActionName } from '../../client/action'
import { ActButton } from '../../forms/action-buttons'
import { useNotify } from '../../frame/notice'
import { Alert } from '../../ui/alert'
import { Button } from '../../ui/button'
import { Card } from '../../ui/card'
import { Field } from '../../ui/field'
import styles from './agent.module.css'

/** The agent's appointments in the calendar they already open: a secret address, shown once. */
export function CalendarCard({ madeOn, mayMake }: { madeOn: string | null; mayMake: boolean }) {
  const [since, setSince] = useState(madeOn)
  const resource = useResource('Agent')
  const [address, setAddress] = useState<string | null>(null)
  if (!resource) return null
  const stop = (
    <ActButton
      resource={resource}
      name="stopCalendar"
      target={undefined}
      onDone={() => {
        setAddress(null)
        setSince(null)
      }}
    />
  )
  if (!mayMake)
    return (
      <div className={styles.narrow}>
        <Card title="Mes convocations dans Outlook ou Thunderbird">
          {since ? (
            <>
              <p>
                L’adresse créée le {formatDay(since)} ne montre plus rien&nbsp;: votre rôle ne reçoit plus de
                personnes. Arrêtée, elle reste muette même si vous en recevez de nouveau.
              </p>
              {stop}
            </>
          ) : (
            <p>L’abonnement est arrêté.</p>
          )}
        </Card>
      </div>
    )
  return (
    <div className={styles.narrow}>
      <Card title="Mes convocations dans Outlook ou Thunderbird">
        <p>
          Abonnez votre logiciel à une adresse secrète&nbsp;: les convocations dont vous êtes l’agent y
          paraissent, et suivent chaque changement.
        </p>
        <ul className={styles.effects}>
          <li>
            On y lit le jour, l’heure, le lieu, les <b>initiales</b> de la personne et ce que son SMS annonce,
            comme «&nbsp;Rendez-vous de suivi&nbsp;». Jamais son nom, son numéro, ni sa mesure.
          </li>
          <li>
            Sont montrées celles qui sont prévues, et celles des 30 derniers jours dont l’issue n’est pas
            encore dite. Annulée, replanifiée ou confiée à un autre agent, une convocation s’en va.
          </li>
          <li>
            <b>Qui a l’adresse lit ces convocations</b>, sans mot de passe&nbsp;: ne la transmettez pas. Au
            moindre doute, renouvelez-la, et l’ancienne ne montre plus rien, ou arrêtez l’abonnement.
          </li>
        </ul>
        {address && <NewAddress key={address} address={address} />}
        {!address && since && (
          <p>
            Une adresse est en service depuis le {formatDay(since)}. Elle n’est plus montrée&nbsp;: si vous
            l’avez perdue, renouvelez-la.
          </p>
        )}
        <div className="cluster">
          {address || since ? (
            <>
              <MakeButton name="renewCalendarAddress" onMade={setAddress} />
              {stop}
            </>
          ) : (
            <MakeButton name="makeCalendarAddress" onMade={setAddress} />
          )}
        </div>
      </Card>
    </div>
  )
}

function MakeButton({
  name,
  onMade,
}: {
  name: ActionName<'Agent'> & ('makeCalendarAddress' | 'renewCalendarAddress')
  onMade: (address: string) => void
}) {
  const words = useResource('Agent')?.actions.find((action) => action.name === name)?.custom
  const { run, busy } = useAction('Agent', name)
  const notify = useNotify()
  const make = async () => {
    const answer = await run({})
    if (answer.ok) onMade(answer.result.address)
    else notify({ tone: 'bad', title: answer.message })
  }
  return (
    <Button busy={busy} onClick={() => void make()}>
      {words?.button}
    </Button>
  )
}

function NewAddress({ address }: { address: string }) {
  const [copied, setCopied] = useState<boolean | null>(null)
  const copy = () =>
    navigator.clipboard.writeText(address).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <Alert tone="ok" title={'Copiez l’adresse maintenant\u00a0: elle n’est montrée qu’une fois'} focus>
      <Field
        label="Adresse secrète"
        hint={copied === false ? 'Sélectionnez l’adresse, puis Ctrl + C.' : undefined}
      >
        {(field) => (
          <input {...field} type="text" readOnly value={address} onFocus={(event) => event.target.select()} />
        )}
      </Field>
      <div className="cluster">
        <Button onClick={() => void copy()}>Copier l’adresse</Button>
        <span role="status">{copied ? 'Adresse copiée.' : ''}</span>
      </div>
      <ul className={styles.effects}>
        <li>
          Outlook&nbsp;: Calendrier, «&nbsp;Ajouter un calendrier&nbsp;», «&nbsp;À partir d’Internet&nbsp;»,
          puis collez l’adresse.
        </li>
        <li>
          Thunderbird&nbsp;: Agenda, «&nbsp;Nouvel agenda…&nbsp;», «&nbsp;Sur le réseau&nbsp;», sans nom
          d’utilisateur, puis collez l’adresse.
        </li>
      </ul>
      <p>Les changements paraissent quand votre logiciel relit l’adresse&nbsp;: en une heure ou plus.</p>
    </Alert>
  )
}
