import type { ActionContext, ActionRequest, ResourceWithOptions } from 'adminjs'
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import { formatInstant } from '../../resources/shared/french'
import { formatPhone } from '../../resources/shared/phone'
import { read } from '../../resources/shared/transact.server'
import type { ComponentName } from '../frame/registry'
import { DomainResource, type WriteCommand } from './domain-resource'
import {
  listMostRows,
  listRows,
  type CellValue,
  type Column,
  type Filter,
  type ListAnswer,
  type ListShape,
  type Option,
} from './list'
import { paths } from '../paths'
import { refusalOf } from '../../resources/refusals'

export type { CellValue }

/** What the address of a list asks for, once known filters are kept and the rest ignored. */
export interface ListRequest {
  filters: Readonly<Record<string, string>>
  page: number
  perPage: number
}

export interface ListResult {
  rows: { id: number; cells: Record<string, CellValue> }[]
  /** At most `countedUpTo` + 1: beyond, the list says "plus de 1 000". */
  total: number
  /** Said under the title instead of the total. */
  lede?: string
  /** The button at the head of the list, for who may. */
  act?: { text: string; to: string }
  /** For the filters that offer choices read from the database. */
  options?: Readonly<Record<string, readonly Option[]>>
}

/** No list counts further. */
export const countedUpTo = 1_000

type ReadList = (ctx: Context<AgentActor>, request: ListRequest) => Promise<ListResult>

export interface ResourceDefinition {
  /** Columns beside `id`: names of Prisma fields, references by their relation. */
  columns: readonly string[]
  /** The column that names a record. */
  title: string
  /** The command's input field for the record's id. */
  idField?: string
  visibleTo: (actor: AgentActor) => object
  /** Who finds this resource at all, where the scope is not the answer. */
  mayOpen?: (actor: AgentActor) => boolean
  words: {
    plural: string
    noun: readonly [string, string]
    columns: Readonly<Record<string, string>>
    /** The words of a column that holds codes. */
    values?: Readonly<Record<string, Readonly<Record<string, string>>>>
  }
  /** A list of its own query; without it, the columns, found by title. */
  list?: Omit<ListShape, 'title' | 'noun'> & { read: ReadList }
  /** A page of its own; without it, the columns. */
  show?: ComponentName
  commands?: Partial<Record<'create' | 'update' | 'delete', WriteCommand>>
}

