import { useEffect, useState } from 'react'
import { useParams } from 'react-router-dom'
import { stateWords } from '../../../resources/content-page/fr'
import { formatDay, formatShortDate } from '../../../resources/shared/french'
import { act, useRecord, useResource } from '../../client/action'
import type { Failure } from '../../client/client'
import { useDraft } from '../../client/draft'
import { ActionButtons } from '../../forms/action-buttons'
import { DraftKept } from '../../forms/form-parts'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { useNotify } from '../../frame/notice'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { Button } from '../../ui/button'
import { Page } from '../../ui/page'
import { Tag } from '../../ui/tag'
import { saidBy, typedOf, type PageRecord } from './state'
import { Versions } from './versions'
import { Writing } from './writing'

const crumbs = [{ label: 'Pages du site', href: paths.resource('ContentPage') }]

/** A page of the site: what is being written of it, beside what it gives; its versions; its acts. */
export function ContentPageEditor() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useRecord('ContentPage', recordId)
  const resource = useResource('ContentPage')
  if (!opened || !resource)
    return (
      <EmptyPage title="Page du site" crumbs={crumbs} what="cette page" failure={failure} onRetry={reload} />
    )
  const { data, record } = opened
  const { word, tone } = stateWords[data.state]
  return (
    <Page
      title={data.latest.title}
      crumbs={crumbs}
      tag={<Tag tone={tone}>{word}</Tag>}
      lede={ledeOf(data)}
      actions={<ActionButtons resource={resource} recordId={recordId} names={record?.actions ?? []} />}
    >
      <StaleNote failure={failure} onRetry={reload} />
      <InHand key={data.id} page={data} />
    </Page>
  )
}

function ledeOf({ path, checkedOn, checkedBy }: PageRecord): string {
  if (!checkedOn) return path
  return `${path}. Vérifiée le ${formatShortDate(checkedOn)}${checkedBy ? ` par ${checkedBy}` : ''}.`
}

const isOnline = ({ state, publishedVersionId, latest }: PageRecord) =>
  state === 'published' && publishedVersionId === latest.id

/** What is typed is kept, and stays whatever others do. */
function InHand({ page }: { page: PageRecord }) {
  const { id, latest, path, state, previewPath } = page
  const start = () => ({ typed: typedOf(latest), seenId: latest.id, from: saidBy(typedOf(latest)) })
  const draft = useDraft(`page:${id}`, start())
  const { typed, seenId, from } = draft.value
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const notify = useNotify()
  const touched = saidBy(typed) !== from
  const { clear } = draft
  useEffect(() => {
    // Nothing of ours is on the page: it begins again from the truth.
    if (!touched && seenId !== latest.id)
      clear({ typed: typedOf(latest), seenId: latest.id, from: saidBy(typedOf(latest)) })
  }, [touched, seenId, latest, clear])

  const asked = async (action: string, input: object) => {
    const done = await act('ContentPage', action, id, input)
    setRefusal(done.ok ? null : done)
    return done.ok ? done : null
  }
  const save = async (): Promise<number | null> => {
    const done = await asked('edit', { ...typed, seenVersionId: seenId })
    if (!done) return null
    const { versionId } = done.result as { versionId: number }
    clear({ typed, seenId: versionId, from: saidBy(typed) })
    notify({ tone: 'ok', title: done.notice })
    return versionId
  }
  const inTurn = async (work: () => Promise<unknown>) => {
    if (busy) return
    setBusy(true)
    await work()
    setBusy(false)
  }
  const publish = () =>
    inTurn(async () => {
      const seenVersionId = touched ? await save() : seenId
      if (seenVersionId === null) return
      const done = await act('ContentPage', 'publish', id, { seenVersionId })
      // What was typed is kept all the same; its faults stand beside it.
      setRefusal(
        done.ok ? null : { ...done, message: `La page n’est pas en ligne. ${done.message}`, fieldErrors: {} },
      )
      if (done.ok) notify({ tone: 'ok', title: done.notice })
    })
  const restore = (versionId: number) =>
    inTurn(async () => {
      const done = await asked('restore', { versionId, seenVersionId: seenId })
      if (!done) return
      // The version that was taken up again is read again, over what was typed before.
      clear({ typed, seenId, from: saidBy(typed) })
      notify({ tone: 'ok', title: done.notice })
    })

  const isAhead = touched || !isOnline(page)
  return (
    <>
      <Writing
        typed={typed}
        pathsOnline={page.pathsOnline}
        refusal={refusal}
        onChange={(change) => {
          draft.setValue((before) => ({ ...before, typed: { ...before.typed, ...change } }))
          setRefusal(null)
        }}
        onSubmit={() => void inTurn(save)}
        notes={
          touched &&
          seenId !== latest.id && (
            <Alert
              tone="warn"
              announce="status"
              title={`La page a changé${latest.by ? `, par ${latest.by}` : ''}, le ${formatDay(latest.on)}`}
            >
              <p>Ce que vous avez écrit est gardé ici. Comparez avec la dernière version, plus bas.</p>
              <div className="cluster">
                <Button onClick={() => clear(start())}>Repartir de la dernière version</Button>
              </div>
            </Alert>
          )
        }
        footer={
          <div className="cluster">
            <Button type="submit" busy={busy} data-key="main">
              Enregistrer le brouillon
            </Button>
            {isAhead && (
              <Button look="main" icon="send" busy={busy} onClick={() => void publish()}>
                Mettre en ligne
              </Button>
            )}
            <a href={previewPath} target="_blank" rel="noopener">
              Aperçu sur le site (nouvelle fenêtre)
            </a>
            {state === 'published' && (
              <a href={path} target="_blank" rel="noopener">
                Page en ligne (nouvelle fenêtre)
              </a>
            )}
            <span className="push">
              <DraftKept draft={draft} onStartAgain={() => clear(start())} />
            </span>
          </div>
        }
      />
      <Versions page={page} typed={typed} busy={busy} onRestore={(versionId) => void restore(versionId)} />
    </>
  )
}
