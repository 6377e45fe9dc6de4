import { cut } from '../../resources/shared/cut'
import type { Prisma, PrismaClient } from '@prisma/client'
import type { ActionContext, ActionRequest, ResourceWithOptions } from 'adminjs'
import { refusalOf, type RefusalAnswer } from '../../resources/refusals'
import type { AgentActor } from '../../resources/shared/actor'
import { countedUpTo } from '../../resources/shared/counted'
import { countSearch } from '../../resources/shared/throttle.server'
import { presently, read, transact } from '../../resources/shared/transact.server'
import { paths } from '../paths'
import type { ScreenName } from '../screens/names'
import type { IconName } from '../ui/icon'
import { cellsOf } from './columns'
import {
  actions as actionsOf,
  type Action,
  type Actions,
  type AgentQuery,
  type Defined,
  type InputFields,
  type ReaderChange,
  type Way,
} from './action'
import type { CellValue } from './cells'
import { actorIn, DomainResource, RecordWithFacts, type Row } from './domain-resource'
import { formFields } from './form'
import {
  listMostRows,
  listRows,
  type Column,
  type Filter,
  type Option,
  type ListAnswer,
  type ListOf,
  type ListShape,
} from './list'
import type { ActionWords, Done, Opened, RecordAnswer } from './wire'

type DelegateOf<M extends Prisma.ModelName> = PrismaClient[Uncapitalize<M>]
type SelectOf<M extends Prisma.ModelName> = NonNullable<Prisma.Args<DelegateOf<M>, 'findFirst'>['select']>
type WhereOf<M extends Prisma.ModelName> = NonNullable<Prisma.Args<DelegateOf<M>, 'findFirst'>['where']>
type FieldOf<M extends Prisma.ModelName> = Exclude<keyof SelectOf<M>, '_count'> & string
type FactsOf<M extends Prisma.ModelName, Facts> = Prisma.Result<
  DelegateOf<M>,
  { select: Facts },
  'findFirstOrThrow'
>

type CodeOf<M extends Prisma.ModelName, Column extends FieldOf<M>> = NonNullable<
  FactsOf<M, Record<Column, true>>[Column & keyof FactsOf<M, Record<Column, true>>]
>
type WordsOfCodes<Code> = Readonly<Record<Code extends string ? Code : never, string>>

export interface ResourceDefinition<
  M extends Prisma.ModelName,
  Columns extends FieldOf<M>,
  Facts extends SelectOf<M>,
  Acts extends Readonly<Record<string, Defined>>,
  ListRow extends { id: number | string },
  Read extends AgentQuery | undefined,
> {
  /** What the agent may see, whatever is asked. */
  visibleTo: (actor: AgentActor) => WhereOf<M>
  /** Who finds this resource at all, where the scope is not the answer. */
  mayOpen?: (actor: AgentActor) => boolean
  /** Who is offered the list, where records are open to more. */
  mayList?: (actor: AgentActor) => boolean
  /** The entry of the menu; without it, reached by links only. */
  navigation?: { section: 'daily' | 'service'; icon: IconName }
  /** The column that names a record. */
  title: Columns
  /** What a record is called on its pages, by whom, where its title is not enough to know it by. */
  nameOf?: (record: FactsOf<M, Facts>, actor: AgentActor) => string
  columns: readonly Columns[]
  /** What a column says on the page of a record, where it is more than its words. */
  cells?: { readonly [Column in Columns]?: (record: FactsOf<M, Facts>) => CellValue }
  /** Read with a record for `may` and `whyNot`, never sent. */
  facts?: Facts
  words: {
    plural: string
    noun: readonly [string, string]
    columns: Readonly<Record<Columns, string>>
    /** The words of a column that holds codes, or of a field that chooses among some. */
    values?: { readonly [Column in Columns]?: WordsOfCodes<CodeOf<M, Column>> } & {
      readonly [Field in Exclude<InputFields<Acts>, Columns>]?: Readonly<Record<string, string>>
    }
    /** Labels and hints of the fields of forms. */
    fields?: { readonly [Field in InputFields<Acts>]?: string }
    hints?: { readonly [Field in InputFields<Acts>]?: string }
  }
  /** A list of its own query; without it, the columns, found by title. */
  list?: ListOf<ListRow>
  /** Of the list without a query of its own: its columns, and a checkbox that shows archived rows too. */
  plainList?: { columns: readonly Columns[]; archived?: WhereOf<M> }
  /** A record of its own query and screen; without it, the columns. */
  record?: { read: Read; idField: string; screen: ScreenName }
  /** What may be done, in the order of the buttons. */
  actions?: (act: Actions<FactsOf<M, Facts>>) => Acts
}

