import { useEffect, useState, type FormEvent } from 'react'
import { ofKind } from '../../../resources/message/fr'
import { lengthSentence, scopeWords } from '../../../resources/message/template/fr'
import { faultsOfText, reminderChoiceOf } from '../../../resources/message/template/rules'
import { tidied, type ReminderChoice } from '../../../resources/message/template/schema'
import { formatDay } from '../../../resources/shared/french'
import { useAction, type DoneWith } from '../../client/action'
import type { Failure } from '../../client/client'
import { useDraft } from '../../client/draft'
import { useQuery, useSettled } from '../../client/query'
import { DraftKept, RefusalNote } from '../../forms/form-parts'
import { useNotify, type Undo } from '../../frame/notice'
import { Alert } from '../../ui/alert'
import { Button } from '../../ui/button'
import { Card } from '../../ui/card'
import { fieldAnchor } from '../../ui/field'
import { Tag } from '../../ui/tag'
import { Differences } from './differences'
import type { Editor } from './editor'
import { Lacking, LackingInShort } from './lacking'
import { ProposalNote } from './proposal-note'
import { ReminderHours } from './reminder-hours'
import { Messages, Types } from './text-choice'
import { TextField } from './text-field'
import { TextPreview } from './text-preview'
import styles from './texts.module.css'
import { Versions } from './versions'

interface Kept {
  ok: true
  notice: string
  /** Of the text that was written. */
  versionId?: number
}

interface Act {
  does: () => Promise<Kept | Failure>
  /** What the page does of it once it is kept. */
  kept: () => void
}

const versioned = async (
  doing: Promise<DoneWith<{ versionId: number }> | Failure>,
): Promise<Kept | Failure> => {
  const done = await doing
  return done.ok ? { ok: true, notice: done.notice, versionId: done.result.versionId } : done
}

/** The text in hand, beside its types and what it gives. What is typed is kept, and stays whatever others do. */
export function Writing({ editor, onReload }: { editor: Editor; onReload: () => void }) {
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
  const [busy, setBusy] = useState(false)
  const write = useAction('MessageTemplate', 'write')
  const setReminder = useAction('MessageTemplate', 'setReminder')
  const restore = useAction('MessageTemplate', 'restore')
  const followDefault = useAction('MessageTemplate', 'followDefault')
  const propose = useAction('MessageTemplateProposal', 'propose')
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
  const { data: previewed } = useQuery('previewText', { ...address, text }, { delay: 300 })
  const faults = faultsOfText(text, { kind, typeCode: type.code })
  const told = settled === text || refusal ? faults : []
  const change = (next: string) => {
    draft.setValue((before) => ({ ...before, text: next }))
    setRefusal(null)
  }

  const seenVersionId = inForce.id
  /**
   * Does acts on this text, until one is refused, which is told beside it; what is kept is told once, beside what
   * takes the text back.
   */
  const run = async (...acts: readonly Act[]): Promise<void> => {
    if (busy) return
    setBusy(true)
    const notices: string[] = []
    let versionId: number | undefined
    let refused: Failure | null = null
    for (const { does, kept } of acts) {
      const done = await does()
      if (!done.ok) {
        refused = done
        break
      }
      notices.push(done.notice)
      versionId ??= done.versionId
      kept()
    }
    setBusy(false)
    setRefusal(refused)
    const title = notices.join(' ')
    if (title) notify({ tone: 'ok', title, ...(versionId && { undo: undoOf(title, versionId) }) })
  }
  const undoOf = (title: string, writtenId: number): Undo => ({
    word: 'Remettre le texte d’avant',
    label: `Remettre le texte d’avant\u00a0: ${title}`,
    // A service that had none of its own had the common one, and what that becomes.
    run: () =>
      address.organizationId !== null && !inForce.own
        ? followDefault.run({ ...address, organizationId: address.organizationId, seenVersionId: writtenId })
        : restore.run({ versionId: inForce.id, seenVersionId: writtenId }),
  })
  const begin = (words: string) => clear({ text: words, seenId, from: words })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const kept = () => begin(tidied(text))
    if (may.propose)
      return run({ does: () => propose.run({ typeCode: type.code, kind, text, seenVersionId }), kept })
    const hoursChanged = hours !== heldHours
    const textChanged = tidied(text) !== inForce.text
    // The text first: of the two only it is ever refused, and nothing is kept then, as the refusal says.
    return run(
      ...(textChanged || !hoursChanged
        ? [{ does: () => versioned(write.run({ ...address, text, seenVersionId })), kept }]
        : []),
      ...(hoursChanged
        ? [{ does: () => setReminder.run({ ...address, hours }), kept: () => chooseHours(null) }]
        : []),
    )
  }
  const restoreVersion = (versionId: number, words: string) =>
    run({ does: () => versioned(restore.run({ versionId, seenVersionId })), kept: () => begin(words) })
  const goBack = () => {
    if (may.propose) return change(common.text)
    const { organizationId } = address
    if (organizationId !== null)
      void run({
        does: () => followDefault.run({ ...address, organizationId, seenVersionId }),
        kept: () => begin(common.text),
      })
  }

  return (
    <div className={styles.editor}>
      <Types editor={editor} />
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Card
          title={type.label}
          aside={<StatusTag editor={editor} />}
          footerStays={!untouched || hours !== heldHours}
          footer={
            <div className="cluster">
              <Button type="submit" look="main" busy={busy} data-key="main">
                {may.propose
                  ? 'Proposer ce texte'
                  : `Enregistrer ${scopeWords({ service: service?.name ?? null })}`}
              </Button>
              {inForce.own && (
                <Button look="quiet" busy={busy} onClick={goBack}>
                  {may.propose ? 'Reprendre le texte commun' : 'Revenir au texte commun'}
                </Button>
              )}
              <LackingInShort address={address} text={text} />
              <span className="push">
                <DraftKept
                  draft={draft}
                  mayAbandon={!untouched}
                  onStartAgain={() => clear({ text: start, seenId: inForce.id, from: start })}
                />
              </span>
            </div>
          }
        >
          <Messages editor={editor} />
          {refusal && <RefusalNote refusal={refusal} focus />}
          {changedMeanwhile && refusal?.code === 'message_template.changed_meanwhile' && (
            <div className="stack tight">
              <p className={styles.small}>Ce que vous avez écrit, comparé au texte en vigueur&nbsp;:</p>
              <Differences from={inForce.text} to={tidied(text)} />
            </div>
          )}
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
            length={previewed?.longest && told.length === 0 ? lengthSentence(previewed.longest) : null}
            onChange={change}
          />
          <Lacking address={address} text={text} />
          {kind === 'reminder' && (
            <ReminderHours
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
            onTake={(words) => {
              change(words)
              document
                .getElementById(fieldAnchor('text') ?? '')
                ?.querySelector('textarea')
                ?.focus()
            }}
            onRestore={(versionId, words) => void restoreVersion(versionId, words)}
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
