import { useEffect, useState, type FormEvent } from 'react'
import { Link, useLocation } from 'react-router-dom'
import { messageKindLabels, ofKind } from '../../../resources/message/fr'
import { proposalStateWords, reminderChoiceWords } from '../../../resources/message/template/fr'
import { faultsOfText, reminderChoiceOf } from '../../../resources/message/template/rules'
import { reminderChoices, tidied, type ReminderChoice } from '../../../resources/message/template/schema'
import { formatDay, formatHour, formatShortDate } from '../../../resources/shared/french'
import { act, useAction, useOpenedByName, type OpenedData } from '../../client/action'
import type { Failure } from '../../client/client'
import { useDraft } from '../../client/draft'
import { useSettled } from '../../client/query'
import { DraftKept, RefusalNote } from '../../forms/form-parts'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { useNotify } from '../../frame/notice'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { Button, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { classes } from '../../ui/classes'
import { Field } from '../../ui/field'
import { Page } from '../../ui/page'
import { Tag } from '../../ui/tag'
import { Differences } from './differences'
import { TextField } from './text-field'
import { TextPreview } from './text-preview'
import styles from './texts.module.css'

type Editor = OpenedData<'MessageTemplate', 'texts'>

const title = 'Textes des SMS'

/** The texts of SMS: whose, of which type, which message, then the one that is written or proposed. */
export function MessageTexts() {
  const { search } = useLocation()
  const {
    data: opened,
    failure,
    reload,
  } = useOpenedByName<Editor>('MessageTemplate', 'texts', undefined, search, { live: true })
  if (!opened) return <EmptyPage title={title} what="les textes" failure={failure} onRetry={reload} />
  const { data } = opened
  const { service, may, type, kind } = data
  return (
    <Page title={title} lede={ledeOf(data)} actions={<Lists editor={data} />}>
      <StaleNote failure={failure} onRetry={reload} />
      {may.write && <Services key={service?.id ?? 'common'} editor={data} />}
      <Writing key={`${service?.id ?? 'common'} ${type.code} ${kind}`} editor={data} onReload={reload} />
    </Page>
  )
}

function ledeOf({ service, may }: Editor): string {
  if (!service) return 'Communs à tous les services, sauf à ceux qui ont le leur.'
  return may.propose
    ? `Les mêmes pour tout le service ${service.name}. Votre proposition part à l’équipe Mon Suivi Justice, qui la valide.`
    : `Les mêmes pour tout le service ${service.name}.`
}

function Lists({ editor: { may, services } }: { editor: Editor }) {
  const pending = services.reduce((sum, service) => sum + service.pending, 0)
  return (
    <>
      <ButtonLink to={paths.resource('MessageTemplateProposal')}>
        {may.propose
          ? 'Textes proposés'
          : `Textes proposés\u00a0: ${pending === 0 ? 'aucun à traiter' : `${pending} à traiter`}`}
      </ButtonLink>
      {may.write && <ButtonLink to={paths.resource('MessageTemplate')}>Textes personnalisés</ButtonLink>}
    </>
  )
}

/** Whose texts: those of all, then the services that have theirs, then the others. */
function Services({ editor: { services, service, type, kind } }: { editor: Editor }) {
  const [chosen, choose] = useState(service ? String(service.id) : '')
  const { pathname } = useLocation()
  const own = services.filter((one) => one.own + one.pending > 0)
  const others = services.filter((one) => one.own + one.pending === 0)
  const marks = (one: Editor['services'][number]) =>
    [
      one.own > 0 && `${one.own} ${one.own > 1 ? 'personnalisés' : 'personnalisé'}`,
      one.pending > 0 && `${one.pending} à traiter`,
    ]
      .filter(Boolean)
      .join(', ')
  return (
    <form className={styles.services} role="search" aria-label="Choisir le service" action={pathname}>
      <Field label="Textes de">
        {(field) => (
          <select {...field} name="service" value={chosen} onChange={(event) => choose(event.target.value)}>
            <option value="">Textes communs à tous les services</option>
            {own.length > 0 && (
              <optgroup label="Services qui ont des textes à eux">
                {own.map((one) => (
                  <option key={one.id} value={one.id}>
                    {`${one.name} (${marks(one)})`}
                  </option>
                ))}
              </optgroup>
            )}
            <optgroup label="Services qui suivent les textes communs">
              {others.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </optgroup>
          </select>
        )}
      </Field>
      <ButtonLink
        to={paths.textOfSms({ service: chosen === '' ? null : Number(chosen), type: type.code, kind })}
      >
        Afficher
      </ButtonLink>
    </form>
  )
}

function Types({ editor: { types, type, service, kind } }: { editor: Editor }) {
  const [open, setOpen] = useState(false)
  return (
    <Card title="Types" flush>
      <div className={styles.unfold}>
        <Button icon="menu" aria-expanded={open} aria-controls="types" onClick={() => setOpen(!open)}>
          {type.label}
        </Button>
      </div>
      <ul id="types" className={classes(styles.types, !open && styles.folded)}>
        {types.map(({ code, label, own, pending }) => (
          <li key={code}>
            <Link
              to={paths.textOfSms({ service: service?.id ?? null, type: code, kind })}
              aria-current={code === type.code ? 'page' : undefined}
              onClick={() => setOpen(false)}
            >
              {label}
              {(pending > 0 || (own > 0 && service !== null)) && (
                <Tag tone={pending > 0 ? 'warn' : 'info'} icon={pending > 0 ? 'clock' : 'pen'}>
                  {pending > 0 ? pending : own}
                  <span className="visually-hidden">
                    {pending > 0 ? ' en attente' : own > 1 ? ' personnalisés' : ' personnalisé'}
                  </span>
                </Tag>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Messages({ editor: { texts, type, service, kind } }: { editor: Editor }) {
  return (
    <nav aria-label="Message">
      <ul className={styles.messages}>
        {texts.map((text) => (
          <li key={text.kind}>
            <Link
              to={paths.textOfSms({ service: service?.id ?? null, type: type.code, kind: text.kind })}
              aria-current={text.kind === kind ? 'page' : undefined}
            >
              {messageKindLabels[text.kind]}
              <span className="subline">{statusOf(text, service !== null)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function statusOf({ own, pending, on, changed }: Editor['texts'][number], inService: boolean): string {
  if (pending) return 'Proposition en attente'
  const since = on ? ` le ${formatShortDate(on)}` : ''
  if (own) return `Personnalisé${since}`
  return inService ? 'Texte commun' : changed ? `Modifié${since}` : 'Texte d’origine'
}

interface Act {
  resource?: string
  action: string
  input: object
  /** What the page does of it once it is kept. */
  kept: () => void
}

/** The text in hand, beside its types and what it gives. What is typed is kept, and stays whatever others do. */
function Writing({ editor, onReload }: { editor: Editor; onReload: () => void }) {
  const { service, type, kind, inForce, common, may, proposal, data, parts } = editor
  const address = { organizationId: service?.id ?? null, typeCode: type.code, kind }
  const start = may.propose && proposal?.state === 'pending' ? proposal.text : inForce.text
  const draft = useDraft(`texte:${address.organizationId ?? 'commun'}:${type.code}:${kind}`, {
    text: start,
    /** What was in force when it was begun. */
    seenId: inForce.id,
    from: start,
  })
  const { text, seenId, from } = draft.value
  const heldHours = reminderChoiceOf(editor.reminder.hours)
  const [chosenHours, chooseHours] = useState<ReminderChoice | null>(null)
  const hours = chosenHours ?? heldHours
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [acting, setBusy] = useState(false)
  const restoring = useAction('MessageTemplate', 'restore')
  const busy = acting || restoring.busy
  const notify = useNotify()
  const untouched = text === from
  const changedMeanwhile = seenId !== inForce.id && tidied(text) !== inForce.text
  const { clear } = draft
  useEffect(() => {
    // Nothing of ours is on the page, or what is there is in force now: it begins again from the truth.
    if ((untouched || tidied(text) === inForce.text) && (seenId !== inForce.id || text !== start))
      clear({ text: start, seenId: inForce.id, from: start })
  }, [untouched, text, seenId, start, inForce.id, inForce.text, clear])
  const settled = useSettled(text, 400)
  const faults = faultsOfText(text, { kind, typeCode: type.code })
  const told = settled === text || refusal ? faults : []
  const change = (next: string) => {
    draft.setValue((before) => ({ ...before, text: next }))
    setRefusal(null)
  }

  /** Does acts on this text, until one is refused, which is told beside it; what is kept is told once. */
  const run = async (...acts: readonly Act[]): Promise<void> => {
    if (busy) return
    setBusy(true)
    const notices: string[] = []
    let refused: Failure | null = null
    for (const { resource = 'MessageTemplate', action, input, kept } of acts) {
      const done = await act(resource, action, undefined, { ...input, seenVersionId: inForce.id })
      if (!done.ok) {
        refused = done
        break
      }
      notices.push(done.notice)
      kept()
    }
    setBusy(false)
    setRefusal(refused)
    if (notices.length > 0) notify({ tone: 'ok', title: notices.join(' ') })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const kept = () => clear({ text: tidied(text), seenId, from: tidied(text) })
    if (may.propose)
      return run({
        resource: 'MessageTemplateProposal',
        action: 'propose',
        input: { typeCode: type.code, kind, text },
        kept,
      })
    const hoursChanged = hours !== heldHours
    const textChanged = tidied(text) !== inForce.text
    // The text first: of the two only it is ever refused, and nothing is kept then, as the refusal says.
    return run(
      ...(textChanged || !hoursChanged ? [{ action: 'write', input: { ...address, text }, kept }] : []),
      ...(hoursChanged
        ? [{ action: 'setReminder', input: { ...address, hours }, kept: () => chooseHours(null) }]
        : []),
    )
  }
  const restore = async (versionId: number, words: string) => {
    if (busy) return
    const done = await restoring.run({ versionId, seenVersionId: inForce.id })
    if (!done.ok) return setRefusal(done)
    setRefusal(null)
    clear({ text: words, seenId, from: words })
    const seenVersionId = done.result.versionId
    notify({
      tone: 'ok',
      title: done.notice,
      undo: {
        word: 'Remettre le texte d’avant',
        label: `Remettre le texte d’avant\u00a0: ${done.notice}`,
        // A service that had none of its own had the common one, and what that becomes.
        run: () =>
          service && !inForce.own
            ? act('MessageTemplate', 'followDefault', undefined, { ...address, seenVersionId })
            : act('MessageTemplate', 'restore', undefined, { versionId: inForce.id, seenVersionId }),
      },
    })
  }
  const goBack = () => {
    if (may.propose) return change(common.text)
    void run({
      action: 'followDefault',
      input: address,
      kept: () => clear({ text: common.text, seenId, from: common.text }),
    })
  }

  return (
    <div className={styles.editor}>
      <Types editor={editor} />
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Card
          title={type.label}
          aside={<StatusTag editor={editor} />}
          footer={
            <div className="cluster">
              <Button type="submit" look="main" busy={busy} data-key="main">
                {may.propose ? 'Proposer ce texte' : 'Enregistrer'}
              </Button>
              {inForce.own && (
                <Button look="quiet" busy={busy} onClick={goBack}>
                  {may.propose ? 'Reprendre le texte commun' : 'Revenir au texte commun'}
                </Button>
              )}
              <span className="push">
                <DraftKept
                  draft={draft}
                  onStartAgain={() => clear({ text: start, seenId: inForce.id, from: start })}
                />
              </span>
            </div>
          }
        >
          <Messages editor={editor} />
          {refusal && <RefusalNote refusal={refusal} focus />}
          {changedMeanwhile && !refusal && (
            <Alert
              tone="warn"
              announce="status"
              title={`Le texte en vigueur a changé${inForce.by ? `, par ${inForce.by}` : ''}, le ${formatDay(inForce.on)}`}
            >
              <p>Ce que vous avez écrit est gardé. Voici ce qu’il y change maintenant.</p>
              <Differences from={inForce.text} to={tidied(text)} />
            </Alert>
          )}
          <ProposalNote editor={editor} onReload={onReload} />
          <TextField
            label={`Texte du SMS ${ofKind[kind]}`}
            text={text}
            data={data}
            faults={told}
            stopCharacters={editor.stopCharacters}
            error={refusal?.fieldErrors.text}
            onChange={change}
          />
          {kind === 'reminder' && (
            <Reminder
              editor={editor}
              hours={hours}
              error={refusal?.fieldErrors.hours}
              onChoose={chooseHours}
            />
          )}
          {service && (
            <details>
              <summary>Comparer avec le texte commun</summary>
              <Differences from={common.text} to={tidied(text)} />
            </details>
          )}
          <Versions
            editor={editor}
            onTake={change}
            onRestore={(versionId, words) => void restore(versionId, words)}
          />
        </Card>
      </form>
      <TextPreview address={address} text={text} average={parts} />
    </div>
  )
}

function StatusTag({ editor: { service, texts, kind } }: { editor: Editor }) {
  const text = texts.find((one) => one.kind === kind)
  if (!text?.on) return null
  if (text.own) return <Tag tone="info" icon="pen">{`Personnalisé le ${formatDay(text.on)}`}</Tag>
  if (service)
    return (
      <Tag tone="off" icon="check">
        Texte commun
      </Tag>
    )
  return (
    <Tag tone="off" icon="check">
      {text.changed ? `Modifié le ${formatDay(text.on)}` : 'Texte d’origine'}
    </Tag>
  )
}

/** What the service has proposed for this text: it waits, or it was answered. */
function ProposalNote({
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
        title={`Une proposition attend une réponse, du ${formatDay(on)}${by ? `, de ${by}` : ''}`}
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

/** When the reminder leaves: chosen by the team, with what is known of it. */
function Reminder({
  editor: { reminder, may, service },
  hours,
  error,
  onChoose,
}: {
  editor: Editor
  hours: ReminderChoice
  error: string | undefined
  onChoose: (hours: ReminderChoice) => void
}) {
  const common = reminderChoiceWords[reminderChoiceOf(reminder.common)].toLowerCase()
  const wordsOf = (choice: ReminderChoice) =>
    choice === 'common' ? `${reminderChoiceWords.common} (${common})` : reminderChoiceWords[choice]
  const evidence = 'La veille réduit les absences\u00a0; deux jours avant, seul, n’a pas d’effet mesuré.'
  if (!may.write)
    return (
      <p>
        <b>Le rappel part {hours === 'common' ? common : reminderChoiceWords[hours].toLowerCase()}.</b>
        <span className="subline">{evidence}</span>
      </p>
    )
  return (
    <div className={classes('stack tight', styles.reminder)}>
      <Field
        name="hours"
        label="Le rappel part"
        hint={`${evidence} Les rappels déjà prévus ne changent pas.`}
        error={error}
      >
        {(field) => (
          <select
            {...field}
            value={hours}
            onChange={(event) => onChoose(reminderChoices.find((one) => one === event.target.value) ?? hours)}
          >
            {reminderChoices
              .filter((choice) => choice !== 'common' || service !== null)
              .map((choice) => (
                <option key={choice} value={choice}>
                  {wordsOf(choice)}
                </option>
              ))}
          </select>
        )}
      </Field>
    </div>
  )
}

/** What was in force before, each beside what is now. */
function Versions({
  editor: { versions, inForce, may },
  onTake,
  onRestore,
}: {
  editor: Editor
  onTake: (text: string) => void
  onRestore: (id: number, text: string) => void
}) {
  if (versions.length === 0) return null
  return (
    <details>
      <summary>Versions ({versions.length})</summary>
      <p className="hint">Chaque SMS envoyé garde la version qui l’a produit.</p>
      <ul className={styles.versions}>
        {versions.map((version) => (
          <li key={version.id} className="stack tight">
            <p>
              <b>{`${formatDay(version.on)} à ${formatHour(version.at)}`}</b>,{' '}
              {version.by ?? 'texte d’origine'}
              {version.id === inForce.id && ' (en vigueur)'}
            </p>
            {version.id === inForce.id ? (
              <p className="hint">{version.text}</p>
            ) : (
              <>
                <p className="hint">Par rapport au texte en vigueur&nbsp;:</p>
                <Differences from={inForce.text} to={version.text} />
                <div className="cluster">
                  {may.write && (
                    <Button onClick={() => onRestore(version.id, version.text)}>
                      Reprendre cette version
                    </Button>
                  )}
                  <Button look="quiet" onClick={() => onTake(version.text)}>
                    Partir de ce texte
                  </Button>
                </div>
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
