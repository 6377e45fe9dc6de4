import type { ReactNode } from 'react'
import { Link } from 'react-router-dom'
import { informWords, messageKindLabels, messageRefusals } from '../../../resources/message/fr'
import type { UnreachableReason } from '../../../resources/probationer/rules'
import { formatDay, formatHour } from '../../../resources/shared/french'
import { Sms } from '../message/sms'
import { Alert } from '../../ui/alert'
import { Card } from '../../ui/card'
import { Checkbox } from '../../ui/checkbox'
import { fieldAnchor } from '../../ui/field'
import { paths } from '../../paths'
import type { Errors, Preview, Typed } from './state'

/** Which SMS leave, when, and their text as it will be sent. */
export function MessagesBlock({ step, ...choices }: { step: number } & Parameters<typeof MessageChoices>[0]) {
  return (
    <Card title="Les SMS" step={step}>
      <MessageChoices {...choices} />
    </Card>
  )
}

/** The same within a form that is in no card. */
export function MessageChoices({
  whyNot,
  warning,
  inform,
  preview,
  errors,
  onChange,
}: {
  /** Said when nothing will leave, with the way to mend it. */
  whyNot: ReactNode
  /** Said above the choices: what may keep these messages from arriving. */
  warning?: ReactNode
  inform: Typed['appointment']['inform']
  preview: Preview | null
  errors: Errors
  onChange: (inform: Typed['appointment']['inform']) => void
}) {
  if (whyNot)
    return (
      <Alert tone="off" title="Aucun SMS ne partira">
        {whyNot}
      </Alert>
    )
  const messages = preview?.messages ?? []
  const words = informWords(preview?.choices ?? null)
  return (
    <>
      {warning}
      <fieldset className="stack tight">
        <legend className="visually-hidden">Quels SMS envoyer&nbsp;?</legend>
        <Checkbox
          type="radio"
          name="inform"
          field="inform"
          checked={inform === 'now'}
          error={errors.inform}
          onChange={() => onChange('now')}
        >
          {words.now}
        </Checkbox>
        <Checkbox
          type="radio"
          name="inform"
          checked={inform === 'reminder_only'}
          onChange={() => onChange('reminder_only')}
        >
          {words.reminderOnly}
        </Checkbox>
      </fieldset>
      {preview?.textRefusal && (
        <Alert tone="bad" announce="status" title="Ces SMS ne peuvent pas être écrits">
          <p>{messageRefusals[preview.textRefusal]}</p>
        </Alert>
      )}
      {!preview?.choices && !preview?.textRefusal && (
        <p className="hint">Les textes s’affichent ici dès que la date et l’heure sont choisies.</p>
      )}
      {messages.map((message) => (
        <div className="stack tight" key={`${message.kind}${message.reminderHours}`}>
          <p className="cluster">
            <b>{messageKindLabels[message.kind]}</b>
            <span className="moment">
              {message.leavesNow
                ? 'part tout de suite'
                : `part ${formatDay(message.date)} à ${formatHour(message.time)}`}
            </span>
          </p>
          <Sms text={message.text} characters={message.characters} parts={message.parts} />
        </div>
      ))}
      {inform === 'now' && words.whyNoReminder && <p className="hint">{words.whyNoReminder}</p>}
    </>
  )
}

/** Why nothing will leave, and what would change it. */
export function WhyNoSms({ reason, mend }: { reason: UnreachableReason; mend: ReactNode }) {
  return (
    <p>
      {whyNothingLeaves[reason]} {reason !== 'opted_out' && mend}
    </p>
  )
}

/** Said above the choices: the number may be wrong. */
export function NumberToCheck({ mend }: { mend: ReactNode }) {
  return (
    <Alert tone="warn" title="Le dernier SMS n’est pas arrivé">
      <p>Vérifiez le numéro avec la personne. {mend}</p>
    </Alert>
  )
}

/** Where the number is mended, for who may. */
export function MendPhone({
  person: { id, phone, mayEdit },
  apart = false,
}: {
  person: { id: number; phone: string | null; mayEdit: boolean }
  /** In another tab: what is typed on this page is kept nowhere else. */
  apart?: boolean
}) {
  if (!mayEdit) return null
  return (
    <Link to={`${paths.editProbationer(id)}#${fieldAnchor('phone')}`} {...(apart && { target: '_blank' })}>
      {phone ? 'Corriger le numéro' : 'Ajouter un numéro'}
      {apart && <span className="visually-hidden"> (nouvel onglet)</span>}
    </Link>
  )
}

const whyNothingLeaves: Record<UnreachableReason, string> = {
  opted_out: 'La personne a refusé les SMS. Le rappel se fera par la convocation papier.',
  no_phone: 'La personne n’a pas de portable. Un rappel partira si vous ajoutez un numéro avant la date.',
  dead_number:
    'Les deux derniers SMS ne sont pas arrivés\u00a0: rien ne partira vers ce numéro tant qu’il n’est pas corrigé.',
  archived: 'La fiche est archivée.',
  limited: 'L’utilisation de la fiche est limitée.',
}
