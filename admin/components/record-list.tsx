import { useEffect, useState, type FormEvent } from 'react'
import { Link, useLocation, useNavigate } from 'react-router-dom'
import { civilOf, isCivilDate } from '../../resources/shared/civil-time'
import { count, formatShortDate, parseTypedDate } from '../../resources/shared/french'
import type { Cell, Filter, ListAnswer, ListShape, Option } from '../list'
import { readList, useAgent, type Failure } from './api'
import {
  Button,
  ButtonLink,
  Card,
  Empty,
  FailureNote,
  Field,
  focusFirstError,
  Icon,
  Loading,
  Page,
  TableRegion,
  Tag,
} from './ui'

/** The list of a resource: filters above, kept in the address, one line a record. */
export function RecordList({
  resource,
  action,
}: {
  resource: { id: string }
  action: { custom: ListShape }
}) {
  const shape = action.custom
  const { search } = useLocation()
  const { answer, failure, reload } = useList(resource.id, search)
  const params = new URLSearchParams(search)

  return (
    <Page
      title={shape.title}
      lede={answer?.meta.lede ?? (answer ? totalWords(answer, shape) : ' ')}
      actions={
        answer?.meta.act && (
          <ButtonLink to={answer.meta.act.to} look="main" icon="plus">
            {answer.meta.act.text}
          </ButtonLink>
        )
      }
    >
      {shape.filters.map(
        (filter) => filter.kind === 'tabs' && <Tabs key={filter.name} filter={filter} params={params} />,
      )}
      <Filters key={search} filters={shape.filters} options={answer?.meta.options ?? {}} params={params} />
      <Card label={shape.title} flush>
        {failure && <FailureNote what="La liste n’a pas pu être lue" failure={failure} onRetry={reload} />}
        {!failure && !answer && <Loading what={shape.title} lines={8} />}
        {!failure && answer?.records.length === 0 && (
          <Empty icon="search" title={shape.empty.title}>
            <p className="hint">{shape.empty.hint}</p>
          </Empty>
        )}
        {!failure && answer && answer.records.length > 0 && (
          <>
            <Lines shape={shape} answer={answer} />
            <Pages shape={shape} answer={answer} params={params} />
          </>
        )}
      </Card>
    </Page>
  )
}

function useList(resourceId: string, search: string) {
  const [state, setState] = useState<{ answer: ListAnswer | null; failure: Failure | null }>({
    answer: null,
    failure: null,
  })
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const controller = new AbortController()
    readList(resourceId, search.replace(/^\?/, ''), controller.signal).then(
      (answer) => {
        if (controller.signal.aborted) return
        setState(answer.ok ? { answer: answer.result, failure: null } : { answer: null, failure: answer })
      },
      () => undefined,
    )
    return () => controller.abort()
  }, [resourceId, search, turn])
  return { ...state, reload: () => setTurn((before) => before + 1) }
}

const totalWords = ({ meta }: ListAnswer, { noun }: ListShape) =>
  meta.more ? `Plus de ${count(meta.total, ...noun)}` : count(meta.total, ...noun)

function addressWith(params: URLSearchParams, changes: Record<string, string>): string {
  const next = new URLSearchParams(params)
  next.delete('page')
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value)
    else next.delete(name)
  }
  return `?${next}`
}

function Tabs({ filter, params }: { filter: Extract<Filter, { kind: 'tabs' }>; params: URLSearchParams }) {
  const current = params.get(filter.name) ?? filter.options[0]?.value
  return (
    <nav className="tabs" aria-label={filter.label}>
      {filter.options.map((option) => (
        <Link
          key={option.value}
          to={addressWith(params, { [filter.name]: option.value, date: '' })}
          aria-current={option.value === current ? 'page' : undefined}
        >
          {option.label}
        </Link>
      ))}
    </nav>
  )
}

