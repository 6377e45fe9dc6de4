import type { DMMF } from '@prisma/client/runtime/library'
import type { ActionContext, Filter, ParamsType } from 'adminjs'
import dataModel from '../../generated/dmmf.json'
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import { prisma } from '../../resources/shared/db.server'
import { fold } from '../../resources/shared/fold'
import { transact } from '../../resources/shared/transact.server'
import {
  AppError,
  BaseRecord,
  ForbiddenError,
  Resource,
  ValidationError,
  convertFilter,
  getModelByName,
} from '../adminjs/adminjs'
import { refusalOf } from '../../resources/refusals'

// With the client engine, Prisma's own data model lacks at run time what AdminJS reads of it.
const clientModule = { Prisma: { dmmf: { datamodel: dataModel } } }

/** A command as the back office runs it: what the form holds, the id added when there is a record. */
export type WriteCommand = (ctx: Context<AgentActor>, raw: never) => Promise<unknown>

export interface DomainResourceDefinition {
  model: string
  /** The only columns that exist here: names of Prisma fields, references by their relation. */
  columns: readonly string[]
  /** What the actor may see, whatever else is asked. */
  visibleTo: (actor: AgentActor) => object
  commands: Partial<Record<'create' | 'update' | 'delete', WriteCommand>>
  /** The input field that carries the id of the record: "placeId". */
  idField: string
}

interface Delegate {
  count(args: object): Promise<number>
  findMany(args: object): Promise<Record<string, unknown>[]>
  findFirst(args: object): Promise<Record<string, unknown> | null>
}

/**
 * A Prisma model as AdminJS may touch it. Columns that are not declared do not exist, every read is
 * narrowed to what the actor sees, every write is a command in its own transaction.
 */
export class DomainResource extends Resource {
  private readonly definition: DomainResourceDefinition
  private readonly delegate: Delegate
  private readonly select: Record<string, true>

  constructor(definition: DomainResourceDefinition) {
    const model = getModelByName(definition.model, clientModule) as DMMF.Model
    const declared = ['id', ...definition.columns].map((name) => {
      const field = model.fields.find((candidate) => candidate.name === name)
      if (!field) throw new Error(`${definition.model} has no column ${name}`)
      return field
    })
    const keys = declared.flatMap((field) => field.relationFromFields ?? [])
    // The keys of references are read with them; AdminJS does not list what Prisma calls read-only.
    const fields = [...declared, ...model.fields.filter((field) => keys.includes(field.name))]
    super({ model: { ...model, fields }, client: prisma, clientModule })
    this.definition = definition
    const name = definition.model.charAt(0).toLowerCase() + definition.model.slice(1)
    this.delegate = (prisma as unknown as Record<string, Delegate>)[name] as Delegate
    this.select = Object.fromEntries(
      [...declared.filter((field) => field.kind !== 'object').map((field) => field.name), ...keys].map(
        (key) => [key, true],
      ),
    )
  }

  override count(filter: Filter, context?: ActionContext): Promise<number> {
    return this.delegate.count({
      where: this.within(actorIn(context), convertFilter(this.model.fields, filter)),
    })
  }

  override async find(
    filter: Filter,
    { limit = 10, offset = 0, sort = {} }: Parameters<Resource['find']>[1] = {},
    context?: ActionContext,
  ): Promise<BaseRecord[]> {
    const rows = await this.delegate.findMany({
      where: this.within(actorIn(context), convertFilter(this.model.fields, filter)),
      select: this.select,
      skip: offset,
      take: limit,
      orderBy: this.buildSortBy(sort),
    })
    return rows.map((row) => this.recordOf(row))
  }

  override async findOne(id: string | number, context?: ActionContext): Promise<BaseRecord | null> {
    const row = await this.rowOf(actorIn(context), id)
    return row && this.recordOf(row)
  }

  override async findMany(ids: (string | number)[], context?: ActionContext): Promise<BaseRecord[]> {
    const rows = await this.delegate.findMany({
      where: this.within(actorIn(context), { id: { in: ids.map(asId).filter((id) => id !== null) } }),
      select: this.select,
    })
    return rows.map((row) => this.recordOf(row))
  }

  override create(params: ParamsType, context?: ActionContext): Promise<ParamsType> {
    return this.write('create', actorIn(context), this.declaredOnly(params))
  }

  override update(
    id: string | number,
    params: ParamsType = {},
    context?: ActionContext,
  ): Promise<ParamsType> {
    return this.write('update', actorIn(context), {
      ...this.declaredOnly(params),
      [this.definition.idField]: asId(id),
    })
  }

