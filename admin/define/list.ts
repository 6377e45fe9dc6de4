/** How a list travels from the server to the browser: words and cells, nothing else. */
import type { AppointmentState } from '../../resources/appointment/rules'
import type { IconName } from '../ui/icon'
import type { Tone } from '../ui/tone'
import type { OutcomeSubject } from '../screens/appointment/outcome'

export type CellValue =
  | null
  | string
  | { text: string; to?: string; sub?: string; kind?: 'hour' | 'light' }
  | { text: string; tone: Tone; icon?: IconName }
  | { text: string; to: string; kind: 'act'; label: string }
  /** Whether the person came: asked, or told and corrected. */
  | { kind: 'outcome'; settled: OutcomeSubject; state: AppointmentState; asks: boolean; mayUndo: boolean }

export interface Column {
  key: string
  label: string
  /** Set against the right edge: numbers and acts. */
  end?: boolean
}

export interface Option {
  value: string
  label: string
}

export type Filter =
  | { name: string; label: string; kind: 'text'; hint?: string }
  | { name: string; label: string; kind: 'date' }
  /** A box; ticked, the address says `on`. */
  | { name: string; label: string; kind: 'box' }
  /** Without options here, they come with the list. */
  | { name: string; label: string; kind: 'select'; all: string; options?: readonly Option[] }
  /** Those of the options that the list answers with, where a role has fewer. */
  | { name: string; label: string; kind: 'tabs'; options: readonly Option[] }

/** What the list's component needs to know, given once in the action's `custom`. */
export interface ListShape {
  title: string
  /** "convocation", "convocations". */
  noun: readonly [string, string]
  columns: readonly Column[]
  filters: readonly Filter[]
  empty: { title: string; hint: string }
}

export interface ListAnswer {
  meta: {
    /** At most `countedUpTo`, then `more`. */
    total: number
    more: boolean
    page: number
    perPage: number
    lede?: string
    /** What those who may do beside the list, one button at its head. */
    act?: { text: string; to: string }
    options: Readonly<Record<string, readonly Option[]>>
  }
  records: { id: number; params: Record<string, CellValue> }[]
}

export const listMostRows = 50
export const listRows = 25