function Filters({
  filters,
  options,
  params,
}: {
  filters: readonly Filter[]
  options: Readonly<Record<string, readonly Option[]>>
  params: URLSearchParams
}) {
  const navigate = useNavigate()
  const zone = useAgent().organization.timeZone
  const [unfolded, setUnfolded] = useState(false)
  const [unread, setUnread] = useState<string | null>(null)
  const fields = filters.filter((filter) => filter.kind !== 'tabs')
  if (fields.length === 0) return null
  const names = fields.map((filter) => filter.name)
  const inForce = names.filter((name) => params.has(name)).length

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new URLSearchParams(new FormData(event.currentTarget) as unknown as URLSearchParams)
    for (const { name } of fields.filter((filter) => filter.kind === 'date')) {
      const text = typed.get(name)?.trim() ?? ''
      const date = parseTypedDate(text, civilOf(new Date(Date.now()), zone).date)
      if (text && !date) {
        setUnread(name)
        focusFirstError(event.currentTarget)
        return
      }
      typed.set(name, date ?? '')
    }
    navigate(
      addressWith(params, Object.fromEntries(names.map((name) => [name, typed.get(name)?.trim() ?? '']))),
    )
  }

  return (
    <form
      className={unfolded ? 'filters open' : 'filters'}
      role="search"
      aria-label="Filtrer la liste"
      noValidate
      onSubmit={onSubmit}
    >
      <span className="fold-filters">
        <Button icon="search" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {inForce > 0 ? `Filtrer (${inForce})` : 'Filtrer'}
        </Button>
      </span>
      {fields.map((filter) =>
        filter.kind === 'box' ? (
          <label key={filter.name} className="tick">
            <input type="checkbox" name={filter.name} defaultChecked={params.has(filter.name)} />
            {filter.label}
          </label>
        ) : (
          <Field
            key={filter.name}
            label={filter.label}
            error={unread === filter.name ? 'Date non reconnue. Exemple : 12/03/2027.' : undefined}
          >
            {(field) =>
              filter.kind === 'select' ? (
                <SelectFilter
                  key={(options[filter.name] ?? []).length}
                  field={field}
                  filter={filter}
                  options={filter.options ?? options[filter.name] ?? []}
                  value={params.get(filter.name) ?? ''}
                />
              ) : (
                <input
                  {...field}
                  name={filter.name}
                  type="text"
                  maxLength={100}
                  autoComplete="off"
                  defaultValue={shownValue(filter, params)}
                  placeholder={filter.kind === 'date' ? 'JJ/MM/AAAA' : filter.hint}
                />
              )
            }
          </Field>
        ),
      )}
      <Button type="submit">Afficher</Button>
      {inForce > 0 && (
        <ButtonLink
          look="quiet"
          to={addressWith(params, Object.fromEntries(names.map((name) => [name, ''])))}
        >
          Effacer les filtres
        </ButtonLink>
      )}
    </form>
  )
}

function shownValue(filter: Filter, params: URLSearchParams): string {
  const value = params.get(filter.name) ?? ''
  return filter.kind === 'date' && isCivilDate(value) ? formatShortDate(value) : value
}

function SelectFilter({
  field,
  filter,
  options,
  value,
}: {
  field: object
  filter: Extract<Filter, { kind: 'select' }>
  options: readonly Option[]
  value: string
}) {
  return (
    <select {...field} name={filter.name} defaultValue={value}>
      <option value="">{filter.all}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}

function Lines({ shape, answer }: { shape: ListShape; answer: ListAnswer }) {
  return (
    <TableRegion label={`Tableau\u00a0: ${shape.title}`}>
      {/* Explicit roles: on a phone the rows are drawn as blocks, which takes the implied ones away. */}
      {/* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role */}
      <table className="cards" role="table">
        <thead role="rowgroup">
          <tr role="row">
            {shape.columns.map((column) => (
              <th key={column.key} role="columnheader" scope="col" className={column.end ? 'num' : undefined}>
                {column.label || <span className="sr">Actions</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {answer.records.map((record) => (
            <tr key={record.id} role="row">
              {shape.columns.map((column) => (
                <td key={column.key} role="cell" className={column.end ? 'num' : undefined}>
                  <CellContent cell={record.params[column.key] ?? null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {/* eslint-enable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role */}
    </TableRegion>
  )
}

/** A cell as it is read: words, a link, a state, an act. */
export function CellContent({ cell }: { cell: Cell }) {
  if (cell === null || typeof cell === 'string') return cell
  if ('tone' in cell) {
    return (
      <Tag tone={cell.tone} {...(cell.icon && { icon: cell.icon })}>
        {cell.text}
      </Tag>
    )
  }
  if (cell.kind === 'act') {
    return (
      <Link className="btn" to={cell.to} aria-label={cell.label}>
        {cell.text}
      </Link>
    )
  }
  const text = cell.kind === 'hour' ? <span className="hour">{cell.text}</span> : cell.text
  return (
    <>
      {cell.to ? (
        <Link to={cell.to} className={cell.kind === 'light' ? 'light' : undefined}>
          {text}
        </Link>
      ) : (
        text
      )}
      {cell.sub && <span className={cell.kind === 'hour' ? 'sub nb' : 'sub'}>{cell.sub}</span>}
    </>
  )
}

function Pages({ shape, answer, params }: { shape: ListShape; answer: ListAnswer; params: URLSearchParams }) {
  const { page, perPage, total, more } = answer.meta
  const from = (page - 1) * perPage + 1
  const to = from + answer.records.length - 1
  const hasNext = more ? answer.records.length === perPage : to < total
  const pageLink = (target: number) => `${addressWith(params, {})}&page=${target}`
  return (
    <footer className="row">
      <span className="hint">
        {from} à {to} sur {more ? `plus de ${total.toLocaleString('fr-FR')}` : total.toLocaleString('fr-FR')}
      </span>
      {(page > 1 || hasNext) && (
        <nav className="push set" aria-label={`Pages\u00a0: ${shape.title}`}>
          {page > 1 && (
            <Link className="btn" to={pageLink(page - 1)} aria-label="Page précédente">
              <Icon name="previous" />
            </Link>
          )}
          <span className="btn" aria-current="page">
            {page}
          </span>
          {hasNext && (
            <Link className="btn" to={pageLink(page + 1)} aria-label="Page suivante">
              <Icon name="next" />
            </Link>
          )}
        </nav>
      )}
    </footer>
  )
}
