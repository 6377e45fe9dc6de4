/** How declarations and answers travel from the server to the browser. */
import type { EntryCountName, ForeseenName, ScreenName } from '../screens/names'
import type { IconName } from '../ui/icon'
import type { ReaderChange, Way } from './action'
import type { CellValue } from './cells'
import type { FormField } from './form'

/** What the browser knows of an action, in the store AdminJS fills: `action.custom`. */
export interface ActionWords {
  button: string
  title: string
  lede: string | null
  submit: string
  look: 'main' | 'plain' | 'danger'
  icon: IconName | null
  screen: ScreenName | null
  elsewhere: boolean
  landing: boolean
  entry: 'daily' | 'exit' | 'service' | null
  counted: EntryCountName | null
  immediate: boolean
  undo: string | null
  foreseen: ForeseenName | null
  /** The field of the input that takes the record of the address. */
  idField: string | null
  /** Of the form made from the command's input; empty when a screen draws it. */
  fields: readonly FormField[]
  /** Whether it has a page, and whether it writes: what the door lets through. */
  opens: boolean
  writes: boolean
}

/** A record as its page receives it. */
export interface RecordAnswer {
  id: number | string
  title: string
  /** Names of the actions that are possible now, in the order of the declaration. */
  actions: readonly string[]
  /** Declared columns, in words; empty where the record has a screen of its own. */
  cells: Readonly<Record<string, CellValue>>
}

/** The answer to a GET of an action. */
export interface Opened {
  record: RecordAnswer | null
  data: unknown
  /** Said under the title, of what was read. */
  about: string | null
  leadsTo: Way | null
}

/** The answer to a POST that was done. */
export interface Done {
  ok: true
  notice: string
  result: unknown
  next: string | null
  undo: string | null
  ofReader: ReaderChange | null
}
