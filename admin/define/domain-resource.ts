import type { Prisma } from '@prisma/client'
import type { DMMF } from '@prisma/client/runtime/library'
import type { ActionContext } from 'adminjs'
import dataModel from '../../generated/dmmf.json'
import type { AgentActor } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { fold } from '../../resources/shared/fold'
import { presently } from '../../resources/shared/transact.server'
import { BaseRecord, ForbiddenError, Resource, getModelByName } from '../adminjs/adminjs'

// With the client engine, Prisma's own data model lacks at run time what AdminJS reads of it.
const clientModule = { Prisma: { dmmf: { datamodel: dataModel } } }

export type Row = Readonly<Record<string, unknown>>

export interface DomainResourceDefinition {
  model: Prisma.ModelName
  /** The only columns that exist here: names of Prisma fields, references by their relation. */
  columns: readonly string[]
  /** The column that names a record. */
  title: string
  /** Read with a record for `may` and `whyNot`, never sent. */
  facts: object
  /** What the actor may see, whatever else is asked. */
  visibleTo: (actor: AgentActor) => object
  /** What an action is done on, where that is not what is seen: by name of action. */
  reachedBy: Readonly<Record<string, ((actor: AgentActor, now: Date) => object) | undefined>>
}

interface Delegate {
  findMany(args: object): Promise<Row[]>
  findFirst(args: object): Promise<Row | null>
}

/** The columns that name a record of a table, where it is not `name`. */
const titles: Partial<Record<string, Readonly<Record<string, unknown>>>> = {
  Agent: { firstName: true, lastName: true },
  Probationer: { lastName: true, firstName: true },
  AppointmentType: { label: true },
  Agenda: { name: true, archivedAt: true },
  PlaceAppointmentType: { type: { select: { label: true } } },
}

/**
 * A record beside what its rights and rules depend on. AdminJS flattens and sends the params of a
 * record: the facts ride beside them.
 */
export class RecordWithFacts extends BaseRecord {
  facts: Row = {}
}

/**
 * A Prisma model as AdminJS may read it. Columns that are not declared do not exist, every read is
 * narrowed to what the actor sees. Nothing is written here: each write is an action, hence a command.
 */
export class DomainResource extends Resource {
  private readonly definition: DomainResourceDefinition
  private readonly delegate: Delegate
  private readonly select: Readonly<Record<string, unknown>>
  private readonly idField: string
  private readonly idIsNumber: boolean
  /** The columns that hold a day without an hour. */
  readonly civilDates: ReadonlySet<string>

  constructor(definition: DomainResourceDefinition) {
    const model = getModelByName(definition.model, clientModule) as DMMF.Model
    const idField = model.fields.find((field) => field.isId)
    if (!idField) throw new Error(`${definition.model} has no id of one column`)
    const declared = [idField.name, ...definition.columns].map((name) => {
      const field = model.fields.find((candidate) => candidate.name === name)
      if (!field) throw new Error(`${definition.model} has no column ${name}`)
      return field
    })
    const keys = declared.flatMap((field) => field.relationFromFields ?? [])
    // The keys of references are read with them; AdminJS does not list what Prisma calls read-only.
    const fields = [...declared, ...model.fields.filter((field) => keys.includes(field.name))]
    super({ model: { ...model, fields }, client: prisma, clientModule })
    // A row comes with the names of what it refers to: AdminJS would look for a resource of each.
    for (const property of this.properties())
      if (property.reference() !== null) {
        property.reference = () => null
        property.type = () => 'string'
      }
    this.definition = definition
    const name = definition.model.charAt(0).toLowerCase() + definition.model.slice(1)
    this.delegate = (prisma as unknown as Record<string, Delegate>)[name] as Delegate
    this.idField = idField.name
    this.idIsNumber = idField.type === 'Int'
    this.civilDates = new Set(
      declared.filter(({ nativeType }) => nativeType?.[0] === 'Date').map(({ name: column }) => column),
    )
    this.select = Object.fromEntries(
      declared.map((field) => [
        field.name,
        field.kind === 'object'
          ? {
              select: titles[field.type] ?? { name: true },
              ...(field.isList && { orderBy: { id: 'asc' } }),
            }
          : true,
      ]),
    )
  }