  override async delete(id: string | number, context?: ActionContext): Promise<void> {
    await this.write('delete', actorIn(context), { [this.definition.idField]: asId(id) })
  }

  /**
   * The records whose title holds the text, accents and capitals aside, by title. For the tables a
   * service fills by hand: their titles are read whole to be compared.
   */
  async titled(
    actor: AgentActor,
    title: string,
    { text, skip, take }: { text: string; skip: number; take: number },
  ): Promise<{ rows: Record<string, unknown>[]; total: number }> {
    const wanted = fold(text)
    const titles = await this.delegate.findMany({
      where: this.within(actor, {}),
      select: { id: true, [title]: true },
      orderBy: [{ [title]: 'asc' }, { id: 'asc' }],
    })
    const ids = titles
      .filter((row) => !text.trim() || (wanted && fold(String(row[title])).includes(wanted)))
      .map((row) => row.id)
    const rows = await this.described({ id: { in: ids.slice(skip, skip + take) } }, actor, [
      { [title]: 'asc' },
      { id: 'asc' },
    ])
    return { rows, total: ids.length }
  }

  /** One record with the names of what it refers to; null when absent or not visible. */
  async describedOne(actor: AgentActor, id: string | number): Promise<Record<string, unknown> | null> {
    const key = asId(id)
    return key === null ? null : ((await this.described({ id: key }, actor, []))[0] ?? null)
  }

  private described(where: object, actor: AgentActor, orderBy: object[]): Promise<Record<string, unknown>[]> {
    const references = this.properties().filter((property) => property.reference())
    const names = references.map(
      (property) => [property.path(), { select: { id: true, name: true } }] as const,
    )
    return this.delegate.findMany({
      where: this.within(actor, where),
      select: { ...this.select, ...Object.fromEntries(names) },
      orderBy,
      take: 50,
    })
  }

  private within(actor: AgentActor, where: object): object {
    return { AND: [where, this.definition.visibleTo(actor)] }
  }

  private rowOf(actor: AgentActor, id: string | number) {
    const key = asId(id)
    if (key === null) return null
    return this.delegate.findFirst({ where: this.within(actor, { id: key }), select: this.select })
  }

  private recordOf(row: Record<string, unknown>): BaseRecord {
    return new BaseRecord(this.prepareReturnValues(row), this)
  }

  /** What the form may say: a forged payload names other columns in vain. References by their key. */
  private declaredOnly(params: ParamsType): Record<string, unknown> {
    return this.prepareParams(params)
  }

  private async write(
    kind: 'create' | 'update' | 'delete',
    actor: AgentActor,
    input: Record<string, unknown>,
  ): Promise<ParamsType> {
    const command = this.definition.commands[kind]
    if (!command) throw new ForbiddenError('anyForbiddenError')
    try {
      const result = await transact(actor, (ctx) => command(ctx, input as never))
      const id = isWithId(result) ? result.id : input[this.definition.idField]
      const row = kind === 'delete' ? null : await this.rowOf(actor, Number(id))
      return row ? (this.prepareReturnValues(row) as ParamsType) : {}
    } catch (error) {
      throw this.translated(error)
    }
  }

  private translated(error: unknown): unknown {
    const refusal = refusalOf(error)
    if (!refusal) return error
    if (refusal.status === 403) return new ForbiddenError(refusal.message)
    const fields = Object.entries(refusal.fieldErrors).map(
      ([field, message]) => [this.pathOf(field), { message, type: 'refused' }] as const,
    )
    // AdminJS shows a validation error without a field as a success.
    if (fields.length === 0 || fields.some(([path]) => !this.property(path))) {
      return new AppError(
        [refusal.message, ...fields.map(([, { message }]) => message)].at(-1) ?? refusal.message,
      )
    }
    return new ValidationError(Object.fromEntries(fields), { message: refusal.message })
  }

  /** "organizationId" of a command is the column "organization" of the form. */
  private pathOf(field: string): string {
    return (
      this.properties()
        .find((property) => property.foreignColumnName() === field)
        ?.path() ?? field
    )
  }
}

function actorIn(context: ActionContext | undefined): AgentActor {
  const actor = (context?.currentAdmin as { actor?: AgentActor } | undefined)?.actor
  if (!actor) throw new ForbiddenError('anyForbiddenError')
  return actor
}

const asId = (id: string | number): number | null => {
  const key = Number(id)
  return Number.isInteger(key) && key > 0 && key <= 2_147_483_647 ? key : null
}

const isWithId = (value: unknown): value is { id: number } =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'number'
