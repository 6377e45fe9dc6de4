import { useEffect, useRef, useState, type FormEvent } from 'react'
import { Link, useLocation, useNavigate } from 'react-router-dom'
import { civilOf, isCivilDate, type CivilDate } from '../../resources/shared/civil-time'
import { count, formatDay, formatShortDate, parseTypedDate } from '../../resources/shared/french'
import { countedUpTo } from '../../resources/shared/counted'
import type { ResourceInStore } from '../client/action'
import { textOfCell, type CellValue } from '../define/cells'
import type { Choices, Filter, ListAnswer, ListShape, Narrowing, Option } from '../define/list'
import { ActButton, ActionButtons } from '../forms/action-buttons'
import { drawnCells } from '../frame/registry'
import { paths } from '../paths'
import { useAgent } from '../client/agent'
import { askedOf, type Asked, type TypedState } from '../client/asked'
import { useList, useQuery } from '../client/query'
import { saveFile } from '../client/client'
import { StaleNote } from '../frame/failures'
import { useNotify } from '../frame/notice'
import { Row, Cell, Table } from '../ui/table'
import { FailureNote } from '../frame/failures'
import { buttonClass, Button, ButtonLink } from '../ui/button'
import { Card } from '../ui/card'
import { Empty } from '../ui/empty'
import { DateField } from '../ui/date-field'
import { Field } from '../ui/field'
import { focusFirstError } from '../ui/focus'
import { Loading } from '../ui/loading'
import { Page } from '../ui/page'
import { Tabs } from '../ui/tabs'
import { Tag } from '../ui/tag'
import { Breakable } from '../ui/breakable'
import { classes } from '../ui/classes'
import styles from './list.module.css'

/** The list of a resource: filters above, kept in the address, one row a record, bulk acts on the rows ticked. */
export function RecordList({ resource, shape }: { resource: ResourceInStore; shape: ListShape }) {
  const location = useLocation()
  const asked = askedOf(location, shape.filters)
  const search = asked.params.toString()
  const { data: answer, failure, reload } = useList(resource.id, search)
  const { choices: lookup } = shape
  const { data } = useQuery(lookup ?? 'appointmentChoices', lookup ? {} : null)
  const choices: Choices = data ?? {}
  const [ticked, setTicked] = useState<readonly string[]>([])
  const windowTitle = [
    shape.title,
    ...shape.filters.flatMap((filter) => {
      const chosen = asked.params.get(filter.name)
      return filter.kind === 'tabs' ? (filter.options.find(({ value }) => value === chosen)?.label ?? []) : []
    }),
    ...(asked.params.has('page') ? [`page ${asked.params.get('page') ?? ''}`] : []),
  ].join(', ')
  const empty = answer?.meta.empty ?? shape.empty
  // Another page or another filter is other rows.
  useEffect(() => setTicked([]), [search])

  return (
    <Page
      title={shape.title}
      windowTitle={windowTitle}
      crumbs={shape.under ? [shape.under] : []}
      // Read aloud whenever it changes: how many lines the filters leave.
      lede={
        <>
          <span role="status">{answer ? (answer.meta.lede ?? totalWords(answer, shape)) : '\u00a0'}</span>
          {answer?.meta.narrowed && (
            <NarrowedNote narrowed={answer.meta.narrowed} filters={shape.filters} asked={asked} />
          )}
        </>
      }
      actions={<ActionButtons resource={resource} names={resource.resourceActions.map(({ name }) => name)} />}
    >
      {answer && <StaleNote failure={failure} onRetry={reload} />}
      {shape.filters.map(
        (filter) =>
          filter.kind === 'tabs' && (
            <ListTabs
              key={filter.name}
              filter={filter}
              options={choices[filter.name] ?? filter.options}
              asked={asked}
            />
          ),
      )}
      <Filters filters={shape.filters} options={choices} asked={asked} />
      <Card label={shape.title} flush>
        {failure && !answer && (
          <FailureNote what="La liste n’a pas pu être lue" failure={failure} onRetry={reload} />
        )}
        {!failure && !answer && <Loading what={shape.title} lines={8} />}
        {answer?.records.length === 0 && (
          <Empty icon="search" title={empty.title}>
            <p className="hint">{empty.hint}</p>
            {empty.link && <ButtonLink to={empty.link.to}>{empty.link.text}</ButtonLink>}
          </Empty>
        )}
        {answer && answer.records.length > 0 && (
          <>
            <Rows resource={resource} shape={shape} answer={answer} ticked={ticked} onTick={setTicked} />
            <Pages shape={shape} answer={answer} asked={asked} />
          </>
        )}
      </Card>
    </Page>
  )
}