/** What a resource is for the rest of the back office: AdminJS's options, and its actions for types. */
export interface DefinedResource<Acts, Read extends AgentQuery | undefined> {
  adminjs: ResourceWithOptions
  actions: Acts
  /** What the record's screen reads. */
  read: Read
  /** The first records the agent sees whose title holds the text, for a form that refers to one. */
  search: (actor: AgentActor, text: string) => Promise<Option[]>
}

/** Turns what a subject declares into an AdminJS resource. */
export function defineResource<
  M extends Prisma.ModelName,
  Columns extends FieldOf<M>,
  const Facts extends SelectOf<M>,
  Acts extends Readonly<Record<string, Defined>>,
  ListRow extends { id: number | string } = { id: number },
  Read extends AgentQuery | undefined = undefined,
>(
  model: M,
  definition: ResourceDefinition<M, Columns, Facts, Acts, ListRow, Read>,
): DefinedResource<Acts, Read> {
  const actions = definition.actions?.(actionsOf) ?? ({} as Acts)
  const unchecked = untyped({ ...definition, actions })
  const { title, columns, facts, visibleTo } = unchecked
  const reachedBy = Object.fromEntries(
    Object.entries(unchecked.actions).map(([name, { reaches }]) => [name, reaches]),
  )
  const resource = new DomainResource({ model, columns, title, facts, visibleTo, reachedBy })
  return {
    adminjs: adminJsResource(model, unchecked, resource),
    actions,
    read: definition.record?.read as Read,
    search: async (actor, text) => {
      // What is archived is referred to no more.
      const archived = unchecked.plainList?.archived
      const where = archived ? { NOT: archived } : {}
      const { rows } = await resource.titled(actor, title, { text, where, skip: 0, take: 20 })
      return rows.map((row) => ({ value: String(resource.idOf(row)), label: String(row[title]) }))
    },
  }
}

/** The same definition once its columns and facts have been checked by the compiler. */
interface Definition {
  visibleTo: (actor: AgentActor) => object
  mayOpen: (actor: AgentActor) => boolean
  mayList?: (actor: AgentActor) => boolean
  navigation?: { section: 'daily' | 'service'; icon: IconName } | undefined
  title: string
  nameOf?: (record: Row, actor: AgentActor) => string
  columns: readonly string[]
  cells?: Readonly<Record<string, (row: Row) => CellValue>>
  facts: object
  words: {
    plural: string
    noun: readonly [string, string]
    columns: Readonly<Record<string, string>>
    values?: Readonly<Record<string, Readonly<Record<string, string>>>>
    fields?: Readonly<Record<string, string>>
    hints?: Readonly<Record<string, string>>
  }
  list?: ListOf<{ id: number | string }>
  plainList?: { columns: readonly string[]; archived?: object }
  record?: { read: AgentQuery; idField: string; screen: ScreenName }
  actions: Readonly<Record<string, UncheckedAction>>
}

/** Facts and results are rows and answers here. */
type UncheckedAction = Omit<
  Action,
  'may' | 'whyNot' | 'words' | 'next' | 'ofReader' | 'about' | 'leadsTo'
> & {
  about?: (data: unknown) => string
  leadsTo?: (data: unknown) => Way
  may: (actor: AgentActor, facts?: Row) => boolean
  whyNot?: (facts: Row, now: Date, actor: AgentActor) => string | null
  words: Omit<Action['words'], 'done'> & { done: (result: unknown) => string }
  next?: (result: unknown) => string
  ofReader?: (result: unknown) => ReaderChange
}

function untyped({ actions, ...definition }: { actions: Readonly<Record<string, Defined>> }): Definition {
  const unchecked = Object.entries(actions).map(([name, { action }]) => [name, action])
  const whole = {
    mayOpen: () => true,
    facts: {},
    ...definition,
    actions: Object.fromEntries(unchecked) as object,
  }
  return whole as unknown as Definition
}

interface Response {
  status(code: number): void
}

