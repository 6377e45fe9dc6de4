import { Link } from 'react-router-dom'
import { useTranslation } from 'react-i18next'
import { paths } from '../paths'
import { Card, Page, Pairs } from './ui'

interface Property {
  path: string
  type: string
  reference: string | null
  availableValues: { value: string; label: string }[] | null
}

interface ShownRecord {
  title: string
  params: Record<string, unknown>
  populated: Record<string, { id: string; title: string } | undefined>
}

/** A record that AdminJS describes and nobody writes here: its columns, with their names. */
export function RecordShow({
  resource,
  record,
}: {
  resource: { id: string; showProperties: Property[] }
  record: ShownRecord
}) {
  const { t } = useTranslation()
  const name = t(`labels.${resource.id}`)
  const pairs = resource.showProperties.map(
    (property) =>
      [t(`resources.${resource.id}.properties.${property.path}`), valueOf(property, record)] as const,
  )
  return (
    <Page title={record.title} windowTitle={name} crumbs={[{ label: name, href: paths.resource(resource.id) }]}>
      <Card label={name}>
        <Pairs pairs={pairs} />
      </Card>
    </Page>
  )
}

function valueOf(property: Property, record: ShownRecord) {
  const value = record.params[property.path]
  const referenced = record.populated[property.path]
  if (property.reference && referenced) {
    return <Link to={paths.record(property.reference, Number(referenced.id))}>{referenced.title}</Link>
  }
  if (typeof value === 'boolean') return value ? 'Oui' : 'Non'
  if (property.availableValues) return property.availableValues.find((option) => option.value === value)?.label ?? null
  return property.reference || value === null || value === undefined ? null : String(value)
}