const totalWords = ({ meta }: ListAnswer, { noun }: ListShape) =>
  `${meta.more ? 'Plus de ' : ''}${count(meta.total, ...noun)}.`

/** What the default filter of the role leaves out, and the click that lifts it. */
function NarrowedNote({
  narrowed: { sentence, liftedBy },
  filters,
  asked,
}: {
  narrowed: Narrowing
  filters: readonly Filter[]
  asked: Asked
}) {
  const label = filters.find(({ name }) => name === liftedBy)?.label ?? ''
  return (
    <>
      {` ${sentence} `}
      <Link className={styles.lifting} {...asked.with({ [liftedBy]: 'on' })}>
        Voir {label.toLocaleLowerCase('fr')}
      </Link>
    </>
  )
}

function ListTabs({
  filter,
  options,
  asked,
}: {
  filter: Extract<Filter, { kind: 'tabs' }>
  options: readonly Option[]
  asked: Asked
}) {
  const { counts } = filter
  const { params } = asked
  const others = Object.fromEntries([...params].filter(([name]) => !notKept.includes(name)))
  const { data } = useQuery(counts ?? 'appointmentCounts', counts ? others : null, { live: true })
  const totals: Readonly<Record<string, number>> = data ?? {}
  return (
    <Tabs
      label={filter.label}
      current={params.get(filter.name) ?? options[0]?.value}
      tabs={options.map((option) => ({
        ...option,
        ...asked.with({ [filter.name]: option.value, date: '' }),
        ...(totals[option.value] && { count: shownTotal(totals[option.value] ?? 0) }),
      }))}
    />
  )
}

/** What a tab does not keep of the address. */
const notKept = ['view', 'date', 'page']

const shownTotal = (total: number) =>
  total > countedUpTo ? `plus de ${countedUpTo.toLocaleString('fr-FR')}` : String(total)