function adminJsResource(
  model: Prisma.ModelName,
  definition: Definition,
  resource: DomainResource,
): ResourceWithOptions {
  const { words, title, columns, mayOpen, mayList = mayOpen, navigation } = definition
  const asked =
    (may: (actor: AgentActor) => boolean) =>
    ({ currentAdmin }: ActionContext) => {
      const actor = (currentAdmin as { actor?: AgentActor } | undefined)?.actor
      return actor !== undefined && may(actor)
    }
  const list = definition.list ?? plainList(model, definition, resource)
  const shape: ListShape = {
    title: words.plural,
    noun: words.noun,
    columns: list.columns.map(({ key, label, unseen, end, unbroken, named }) => ({
      key,
      label,
      ...(end && { end }),
      ...(unseen && { unseen }),
      ...(unbroken && { unbroken }),
      ...(named && { named }),
    })),
    filters: list.filters,
    ...(list.choices && { choices: list.choices }),
    ...(list.under && { under: list.under }),
    empty: list.empty,
  }
  const recordAnswer = (
    actor: AgentActor,
    record: RecordWithFacts,
    cells: RecordAnswer['cells'] = {},
  ): RecordAnswer => ({
    id: resource.idOf(record.facts),
    title: definition.nameOf?.(record.facts, actor) ?? titleOf(record.facts[title]),
    actions: possibleActions(definition, 'record', actor, record.facts),
    cells,
  })

  return {
    resource,
    options: {
      id: model,
      titleProperty: title,
      navigation: navigation ? { name: navigation.section, icon: navigation.icon } : false,
      properties: {},
      // AdminJS knows nothing of a column that refers to many.
      showProperties: columns.filter((key) => resource.property(key) !== null),
      editProperties: columns.filter((key) => resource.property(key) !== null),
      listProperties: [title],
      filterProperties: [],
      translations: { fr: { labels: { [model]: words.plural }, properties: { ...words.columns } } },
      actions: {
        list: {
          isAccessible: asked(mayList),
          showFilter: false,
          custom: shape,
          handler: (request: ActionRequest, response: Response, context: ActionContext) =>
            settled(response, () => answerList(actorIn(context), request, list)),
        },
        show: {
          isAccessible: asked(mayOpen),
          custom: {
            title: words.plural,
            columns: columns.map((key): Column => ({ key, label: words.columns[key] ?? key })),
            screen: definition.record?.screen ?? null,
          },
          handler: (request: ActionRequest, response: Response, context: ActionContext) =>
            settled(response, async () => {
              const actor = actorIn(context)
              const record = recordIn(context)
              const own = definition.record
              const described = own ? null : await resource.describedOne(actor, resource.idOf(record.facts))
              const data = own
                ? await read(actor, (ctx) =>
                    own.read(ctx, { ...request.query, [own.idField]: resource.idOf(record.facts) } as never),
                  )
                : null
              return opened(
                recordAnswer(
                  actor,
                  record,
                  described ? cellsOf(described, actor, definition, resource.civilDates) : {},
                ),
                data,
              )
            }),
        },
        ...Object.fromEntries(
          Object.entries(definition.actions).map(([name, action]) => [
            name,
            adminJsAction(name, action, definition, resource, recordAnswer),
          ]),
        ),
        // What is not declared does not exist.
        ...Object.fromEntries(
          ['search', 'new', 'edit', 'delete', 'bulkDelete']
            .filter((name) => !(name in definition.actions))
            .map((name) => [name, { isAccessible: false }]),
        ),
      },
    },
  }
}

