import * as z from 'zod'
import type { Action, Defined } from '../../admin/define/action'
import type { ActionWords } from '../../admin/define/wire'
import { lookups, references } from '../../admin/lookups'
import { resources } from '../../admin/resources'

export type ResourceName = keyof typeof resources
export const resourceNames = Object.keys(resources) as ResourceName[]

export interface DeclaredAction {
  resource: ResourceName
  name: string
  kind: Action['kind']
  action: Action
  /** Of the command; null for a page that writes nothing. */
  input: z.ZodType | null
}

/** Every action of the back office, as admin/resources declares it: what is added there is tested at once. */
export const declaredActions: DeclaredAction[] = resourceNames.flatMap((resource) =>
  Object.entries(resources[resource].actions as Readonly<Record<string, Defined>>).map(
    ([name, { kind, action, command }]) => ({ resource, name, kind, action, input: command?.input ?? null }),
  ),
)

interface AdminJsAction {
  isAccessible(context: object): boolean
  custom: ActionWords
}

/** The same action as AdminJS has it. */
export function adminJsAction({ resource, name }: Pick<DeclaredAction, 'resource' | 'name'>): AdminJsAction {
  const actions = resources[resource].adminjs.options.actions as Record<string, AdminJsAction> | undefined
  const action = actions?.[name]
  if (!action) throw new Error(`AdminJS has no action ${resource}.${name}`)
  return action
}

/** The look-ups and the references of forms, by address. */
export const lookupAddresses = [
  ...Object.keys(lookups).map((name) => `/admin/api/lookups/${name}`),
  ...Object.keys(references).map((name) => `/admin/api/references/${name}`),
]

export const addressOf = (
  { resource, name, kind }: Pick<DeclaredAction, 'resource' | 'name' | 'kind'>,
  ...ids: readonly (number | string)[]
): string => {
  const api = `/admin/api/resources/${resource}`
  if (kind === 'resource') return `${api}/actions/${name}`
  return kind === 'record'
    ? `${api}/records/${ids[0]}/${name}`
    : `${api}/bulk/${name}?recordIds=${ids.join(',')}`
}

const usual = [
  'Inconnu',
  '2030-01-07',
  '09:00',
  'paul.inconnu@justice.example',
  '+33639981111',
  '3b241101-e2bb-4255-8caf-4136c566a962',
  '2026-01-05T10:00:00.000Z',
  1,
  true,
]

/** An input that the schema takes: of each field the value known by its name, else an ordinary one. */
export function exampleOf(
  schema: z.ZodType,
  known: Readonly<Record<string, unknown>> = {},
  name = '',
): unknown {
  if (name in known && schema.safeParse(known[name]).success) return known[name]
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries<z.ZodType>(schema.shape)
    return Object.fromEntries(fields.map(([field, shape]) => [field, exampleOf(shape, known, field)]))
  }
  if (schema instanceof z.ZodPipe) return usualFor(schema) ?? exampleOf(typed(schema.in), known, name)
  if (schema instanceof z.ZodArray) return [exampleOf(typed(schema.element), known, name.replace(/s$/, ''))]
  if (schema instanceof z.ZodEnum) return schema.options[0]
  return usualFor(schema) ?? null
}

const typed = (shape: z.core.$ZodType) => shape as z.ZodType
const usualFor = (schema: z.ZodType) => usual.find((value) => schema.safeParse(value).success)
