import { useOpenedByName, type ResourceInStore } from '../client/action'
import type { Column } from '../define/list'
import { ActionButtons } from '../forms/action-buttons'
import { EmptyPage, StaleNote } from '../frame/failures'
import { paths } from '../paths'
import { Card } from '../ui/card'
import { DescriptionList } from '../ui/description-list'
import { Page } from '../ui/page'
import { CellContent } from './list'

/** A record that has no screen of its own: its columns with their names, and what may be done with it. */
export function PlainRecord({
  resource,
  columns,
  recordId,
}: {
  resource: ResourceInStore
  columns: readonly Column[]
  recordId: string
}) {
  const { data, failure, reload } = useOpenedByName<null>(resource.id, 'show', recordId, '', { live: true })
  const crumbs = [{ label: resource.name, href: paths.resource(resource.id) }]
  const record = data?.record
  if (!record)
    return (
      <EmptyPage
        title={resource.name}
        crumbs={crumbs}
        what="cette fiche"
        failure={failure}
        onRetry={reload}
      />
    )
  return (
    <Page
      title={record.title}
      windowTitle={`${resource.nouns[0].charAt(0).toUpperCase()}${resource.nouns[0].slice(1)} ${recordId}`}
      crumbs={crumbs}
      actions={<ActionButtons resource={resource} recordId={recordId} names={record.actions} />}
    >
      <StaleNote failure={failure} onRetry={reload} />
      <Card label={record.title}>
        <DescriptionList
          pairs={columns.map(({ key, label }) => {
            const cell = record.cells[key]
            // The heading says it.
            if (!cell || cell === record.title) return [label, null] as const
            return [label, <CellContent key={key} cell={cell} />] as const
          })}
        />
      </Card>
    </Page>
  )
}