function adminJsAction(
  name: string,
  action: UncheckedAction,
  definition: Definition,
  resource: DomainResource,
  recordAnswer: (actor: AgentActor, record: RecordWithFacts) => RecordAnswer,
) {
  const fields =
    action.command && (!action.screen || action.withForm) && !action.immediate
      ? formFields(action.command.input, formWords(definition), [
          ...Object.keys(action.given ?? {}),
          action.idField ?? '',
          'version',
        ])
      : []
  const may = (actor: AgentActor, record: unknown): boolean => {
    if (action.kind === 'resource') return action.may(actor)
    // Asked for the menu and at the door too, where no record is read yet.
    return record instanceof RecordWithFacts ? action.may(actor, record.facts) : definition.mayOpen(actor)
  }
  const isAccessible = ({ currentAdmin, record }: ActionContext) => {
    const actor = (currentAdmin as { actor?: AgentActor } | undefined)?.actor
    return actor !== undefined && may(actor, record)
  }
  return {
    actionType: action.kind,
    isAccessible,
    // The rule is the command's, which says why; here it only leaves the button out.
    isVisible: (context: ActionContext) =>
      isAccessible(context) &&
      (action.kind === 'resource' ||
        !(context.record instanceof RecordWithFacts) ||
        !action.whyNot?.(context.record.facts, presently(), actorIn(context))),
    component: false as const,
    custom: {
      button: action.words.button,
      title: action.words.title ?? action.words.button,
      lede: action.words.lede ?? null,
      submit: action.words.submit ?? action.words.button,
      look: action.look ?? 'plain',
      icon: action.icon ?? null,
      screen: action.screen ?? null,
      elsewhere: action.elsewhere ?? false,
      landing: action.landing ?? false,
      entry: action.entry ?? null,
      counted: action.counted ?? null,
      immediate: action.immediate ?? false,
      undo: action.undo ?? null,
      foreseen: action.foreseen ?? null,
      idField: action.idField,
      fields,
      opens: !action.immediate,
      writes: action.command !== undefined,
    } satisfies ActionWords,
    handler: (request: ActionRequest, response: Response, context: ActionContext) =>
      settled(response, async () => {
        const actor = actorIn(context)
        const address = action.idField === null ? {} : { [action.idField]: idsIn(action, request, resource) }
        // Only a POST writes: Express gives HEAD to the GET route, and forgery checks let reads pass.
        if (request.method !== 'post') {
          const query = action.read
          const data = query
            ? await read(actor, (ctx) => query(ctx, { ...request.query, ...address } as never))
            : null
          return opened(action.kind === 'record' ? recordAnswer(actor, recordIn(context)) : null, data, {
            about: action.about?.(data) ?? null,
            leadsTo: action.leadsTo?.(data) ?? null,
          })
        }
        const { command } = action
        if (!command) throw new Error(`${name} writes nothing: the guard lets no POST through`)
        const input = {
          ...bodyOf(request),
          ...action.given,
          ...address,
        }
        // What is slow holds no row: the act that is left has the transaction.
        const act = await read(actor, (ctx) => command.prepare(ctx, input as never))
        const result = await transact(actor, act)
        const done: Done = {
          ok: true,
          notice: action.words.done(result),
          result: result ?? null,
          next: action.next?.(result) ?? null,
          undo: action.undo ?? null,
          ofReader: action.ofReader?.(result) ?? null,
        }
        // After the act the record may be out of sight: the answer carries none.
        return { ...done, record: { recordActions: [] }, records: [] }
      }),
  }
}

const formWords = ({ words }: Definition) => ({
  fields: words.fields ?? {},
  ...(words.hints && { hints: words.hints }),
  ...(words.values && { values: words.values }),
})

/** The ids that the address names, and no others: a body cannot add one. */
function idsIn(action: UncheckedAction, request: ActionRequest, resource: DomainResource) {
  if (action.kind === 'record') return resource.keyOf(String(request.params.recordId))
  const ids = String(request.query?.recordIds ?? '').split(',')
  return [...new Set(ids)].map((id) => resource.keyOf(id))
}

/** What the agent may do with the record now, of one kind of actions. */
const possibleActions = ({ actions }: Definition, kind: Action['kind'], actor: AgentActor, facts: Row) =>
  Object.entries(actions)
    .filter(
      ([, action]) =>
        action.kind === kind && action.may(actor, facts) && !action.whyNot?.(facts, presently(), actor),
    )
    .map(([name]) => name)

function recordIn(context: ActionContext): RecordWithFacts {
  if (!(context.record instanceof RecordWithFacts)) throw new Error('A record action has a record')
  return context.record
}

/** AdminJS wants to find a record in the answer of a record action, records in that of a bulk action. */
const opened = (
  record: RecordAnswer | null,
  data: unknown,
  said: Pick<Opened, 'about' | 'leadsTo'> = { about: null, leadsTo: null },
) => {
  const answer: Opened = { record, data: data ?? null, ...said }
  return { ...answer, record: { ...record, recordActions: [] }, records: [] }
}

export const refusalAnswer = (refusal: Omit<RefusalAnswer, 'status'>) => ({
  ok: false as const,
  ...refusal,
  // What AdminJS asks of the answer of a record action, and of a bulk action, that did not succeed.
  notice: { type: 'error', message: refusal.message },
  records: [],
})