function Filters({
  filters,
  options,
  asked,
}: {
  filters: readonly Filter[]
  options: Choices
  asked: Asked
}) {
  const { params } = asked
  const navigate = useNavigate()
  const ask = (changes: Record<string, string>) => {
    const { to, state } = asked.with(changes)
    navigate(to, { state })
  }
  const today = civilOf(new Date(), useAgent().organization.timeZone).date
  const [unfolded, setUnfolded] = useState(false)
  const rare = filters.filter((filter) => filter.rare)
  const [moreShown, setMoreShown] = useState(() => rare.some(({ name }) => params.has(name)))
  const [unread, setUnread] = useState<string | null>(null)
  const [typedDay, setTypedDay] = useState<{ name: string; read: CivilDate | null } | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const fields = filters.filter((filter) => filter.kind !== 'tabs')
  const address = params.toString()
  // The fields say what the address says, without being drawn anew: the focus stays where it was.
  useEffect(() => {
    const now = new URLSearchParams(address)
    setTypedDay(null)
    setUnread(filters.find((filter) => isUnreadDate(filter, now))?.name ?? null)
    for (const filter of filters) {
      const field = form.current?.elements.namedItem(filter.name)
      if (field instanceof HTMLInputElement && filter.kind === 'checkbox')
        field.checked = now.has(filter.name)
      else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement)
        field.value = shownValue(filter, now)
    }
  }, [address, filters])
  if (fields.length === 0) return null
  const names = fields.map((filter) => filter.name)
  const inForce = names.filter((name) => params.has(name)).length
  const rareInForce = rare.filter(({ name }) => params.has(name)).length

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setUnread(null)
    const typed = new URLSearchParams(new FormData(event.currentTarget) as unknown as URLSearchParams)
    for (const { name } of fields.filter((filter) => filter.kind === 'date')) {
      const text = typed.get(name)?.trim() ?? ''
      const date = parseTypedDate(text, today)
      if (text && !date) {
        setUnread(name)
        focusFirstError(event.currentTarget)
        return
      }
      typed.set(name, date ?? '')
    }
    ask(Object.fromEntries(names.map((name) => [name, typed.get(name)?.trim() ?? ''])))
  }

  const draw = (filter: (typeof fields)[number]) =>
    filter.kind === 'checkbox' ? (
      <label key={filter.name} className={styles.ticked}>
        <input type="checkbox" name={filter.name} defaultChecked={params.has(filter.name)} />
        {filter.label}
      </label>
    ) : (
      <Field
        key={filter.name}
        label={filter.label}
        // A day without its year is the next one: of another year, it is said before it is asked.
        fine={
          typedDay?.name === filter.name &&
          typedDay.read?.startsWith(today.slice(0, 4)) === false &&
          formatDay(typedDay.read)
        }
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
          ) : filter.kind === 'date' ? (
            <DateField
              field={field}
              name={filter.name}
              date={isCivilDate(params.get(filter.name) ?? '') ? params.get(filter.name) : null}
              today={today}
              maxLength={100}
              defaultValue={shownValue(filter, params)}
              placeholder="JJ/MM/AAAA"
              onChange={(event) =>
                setTypedDay({ name: filter.name, read: parseTypedDate(event.target.value, today) })
              }
              onPick={(day) => {
                const input = form.current?.elements.namedItem(filter.name)
                if (input instanceof HTMLInputElement) input.value = formatShortDate(day)
                setTypedDay(null)
              }}
            />
          ) : (
            <input
              {...field}
              name={filter.name}
              type="text"
              maxLength={100}
              autoComplete="off"
              defaultValue={shownValue(filter, params)}
              placeholder={filter.hint}
            />
          )
        }
      </Field>
    )

  return (
    <form
      ref={form}
      className={classes(styles.filters, unfolded && styles.unfolded)}
      role="search"
      aria-label="Filtrer la liste"
      noValidate
      onSubmit={onSubmit}
    >
      <span className={styles.unfold}>
        <Button icon="search" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {inForce > 0 ? `Filtrer (${inForce})` : 'Filtrer'}
        </Button>
      </span>
      {fields.filter((filter) => !filter.rare).map(draw)}
      {rare.length > 0 && (
        <div className={styles.rare} hidden={!moreShown} id="filtres-rares">
          {rare.filter((filter) => filter.kind !== 'tabs').map(draw)}
        </div>
      )}
      {rare.length > 0 && (
        <Button
          look="quiet"
          aria-expanded={moreShown}
          aria-controls="filtres-rares"
          onClick={() => setMoreShown(!moreShown)}
        >
          {moreShown ? 'Moins de filtres' : 'Plus de filtres'}
          {rareInForce > 0 && ` (${rareInForce})`}
        </Button>
      )}
      <Button type="submit">Afficher</Button>
      {inForce > 0 && (
        <Button
          look="quiet"
          onClick={() => {
            // This button goes with the filters: the focus goes to the first of them.
            form.current?.querySelector<HTMLElement>('input, select')?.focus()
            ask(Object.fromEntries(names.map((name) => [name, ''])))
          }}
        >
          Effacer les filtres
        </Button>
      )}
    </form>
  )
}

