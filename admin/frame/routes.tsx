/** What an address of the back office draws: the screen that its page or its action names. */
import { useSelector } from 'react-redux'
import { useParams } from 'react-router-dom'
import { call, type Answer } from '../client/client'
import { useReading } from '../client/query'
import { pages } from '../pages'
import { EmptyPage, NotFoundPage } from './failures'
import { components, type ComponentName } from './registry'

interface Action {
  name: string
  component?: string
}
interface Resource {
  id: string
  name: string
  actions: Action[]
  resourceActions: Action[]
}
interface RecordAnswer {
  record: { id: string | number; recordActions: Action[]; baseError?: unknown }
}

const useResource = (id: string | undefined) =>
  useSelector((state: { resources: Resource[] }) => state.resources.find((resource) => resource.id === id))

function Drawn({ name, ...given }: { name: string | undefined } & Record<string, unknown>) {
  if (!name || !(name in components)) return <NotFoundPage />
  const Screen = components[name as ComponentName]
  return <Screen {...given} />
}

export function ResourceRoute() {
  const { resourceId, actionName = 'list' } = useParams()
  const resource = useResource(resourceId)
  const action = resource?.resourceActions.find(({ name }) => name === actionName)
  return <Drawn name={action?.component} resource={resource} action={action} />
}

export function RecordRoute() {
  const { resourceId = '', recordId = '', actionName = '' } = useParams()
  const resource = useResource(resourceId)
  const action = resource?.actions.find(({ name }) => name === actionName)
  const path = `resources/${resourceId}/records/${encodeURIComponent(recordId)}/${actionName}`
  const { data, failure, reload } = useReading(
    action?.component ? ['record', path] : null,
    async (signal): Promise<Answer<RecordAnswer>> => {
      const answer = await call(path, { signal })
      return answer.ok ? { ok: true, result: answer.body as RecordAnswer } : answer
    },
  )
  if (!action?.component) return <NotFoundPage />
  if (!data || String(data.record.id) !== recordId)
    return <EmptyPage title={resource?.name ?? 'Fiche'} what="la fiche" failure={failure} onRetry={reload} />
  return <Drawn name={action.component} resource={resource} action={action} record={data.record} />
}

export function PageRoute() {
  const { pageName = '' } = useParams()
  return <Drawn name={pageName in pages ? pages[pageName as keyof typeof pages].component : undefined} />
}