  override async findOne(id: string | number, context?: ActionContext): Promise<RecordWithFacts | null> {
    const [record] = await this.findMany([id], context)
    return record ?? null
  }

  /** Records that are absent or not visible are left out. */
  override async findMany(ids: (string | number)[], context?: ActionContext): Promise<RecordWithFacts[]> {
    const keys = ids.map((id) => this.keyOf(id)).filter((key) => key !== null)
    const actor = actorIn(context)
    const reached = this.definition.reachedBy[context?.action.name ?? '']
    const scope = reached ? reached(actor, presently()) : this.definition.visibleTo(actor)
    const rows = await this.delegate.findMany({
      where: { AND: [{ [this.idField]: { in: keys } }, scope] },
      select: merged(this.definition.facts, { [this.idField]: true, [this.definition.title]: true }),
    })
    return rows.map((row) => {
      const record = new RecordWithFacts({ [this.idField]: row[this.idField] }, this)
      record.facts = row
      return record
    })
  }

  // What AdminJS's own actions would do, without a scope or a command.
  override find = outOfReach
  override count = outOfReach
  override create = outOfReach
  override update = outOfReach
  override delete = outOfReach

  /** The id as the database holds it, null when no record can have it. */
  keyOf(id: string | number): string | number | null {
    if (!this.idIsNumber) return /^[\w-]{1,64}$/.test(String(id)) ? String(id) : null
    // One spelling an id: `0x8` and `8.0` name nothing.
    const key = /^[1-9]\d{0,9}$/.test(String(id)) ? Number(id) : Infinity
    return key <= 2_147_483_647 ? key : null
  }

  /** The declared columns of one record, references with their names; null when absent or not visible. */
  async describedOne(actor: AgentActor, id: string | number): Promise<Row | null> {
    const key = this.keyOf(id)
    if (key === null) return null
    return this.delegate.findFirst({
      where: this.within(actor, { [this.idField]: key }),
      select: merged(this.select, this.definition.facts),
    })
  }

  /**
   * The records whose title holds the text, accents and capitals aside, by title, with their facts. For
   * the tables a service fills by hand, whose titles are read whole to be compared: a large table
   * declares a list of its own.
   */
  async titled(
    actor: AgentActor,
    title: string,
    { text, where, skip, take }: { text: string; where: object; skip: number; take: number },
  ): Promise<{ rows: Row[]; total: number }> {
    const wanted = fold(text)
    const orderBy = [{ [title]: 'asc' }, { [this.idField]: 'asc' }]
    const all = await this.delegate.findMany({
      where: this.within(actor, where),
      select: { [this.idField]: true, [title]: true },
      orderBy,
    })
    // A text whose letters all fold away finds nothing, never everything.
    const matches = (row: Row) => !text || (wanted !== '' && fold(String(row[title])).includes(wanted))
    const ids = all.filter(matches).map((row) => row[this.idField])
    const rows = await this.delegate.findMany({
      where: this.within(actor, { [this.idField]: { in: ids.slice(skip, skip + take) } }),
      select: merged(this.select, this.definition.facts),
      orderBy,
    })
    return { rows, total: ids.length }
  }

  /** The id column of a row. */
  idOf(row: Row): number | string {
    const id = row[this.idField]
    return typeof id === 'number' ? id : String(id)
  }

  private within(actor: AgentActor, where: object): object {
    return { AND: [where, this.definition.visibleTo(actor)] }
  }
}

const outOfReach = (): Promise<never> => Promise.reject(new ForbiddenError('anyForbiddenError'))

/** Both selections in one: a relation may be read for its name and for its facts. */
function merged(one: object, other: object): object {
  const result: Record<string, unknown> = { ...one }
  for (const [name, wanted] of Object.entries(other)) {
    const present = result[name]
    result[name] =
      isSelection(present) && isSelection(wanted)
        ? { ...present, select: merged(present.select, wanted.select) }
        : wanted
  }
  return result
}

const isSelection = (value: unknown): value is { select: object } =>
  typeof value === 'object' && value !== null && 'select' in value

/** The agent at the door of this request. */
export function actorIn(context: ActionContext | undefined): AgentActor {
  const actor = (context?.currentAdmin as { actor?: AgentActor } | undefined)?.actor
  if (!actor) throw new ForbiddenError('anyForbiddenError')
  return actor
}