/** Turns what a subject says of itself (its admin.ts) into an AdminJS resource. */
export function defineResource(model: string, definition: ResourceDefinition): ResourceWithOptions {
  const { commands = {}, mayOpen = () => true, idField = 'id', words } = definition
  const resource = new DomainResource({ model, ...definition, idField, commands })
  const { read: readList, ...shape } = definition.list ?? plainList(model, definition, resource)
  const named = definition.columns.map((key): Column => ({ key, label: words.columns[key] ?? key }))
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
      properties: { id: { isVisible: false } },
      showProperties: [...definition.columns],
      editProperties: [...definition.columns],
      listProperties: [definition.title],
      filterProperties: [],
      translations: { fr: { properties: { ...words.columns } } },
      actions: {
        list: {
          isAccessible,
          component: 'RecordList' satisfies ComponentName,
          showFilter: false,
          custom: { title: words.plural, noun: words.noun, ...shape } satisfies ListShape,
          handler: async (
            request: ActionRequest,
            response: { status(code: number): void },
            context: ActionContext,
          ) => {
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
        show: {
          isAccessible,
          component: definition.show ?? ('RecordShow' satisfies ComponentName),
          custom: { title: words.plural, columns: named },
          handler: async (request: ActionRequest, _response: unknown, context: ActionContext) => {
            const actor = actorIn(context)
            const row = definition.show
              ? null
              : await resource.describedOne(actor, request.params.recordId ?? '')
            const record = context.record?.toJSON(context.currentAdmin)
            return {
              record: { ...record, params: row ? cellsOf(row, actor, definition) : {}, populated: {} },
            }
          },
        },
        search: {
          // Titles are read whole: not those of a table that has a list of its own, which is a large one.
          isAccessible: definition.list ? false : isAccessible,
          handler: async (request: ActionRequest, _response: unknown, context: ActionContext) => {
            const text = textOf(request.params.query) ?? ''
            const { rows } = await resource.titled(actorIn(context), definition.title, {
              text,
              skip: 0,
              take: 20,
            })
            const found = rows.map((row) => ({
              id: row.id,
              title: row[definition.title],
              params: {},
              populated: {},
            }))
            return { records: found.map((record) => ({ ...record, recordActions: [], bulkActions: [] })) }
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

const actorIn = (context: ActionContext): AgentActor =>
  (context.currentAdmin as unknown as { actor: AgentActor }).actor

async function answerList(
  actor: AgentActor,
  { query = {} }: ActionRequest,
  filters: readonly Filter[],
  readList: ReadList,
): Promise<ListAnswer> {
  const given = filters.flatMap(({ name }) => {
    const text = textOf(query[name])
    return text === null ? [] : [[name, text] as const]
  })
  const page = whole(query.page, 1, 2_000) ?? 1
  const perPage = whole(query.perPage, 1, listMostRows) ?? listRows
  const { rows, total, lede, act, options } = await read(actor, (ctx) =>
    readList(ctx, { filters: Object.fromEntries(given), page, perPage }),
  )
  return {
    meta: {
      total: Math.min(total, countedUpTo),
      more: total > countedUpTo,
      page,
      perPage,
      ...(lede !== undefined && { lede }),
      ...(act && { act }),
      options: options ?? {},
    },
    records: rows.map(({ id, cells }) => ({ id, params: cells })),
  }
}

/** PostgreSQL has no character for NUL. */
const textOf = (value: unknown) =>
  typeof value === 'string' ? value.replaceAll('\0', '').trim().slice(0, 100) || null : null

function whole(value: unknown, least: number, most: number): number | null {
  const number = typeof value === 'string' ? Number(value) : NaN
  return Number.isInteger(number) ? Math.min(Math.max(number, least), most) : null
}

/** The columns of a table that a service fills by hand, found by title. */
function plainList(model: string, definition: ResourceDefinition, resource: DomainResource) {
  const { columns, title, words } = definition
  return {
    columns: columns.map((key): Column => ({ key, label: words.columns[key] ?? key })),
    filters: [{ name: 'text', label: words.columns[title] ?? '', kind: 'text' }] satisfies Filter[],
    empty: { title: 'Rien à afficher', hint: 'Aucune ligne ne répond à ces filtres.' },
    read: async (ctx: Context<AgentActor>, { filters, page, perPage }: ListRequest): Promise<ListResult> => {
      const { rows, total } = await resource.titled(ctx.actor, title, {
        text: filters.text ?? '',
        skip: (page - 1) * perPage,
        take: perPage,
      })
      return {
        total,
        rows: rows.map((row) => {
          const cells = cellsOf(row, ctx.actor, definition)
          return {
            id: Number(row.id),
            cells: {
              ...cells,
              [title]: { text: String(row[title]), to: paths.record(model, Number(row.id)) },
            },
          }
        }),
      }
    },
  }
}

function cellsOf(
  row: Record<string, unknown>,
  actor: AgentActor,
  { columns, words }: ResourceDefinition,
): Record<string, CellValue> {
  return Object.fromEntries(
    columns.map((key) => {
      const value = row[key]
      const word = words.values?.[key]?.[String(value)]
      return [key, word ?? wordsOf(value, actor.organization.timeZone)]
    }),
  )
}

function wordsOf(value: unknown, zone: string): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value ? 'Oui' : 'Non'
  if (value instanceof Date) return formatInstant(value, zone)
  if (typeof value === 'object') return 'name' in value ? String(value.name) : null
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /^\+\d{7,15}$/.test(text) ? formatPhone(text) : text
}