/** A day that the list cannot read, from an address typed by hand: it filters nothing, and is said. */
const isUnreadDate = (filter: Filter, params: URLSearchParams) =>
  filter.kind === 'date' && params.has(filter.name) && !isCivilDate(params.get(filter.name) ?? '')

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
  // An agent who has left, a place of another jurisdiction: the list filters by it, so the field says so.
  const isUnknown = value !== '' && options.length > 0 && !options.some((option) => option.value === value)
  return (
    <select {...field} name={filter.name} defaultValue={value}>
      <option value="">{filter.all}</option>
      {isUnknown && <option value={value}>Un choix qui n’est plus proposé</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}

function Rows({
  resource,
  shape,
  answer,
  ticked,
  onTick,
}: {
  resource: ResourceInStore
  shape: ListShape
  answer: ListAnswer
  ticked: readonly string[]
  onTick: (ids: readonly string[]) => void
}) {
  const tickable = answer.records.filter(({ bulk }) => bulk.length > 0)
  const columns = tickable.length > 0 ? [tickColumn, ...shape.columns] : shape.columns
  return (
    <>
      {tickable.length > 0 && (
        <BulkBar resource={resource} records={tickable} ticked={ticked} onTick={onTick} noun={shape.noun} />
      )}
      <Table label={`Tableau\u00a0: ${shape.title}`} columns={columns}>
        {answer.records.map((record) => {
          const id = String(record.id)
          const name = nameOf(shape.columns.map(({ key }) => record.cells[key] ?? null).find(isLink) ?? null)
          return (
            <Row key={id}>
              {tickable.length > 0 && (
                <Cell column={tickColumn}>
                  {record.bulk.length > 0 && (
                    <label className={styles.tick}>
                      <input
                        type="checkbox"
                        aria-label={`Choisir\u00a0: ${name}`}
                        checked={ticked.includes(id)}
                        onChange={(event) =>
                          onTick(
                            event.target.checked ? [...ticked, id] : ticked.filter((other) => other !== id),
                          )
                        }
                      />
                    </label>
                  )}
                </Cell>
              )}
              {shape.columns.map((column) => (
                <Cell key={column.key} column={column}>
                  {record.cells[column.key] && <CellContent cell={record.cells[column.key] ?? null} />}
                </Cell>
              ))}
            </Row>
          )
        })}
      </Table>
    </>
  )
}

const tickColumn = { key: 'tick', label: 'Choisir' }

/** What a row is called: its first link, which may say more to who hears it alone. */
const nameOf = (cell: CellValue) =>
  cell !== null && typeof cell === 'object' && 'label' in cell && cell.label ? cell.label : textOfCell(cell)

const isLink = (cell: CellValue) => cell !== null && typeof cell === 'object' && 'to' in cell

/** All at once, what may be done with every row ticked. */
function BulkBar({
  resource,
  records,
  ticked,
  onTick,
  noun,
}: {
  resource: ResourceInStore
  records: ListAnswer['records']
  ticked: readonly string[]
  onTick: (ids: readonly string[]) => void
  noun: ListShape['noun']
}) {
  const { pathname, search, ...location } = useLocation()
  const { typed } = (location.state as TypedState | null) ?? {}
  const ids = records.map(({ id }) => String(id))
  // A row that left the list while it was read again is not acted on unseen.
  const chosen = records.filter(({ id }) => ticked.includes(String(id)))
  const chosenIds = chosen.map(({ id }) => String(id))
  const acts = resource.actions.filter(
    ({ name, actionType }) =>
      actionType === 'bulk' && chosen.length > 0 && chosen.every(({ bulk }) => bulk.includes(name)),
  )
  return (
    <div className={classes('cluster', styles.bulk)} role="group" aria-label="Agir sur les lignes choisies">
      <label className="cluster">
        <input
          type="checkbox"
          aria-label="Tout choisir"
          checked={chosen.length === ids.length}
          ref={(box) => {
            if (box) box.indeterminate = chosen.length > 0 && chosen.length < ids.length
          }}
          onChange={(event) => onTick(event.target.checked ? ids : [])}
        />
        <span role="status">
          {chosen.length > 0 ? `${count(chosen.length, ...noun)} à traiter` : 'Tout choisir'}
        </span>
      </label>
      {acts.map(({ name, custom }) =>
        custom.immediate ? (
          <ActButton
            key={name}
            resource={resource}
            name={name}
            target={chosenIds}
            onDone={() => onTick([])}
          />
        ) : (
          <ButtonLink
            key={name}
            to={paths.bulkAction(resource.id, chosenIds, name)}
            state={{ from: pathname + search, typed }}
          >
            {custom.button}
          </ButtonLink>
        ),
      )}
    </div>
  )
}

/** A cell as it is read: words, a link, a state, an act, or what its subject draws. */
export function CellContent({ cell }: { cell: CellValue }) {
  if (cell === null || typeof cell === 'string') return cell
  if ('component' in cell) {
    const Drawn = drawnCells[cell.component]
    return <Drawn data={cell.data as never} />
  }
  if ('tone' in cell) {
    return (
      <Tag tone={cell.tone} {...(cell.icon && { icon: cell.icon })}>
        {cell.text}
      </Tag>
    )
  }
  if (cell.kind === 'act') {
    return (
      <ButtonLink to={cell.to} aria-label={cell.label}>
        {cell.text}
      </ButtonLink>
    )
  }
  const text = cell.kind === 'hour' ? <span className="hour">{cell.text}</span> : cell.text
  return (
    <>
      {cell.to ? (
        <Link to={cell.to} aria-label={cell.label} data-light={cell.kind === 'light' ? '' : undefined}>
          {text}
        </Link>
      ) : (
        text
      )}
      {cell.sub && (
        <span className={cell.kind === 'hour' ? 'subline no-wrap' : 'subline'}>
          <Breakable text={cell.sub} />
        </span>
      )}
    </>
  )
}

function Pages({ shape, answer, asked }: { shape: ListShape; answer: ListAnswer; asked: Asked }) {
  const { page, perPage, total, more, files } = answer.meta
  const from = (page - 1) * perPage + 1
  const to = from + answer.records.length - 1
  const hasNext = more ? answer.records.length === perPage : to < total
  const pageLink = (target: number) => asked.with({ page: String(target) })
  return (
    <footer className="cluster">
      <span className="hint">
        {from} à {to} sur {more ? `plus de ${total.toLocaleString('fr-FR')}` : total.toLocaleString('fr-FR')}
      </span>
      {files.map((file) => (
        <SaveList key={file.address} {...file} asked={asked} />
      ))}
      {(page > 1 || hasNext) && (
        <nav className={classes('push', styles.pages)} aria-label={`Pages\u00a0: ${shape.title}`}>
          {page > 1 && <ButtonLink {...pageLink(page - 1)} icon="previous" aria-label="Page précédente" />}
          <span className={buttonClass()} aria-current="page">
            {page}
          </span>
          {hasNext && <ButtonLink {...pageLink(page + 1)} icon="next" aria-label="Page suivante" />}
        </nav>
      )}
    </footer>
  )
}

/** The whole list, all pages together. */
function SaveList({ address, label, asked }: { address: string; label: string; asked: Asked }) {
  const [busy, setBusy] = useState(false)
  const notify = useNotify()
  const save = async () => {
    setBusy(true)
    const answer = await saveFile(address, Object.fromEntries(asked.params))
    setBusy(false)
    if (!answer.ok) notify({ tone: 'bad', title: answer.message })
  }
  return (
    <Button look="quiet" icon="download" busy={busy} onClick={() => void save()}>
      {label}
    </Button>
  )
}