/** The expected endings of a command or a query, as the one shape that the browser knows. */
async function settled(response: Response, work: () => Promise<object>): Promise<object> {
  try {
    return await work()
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal) throw error
    const { status, ...said } = refusal
    response.status(status)
    return refusalAnswer(said)
  }
}

/** What was posted, as JSON. */
const bodyOf = (request: ActionRequest): object => {
  const { body } = request as unknown as { body?: unknown }
  return isObject(body) ? body : {}
}

/** A record named by a date is named by its own screen, in the agent's zone. */
const titleOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

async function answerList(
  actor: AgentActor,
  request: ActionRequest,
  list: ListOf<{ id: number | string }>,
): Promise<ListAnswer> {
  const query: Readonly<Record<string, unknown>> = { ...request.query, ...bodyOf(request) }
  const given = list.filters.flatMap(({ name }) => {
    const text = textOf(query[name])
    return text === null ? [] : [[name, text] as const]
  })
  const isSearched = ({ name, kind }: Filter) => kind === 'text' && given.some(([one]) => one === name)
  if (list.filters.some(isSearched)) await countSearch(actor.id)
  const page = whole(query.page, 1, 2_000) ?? 1
  const perPage = whole(query.perPage, 1, listMostRows) ?? listRows
  const { rows, total, lede, empty, narrowed, again } = await read(actor, (ctx) =>
    list.read(ctx, { filters: Object.fromEntries(given), page, perPage }),
  )
  return {
    meta: {
      total: Math.min(total, countedUpTo),
      more: total > countedUpTo,
      page,
      perPage,
      ...(lede !== undefined && { lede }),
      ...(empty && { empty }),
      ...(narrowed && { narrowed }),
      ...(again && { again }),
      files: filesOf(list, actor),
    },
    records: rows.map((row) => ({
      id: row.id,
      cells: Object.fromEntries(list.columns.map((column) => [column.key, column.cell(row, actor)])),
      bulk: list.bulkActionsOf?.(row) ?? [],
    })),
  }
}

function filesOf({ files }: ListOf<{ id: number | string }>, actor: AgentActor): ListAnswer['meta']['files'] {
  if (!files?.may(actor)) return []
  const only = files.only(actor)
  return files.addresses.map(({ address, label }) => ({
    address,
    label: `Télécharger la liste (${[label, only].filter(Boolean).join(', ')})`,
  }))
}

/** PostgreSQL has no character for NUL, nor for half of one. */
const textOf = (value: unknown) =>
  typeof value === 'string' ? cut(value.replace(/\0|\p{Cs}/gu, '').trim(), 100) || null : null

function whole(value: unknown, least: number, most: number): number | null {
  const number = typeof value === 'string' ? Number(value) : NaN
  return Number.isInteger(number) ? Math.min(Math.max(number, least), most) : null
}

/** The columns of a table that a service fills by hand, found by title. */
function plainList(
  model: string,
  definition: Definition,
  resource: DomainResource,
): ListOf<{ id: number | string; cells: Record<string, CellValue>; bulk: string[] }> {
  const { title, words } = definition
  const { columns = definition.columns, archived } = definition.plainList ?? {}
  return {
    columns: columns.map((key) => ({
      key,
      label: words.columns[key] ?? key,
      named: key !== title,
      cell: (row) => row.cells[key] ?? null,
    })),
    filters: [
      { name: 'text', label: words.columns[title] ?? '', kind: 'text' },
      ...(archived ? [{ name: 'archived', label: 'Archivés aussi', kind: 'checkbox' } satisfies Filter] : []),
    ],
    empty: {
      title: 'Rien à afficher',
      hint: 'Rien n’a encore été créé, ou rien ne répond à ces filtres.',
    },
    bulkActionsOf: ({ bulk }) => bulk,
    read: async (ctx, { filters, page, perPage }) => {
      const { rows, total } = await resource.titled(ctx.actor, title, {
        text: filters.text ?? '',
        where: archived && filters.archived !== 'on' ? { NOT: archived } : {},
        skip: (page - 1) * perPage,
        take: perPage,
      })
      return {
        total,
        rows: rows.map((row) => ({
          id: resource.idOf(row),
          cells: {
            ...cellsOf(row, ctx.actor, definition, resource.civilDates),
            [title]: { text: String(row[title]), to: paths.record(model, resource.idOf(row)) },
          },
          bulk: possibleActions(definition, 'bulk', ctx.actor, row),
        })),
      }
    },
  }
}
