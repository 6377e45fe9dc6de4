import { useMemo, type ReactNode } from 'react'
import { parsePage } from '../../../resources/content-page/parse'
import type { Failure } from '../../client/client'
import { useSettled } from '../../client/query'
import { RefusalNote } from '../../forms/form-parts'
import { Card } from '../../ui/card'
import { BodyField } from './body-field'
import styles from './content-page.module.css'
import { FactsCard, HeadFields, SourcesCard } from './fields'
import { PagePreview } from './preview'
import type { Typed } from './state'

/** A page in hand: what is typed, what is wrong with it, and what it gives. */
export function Writing({
  typed,
  pathsOnline,
  refusal,
  head,
  footer,
  notes,
  onChange,
  onSubmit,
}: {
  typed: Typed
  /** The addresses that a text may lead to; unknown, none is told. */
  pathsOnline: readonly string[] | null
  refusal: Failure | null
  /** Before the other fields: the address of a new page. */
  head?: ReactNode
  footer: ReactNode
  notes?: ReactNode
  onChange: (change: Partial<Typed>) => void
  onSubmit: () => void
}) {
  const { body, facts } = useSettled({ body: typed.body, facts: typed.facts }, 300)
  const { tree, faults, links } = useMemo(() => parsePage(body, facts), [body, facts])
  const errors = refusal?.fieldErrors ?? {}
  const dead = pathsOnline ? links.filter(({ to }) => !pathsOnline.includes(to.split(/[?#]/)[0] ?? '')) : []
  const fields = { typed, errors, onChange }
  return (
    <div className={styles.editor}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        {refusal && <RefusalNote refusal={refusal} focus />}
        {notes}
        <Card title="Ce que dit la page" footer={footer}>
          {head}
          <HeadFields {...fields} />
          <BodyField
            text={typed.body}
            // An empty text is not wrong before anything is typed.
            faults={body === '' && !refusal ? [] : faults}
            dead={dead}
            error={errors.body}
            onChange={(next) => onChange({ body: next })}
          />
        </Card>
        <FactsCard {...fields} />
        <SourcesCard {...fields} />
      </form>
      <PagePreview typed={typed} tree={tree} />
    </div>
  )
}
