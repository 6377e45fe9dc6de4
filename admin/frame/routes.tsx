/** What an address of the back office draws: the list, the record or the action it names, generated or by a screen of ours. */
import { lazy } from 'react'
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router-dom'
import { useChangeAgent } from '../client/agent'
import { undoOf, useOpenedByName, useResource, type ResourceInStore } from '../client/action'
import type { FormStart } from '../forms/action-form'
import { count } from '../../resources/shared/french'
import { paths } from '../paths'
import { RecordList } from '../screens/list'
import { PlainRecord } from '../screens/show'
import { Page } from '../ui/page'
import { EmptyPage, NotFoundPage } from './failures'
import type { TypedState } from '../client/asked'
import type { NoticeState } from './notice'
import { screens } from './registry'

// The generated form: lists and the screens of ours open without it.
const ActionForm = lazy(async () => ({ default: (await import('../forms/action-form')).ActionForm }))

/** /admin/resources/:resourceId/actions/:name, …/records/:recordId/:name, …/bulk/:name?recordIds= */
export function ActionPage({ kind }: { kind: 'resource' | 'record' | 'bulk' }) {
  const { resourceId = '', actionName = '', recordId } = useParams()
  const resource = useResource(resourceId)
  const action = resource?.actions.find(({ name, actionType }) => name === actionName && actionType === kind)
  if (!resource || !action?.custom.opens) return <NotFoundPage />
  const Screen = action.custom.screen ? screens[action.custom.screen] : null
  const key = `${resourceId}/${actionName}/${recordId ?? ''}`
  if (Screen) return <Screen key={key} />
  return <FormPage key={key} kind={kind} resource={resource} action={action} recordId={recordId} />
}

function FormPage({
  kind,
  resource,
  action: { name, custom: words },
  recordId,
}: {
  kind: 'resource' | 'record' | 'bulk'
  resource: ResourceInStore
  action: ResourceInStore['actions'][number]
  recordId: string | undefined
}) {
  const [search] = useSearchParams()
  const ids = search.get('recordIds')?.split(',') ?? []
  const target = kind === 'bulk' ? ids : recordId
  const { data, failure, reload } = useOpenedByName<FormStart | null>(resource.id, name, target)
  const navigate = useNavigate()
  const changeAgent = useChangeAgent()
  const { from, typed } = (useLocation().state as ({ from?: string } & TypedState) | null) ?? {}
  // An agent's own account is theirs to open, whoever may list the agents.
  const listed = resource.resourceActions.some((action) => action.name === 'list')
  const list = listed ? paths.resource(resource.id) : paths.home
  const back = from ?? (kind === 'record' && recordId ? paths.record(resource.id, recordId) : list)
  const crumbs = [
    ...(listed ? [{ label: resource.name, href: list }] : []),
    ...(data?.record?.title && recordId
      ? [{ label: data.record.title, href: paths.record(resource.id, recordId) }]
      : []),
  ]
  const noticeOf = (done: { notice: string; undo: string | null }): NoticeState => {
    const undo = undoOf(resource, done)
    return {
      notice: {
        title: done.notice,
        ...(undo && target && { undo: { ...undo, resource: resource.id, target } }),
      },
    }
  }
  if (!data)
    return (
      <EmptyPage
        title={words.title}
        crumbs={listed ? crumbs.slice(0, 1) : []}
        what="cette page"
        failure={failure}
        onRetry={reload}
      />
    )
  return (
    <Page
      title={words.title}
      windowTitle={recordId ? `${words.title} – ${resource.nouns[0]} ${recordId}` : words.title}
      crumbs={crumbs}
      lede={[kind === 'bulk' ? `${count(ids.length, ...resource.nouns)}.` : null, words.lede]
        .filter(Boolean)
        .join(' ')}
    >
      <ActionForm
        resource={resource.id}
        action={name}
        target={target}
        words={words}
        start={data.data ?? {}}
        about={data.about}
        leadsTo={data.leadsTo}
        onReload={reload}
        onDone={(done) => {
          if (done.ofReader) changeAgent(done.ofReader)
          navigate(done.next ?? back, { state: { ...noticeOf(done), typed } })
        }}
        onLeave={() => navigate(back, { state: { typed } })}
      />
    </Page>
  )
}

/** The record of a resource: its own screen, or its columns. */
export function RecordPage() {
  const { resourceId = '', recordId = '' } = useParams()
  const resource = useResource(resourceId)
  const show = resource?.actions.find(({ name }) => name === 'show')
  if (!resource || !show) return <NotFoundPage />
  const Screen = show.custom.screen ? screens[show.custom.screen] : null
  if (Screen) return <Screen key={`${resourceId}/${recordId}`} />
  return (
    <PlainRecord
      key={`${resourceId}/${recordId}`}
      resource={resource}
      columns={show.custom.columns}
      recordId={recordId}
    />
  )
}

/** The list of a resource. */
export function ListPage() {
  const resource = useResource(useParams().resourceId ?? '')
  const shape = resource?.resourceActions.find(({ name }) => name === 'list')?.custom
  if (!resource || !shape) return <NotFoundPage />
  // Another resource is another list: nothing of this one stays.
  return <RecordList key={resource.id} resource={resource} shape={shape} />
}
