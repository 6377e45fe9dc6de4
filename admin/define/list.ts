/** A list as a subject declares it, and as it travels to the browser. */
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import type { CellValue } from './cells'

export interface Column {
  key: string
  label: string
  /** Its label is read aloud, not drawn: what its cells hold says what it is. */
  unseen?: boolean
  /** Set against the right edge: numbers and acts. */
  end?: boolean
  /** Numbers, one under the other. */
  number?: boolean
  /** Dates and numbers that are read whole. */
  unbroken?: boolean
  /** Where rows are stacked, its label is read before a value that says little alone: a number, a yes. */
  named?: boolean
  /** Where rows are stacked, not drawn: another cell leads where it leads. */
  spare?: boolean
}

/** A column of a list: its words, and what it says of a row. Files and prints say the same. */
export interface ColumnOf<Row> extends Column {
  cell(row: Row, actor: AgentActor): CellValue
}

export interface Option {
  value: string
  label: string
}

/** Folded behind "Plus de filtres" until one is asked for. */
interface Folding {
  rare?: boolean
}

export type Filter = Folding &
  (
    | { name: string; label: string; kind: 'text'; hint?: string }
    | { name: string; label: string; kind: 'date' }
    /** A checkbox; ticked, the address says `on`. */
    | { name: string; label: string; kind: 'checkbox' }
    /** Without options here, the list's `choices` bring them. */
    | { name: string; label: string; kind: 'select'; all: string; options?: readonly Option[] }
    /** Those that the list's `choices` bring, where a role has fewer. */
    | {
        name: string
        label: string
        kind: 'tabs'
        options: readonly Option[]
        /** The look-up that says how many some of them have, asked after the list. */
        counts?: 'appointmentCounts' | 'divestmentCounts'
      }
  )

/** What the role's default filter leaves out, in words, and the checkbox that lifts it. */
export interface Narrowing {
  sentence: string
  liftedBy: string
}

/** What the address of a list asks for, once known filters are kept and the rest ignored. */
export interface ListRequest {
  filters: Readonly<Record<string, string>>
  page: number
  perPage: number
}

export interface ListResult<Row> {
  rows: readonly Row[]
  /** At most `countedUpTo` (resources/shared/counted.ts) + 1: beyond, the list says "plus de 1 000". */
  total: number
  /** Said under the title instead of the total. */
  lede?: string
  /** Said of an empty list instead of its usual words. */
  empty?: EmptyWords
  narrowed?: Narrowing | null
  /** Something of it changes by itself: it is read again after so many milliseconds, while it is looked at. */
  again?: number
}

interface EmptyWords {
  title: string
  hint: string
  /** Where what the hint says is done. */
  link?: { text: string; to: string }
}

/** The page that leads to a list, where the menu does not. */
interface Crumb {
  label: string
  href: string
}

/** The look-ups that say what the filters of a list offer. */
export type ListChoices = 'appointmentChoices' | 'slotChoices' | 'probationerChoices' | 'divestmentChoices'

/** What filters offer that is read from the database, by name of filter. */
export type Choices = Readonly<Record<string, readonly Option[]>>

export interface ListOf<Row extends { id: number | string }> {
  columns: readonly ColumnOf<Row>[]
  filters: readonly Filter[]
  /** The look-up that brings the choices of the filters, asked once however many pages are turned. */
  choices?: ListChoices
  under?: Crumb
  empty: EmptyWords
  read(ctx: Context<AgentActor>, request: ListRequest): Promise<ListResult<Row>>
  /** Where the whole list is asked as a file, all pages together. */
  files?: {
    addresses: readonly { address: string; label: string }[]
    /** Who may take them away. */
    may: (actor: AgentActor) => boolean
    /** Said on their buttons, when they take less of it away than they see. */
    only: (actor: AgentActor) => string | null
  }
  /** Names of the bulk actions possible on the row, for the bar that opens once rows are ticked. */
  bulkActionsOf?(row: Row): readonly string[]
}

/** What the list's component needs to know, given once in the action's `custom`. */
export interface ListShape {
  title: string
  /** "convocation", "convocations". */
  noun: readonly [string, string]
  columns: readonly Column[]
  filters: readonly Filter[]
  choices?: ListChoices
  under?: Crumb
  empty: EmptyWords
}

export interface ListAnswer {
  meta: {
    /** At most `countedUpTo`, then `more`. */
    total: number
    more: boolean
    page: number
    perPage: number
    lede?: string
    empty?: EmptyWords
    narrowed?: Narrowing
    again?: number
    /** The addresses that give the whole list as a file, for those who may take it away. */
    files: readonly { address: string; label: string }[]
  }
  records: { id: number | string; cells: Record<string, CellValue>; bulk: readonly string[] }[]
}

export const listMostRows = 50
export const listRows = 25
