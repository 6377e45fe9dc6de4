import { paths } from '../paths'
import type { CellValue, Column } from '../define/list'
import { CellContent } from './list'
import { Card } from '../ui/card'
import { DescriptionList } from '../ui/description-list'
import { Page } from '../ui/page'

/** A record that nobody writes here: its columns, with their names. */
export function RecordShow({
  resource,
  record,
  action,
}: {
  resource: { id: string }
  record: { title: string; params: Record<string, CellValue> }
  action: { custom: { title: string; columns: readonly Column[] } }
}) {
  const { title, columns } = action.custom
  return (
    <Page
      title={record.title}
      windowTitle={title}
      crumbs={[{ label: title, href: paths.resource(resource.id) }]}
    >
      <Card label={record.title}>
        <DescriptionList
          pairs={columns.map(({ key, label }) => {
            const cell = record.params[key]
            return [label, cell ? <CellContent key={key} cell={cell} /> : null] as const
          })}
        />
      </Card>
    </Page>
  )
}
