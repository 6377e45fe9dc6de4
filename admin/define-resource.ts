import type { ActionContext, ActionRequest, ResourceWithOptions } from 'adminjs'
import type { AgentActor } from '../resources/shared/actor'
import type { Context } from '../resources/shared/context'
import { read } from '../resources/shared/transact.server'
import type { ComponentName } from './components/registry'
import { DomainResource, type WriteCommand } from './domain-resource'
import { listMostRows, listRows, type Cell, type Filter, type ListAnswer, type ListShape, type Option } from './list'
import { refusalOf } from './refusals'

/** What the address of a list asks for, once known filters are kept and the rest ignored. */
export interface ListRequest {
  filters: Readonly<Record<string, string>>
  page: number
  perPage: number
}

export interface ListResult {
  rows: { id: number; cells: Record<string, Cell> }[]
  /** At most `countedUpTo` + 1: beyond, the list says "plus de 1 000". */
  total: number
  /** Said under the title instead of the total. */
  lede?: string
  /** For the filters that offer choices read from the database. */
  options?: Readonly<Record<string, readonly Option[]>>
}

/** No list counts further. */
export const countedUpTo = 1_000

export interface ResourceDefinition {
  /** Columns beside `id`: names of Prisma fields, references by their relation. */
  columns: readonly string[]
  /** The column that names a record in a reference. */
  title: string
  /** The command's input field for the record's id. */
  idField: string
  visibleTo: (actor: AgentActor) => object
  /** Who finds this resource at all, where the scope is not the answer. */
  mayOpen?: (actor: AgentActor) => boolean
  words: { plural: string; columns: Readonly<Record<string, string>> }
  list: Omit<ListShape, 'title'> & { read: (ctx: Context<AgentActor>, request: ListRequest) => Promise<ListResult> }
  /** Our component instead of the plain pairs. */
  show?: ComponentName
  commands?: Partial<Record<'create' | 'update' | 'delete', WriteCommand>>
}

/** Turns what a subject says of itself (its admin.ts) into an AdminJS resource. */
export function defineResource(model: string, definition: ResourceDefinition): ResourceWithOptions {
  const { list, commands = {}, mayOpen = () => true } = definition
  const { read: readList, ...shape } = list
  const resource = new DomainResource({ model, ...definition, commands })
  const isAccessible = ({ currentAdmin }: ActionContext) => {
    const actor = (currentAdmin as { actor?: AgentActor } | undefined)?.actor
    return actor !== undefined && mayOpen(actor)
  }
  const only = (permitted: boolean) => ({ isAccessible: permitted ? isAccessible : false })

  return {
    resource,
    options: {
      id: model,
      titleProperty: definition.title,
      properties: {
        id: { isVisible: false },
        [definition.title]: { isTitle: true },
      },
      showProperties: [...definition.columns],
      editProperties: [...definition.columns],
      listProperties: [definition.title],
      filterProperties: [],
      translations: { fr: { properties: { ...definition.words.columns } } },
      actions: {
        list: {
          isAccessible,
          component: 'RecordList',
          showFilter: false,
          custom: { title: definition.words.plural, ...shape } satisfies ListShape,
          handler: async (request: ActionRequest, response: { status(code: number): void }, context: ActionContext) => {
            try {
              return await answerList(actorIn(context), request, shape.filters, readList)
            } catch (error) {
              const refusal = refusalOf(error)
              if (!refusal) throw error
              response.status(refusal.status)
              return { ok: false, ...refusal }
            }
          },
        },
        show: { isAccessible, component: definition.show ?? 'RecordShow' },
        search: {
          isAccessible,
          handler: async (request: ActionRequest, _response: unknown, context: ActionContext) => {
            const text = String(request.params.query ?? '').slice(0, 100)
            const found = await resource.search(actorIn(context), definition.title, text)
            return { records: found.map((record) => ({ ...record.toJSON(), recordActions: [], bulkActions: [] })) }
          },
        },
        new: only(commands.create !== undefined),
        edit: only(commands.update !== undefined),
        delete: only(commands.delete !== undefined),
        bulkDelete: only(false),
      },
    },
  }
}

const actorIn = (context: ActionContext): AgentActor => (context.currentAdmin as unknown as { actor: AgentActor }).actor

async function answerList(
  actor: AgentActor,
  { query = {} }: ActionRequest,
  filters: readonly Filter[],
  readList: ResourceDefinition['list']['read'],
): Promise<ListAnswer> {
  const given = filters.flatMap(({ name }) => {
    const value: unknown = query[name]
    // PostgreSQL has no character for NUL.
    return typeof value === 'string' && value !== '' ? [[name, value.replaceAll('\0', '').slice(0, 100)] as const] : []
  })
  const page = whole(query.page, 1, 2_000) ?? 1
  const perPage = whole(query.perPage, 1, listMostRows) ?? listRows
  const { rows, total, lede, options } = await read(actor, (ctx) =>
    readList(ctx, { filters: Object.fromEntries(given), page, perPage }),
  )
  return {
    meta: {
      total: Math.min(total, countedUpTo),
      more: total > countedUpTo,
      page,
      perPage,
      ...(lede !== undefined && { lede }),
      options: options ?? {},
    },
    records: rows.map(({ id, cells }) => ({ id, params: cells })),
  }
}

function whole(value: unknown, least: number, most: number): number | null {
  const number = typeof value === 'string' ? Number(value) : NaN
  return Number.isInteger(number) ? Math.min(Math.max(number, least), most) : null
}
