/**
 * An action of the back office: a command, plus who may, when, and words. `defineResource` turns each
 * into an AdminJS action (new, edit, archive, a bulk act…); nothing else writes from the back office.
 */
import type * as z from 'zod'
import type { AgentActor } from '../../resources/shared/actor'
import type { Context } from '../../resources/shared/context'
import type { EntryCountName, ForeseenName, ScreenName } from '../screens/names'
import type { IconName } from '../ui/icon'

/** A command an agent may run, whatever it takes and answers. */
export interface AgentCommand {
  (ctx: Context<AgentActor>, raw: never): Promise<unknown>
  input: z.ZodType
  prepare: (ctx: Context<AgentActor>, raw: never) => Promise<(ctx: Context<AgentActor>) => Promise<unknown>>
}
export type AgentQuery = (ctx: Context<AgentActor>, raw: never) => Promise<unknown>

export type InputOf<C> = C extends (ctx: never, raw: infer Raw) => unknown ? Raw : never
export type ResultOf<C> = C extends (...args: never[]) => Promise<infer Result> ? Result : never

interface Words<Result> {
  button: string
  /** Of the page that asks; the button's words without it. */
  title?: string
  /** What the act does, read before it is done. */
  lede?: string
  /** The button that does it; the first button's words without it. */
  submit?: string
  /** Said once it is done. */
  done(result: Result): string
}

/** Another page, where part of the act is done. */
export interface Way {
  text: string
  to: string
}

/** What every action has, command or not. */
interface Drawn<Read extends AgentQuery | undefined = AgentQuery | undefined> {
  look?: 'main' | 'plain' | 'danger'
  icon?: IconName
  /** Drawn instead of the form made from the command's input. */
  screen?: ScreenName
  /** What the menu opens, rather than the list. */
  landing?: true
  /** It has an entry of the menu of its own, in this section: of the daily one, after that of its resource. */
  entry?: 'daily' | 'exit' | 'service'
  /** The look-up that says how many wait there, beside the entry. */
  counted?: EntryCountName
  /** The screen draws the form made from the command's input: it is given its fields. */
  withForm?: true
  /** Drawn by a screen of ours, not among the buttons of a list or of a record. */
  elsewhere?: true
  /** What the form or the screen starts from; takes the record's id under the name of the input's field. */
  read?: Read
  /** What the page says of what was read, under its title: how many are concerned, until when. */
  about?(data: ResultOf<Read>): string
  /** Beside it, the page where what it says is done. */
  leadsTo?(data: ResultOf<Read>): Way
}

/** What a screen knows of its reader, and they may change. */
export type ReaderChange = Partial<
  Pick<AgentActor, 'firstName' | 'lastName' | 'shortcutsEnabled' | 'organization' | 'jurisdiction'>
>

interface Writes<C extends AgentCommand, Read extends AgentQuery | undefined> extends Drawn<Read> {
  command: C
  words: Words<ResultOf<C>>
  /** Part of the input that this button decides: the others are asked, or needed by nobody. */
  given?: Partial<InputOf<C>>
  /** The look-up that says, of what is typed, what the act would do. */
  foreseen?: ForeseenName
  /** Done by its button at once: nothing is asked. */
  immediate?: true
  /** Undone by this action of the same resource, offered for a few seconds. */
  undo?: string
  /** What it changes of the agent who does it, shown at the top of every page. */
  ofReader?(result: ResultOf<C>): ReaderChange
  /** Where the browser goes next; without it the record, or the list when there is none. */
  next?(result: ResultOf<C>): string
}

interface Reads<Read extends AgentQuery | undefined> extends Drawn<Read> {
  words: Pick<Words<unknown>, 'button' | 'title' | 'lede'>
  screen: ScreenName
}

interface OnRecord<Facts> {
  /** The policy that the command asks; the state of the record is `whyNot`'s. */
  may: (actor: AgentActor, facts: Facts) => boolean
  /** The rule the command refuses with; the button is not drawn. A code of refusal, or null. */
  whyNot?: (facts: Facts, now: Date, actor: AgentActor) => string | null
  /** The records it is done on, where they are not those that are seen. */
  reaches?: (actor: AgentActor, now: Date) => object
}

/** An action as `defineResource` reads it, once the compiler has checked it against its command and facts. */
export interface Action extends Drawn, OnRecord<never> {
  kind: 'record' | 'bulk' | 'resource'
  /** The input field that takes the id, or the ids, of the address. */
  idField: string | null
  command?: AgentCommand
  words: Words<never>
  given?: object
  immediate?: true
  foreseen?: ForeseenName
  undo?: string
  ofReader?(result: never): ReaderChange
  next?(result: never): string
}

/** An action with the command it runs and what its page reads: what the browser's types are made from. */
export interface Defined<
  C extends AgentCommand | undefined = AgentCommand | undefined,
  Kind extends Action['kind'] = Action['kind'],
  Read extends AgentQuery | undefined = AgentQuery | undefined,
> {
  kind: Kind
  command: C
  read: Read
  action: Action
}

/** The fields that the commands of a resource take: what its words may name. */
export type InputFields<Acts> = Acts[keyof Acts] extends infer One
  ? One extends Defined<infer C>
    ? C extends AgentCommand
      ? keyof InputOf<C> & string
      : never
    : never
  : never

/** The ways to declare an action of a resource, given the facts that are read with its records. */
export interface Actions<Facts> {
  /** An act on one record; `idField` is the input field that takes its id, from the address only. */
  record<C extends AgentCommand, R extends AgentQuery | undefined = undefined>(
    idField: keyof InputOf<C> & string,
    action: Writes<C, R> & OnRecord<Facts>,
  ): Defined<C, 'record', R>
  /** A page about one record that writes nothing. */
  recordScreen<R extends AgentQuery | undefined = undefined>(
    idField: string,
    action: Reads<R> & OnRecord<Facts>,
  ): Defined<undefined, 'record', R>
  /** One command on many records, in one transaction; `idsField` takes their ids, from the address only. */
  bulk<C extends AgentCommand, R extends AgentQuery | undefined = undefined>(
    idsField: keyof InputOf<C> & string,
    action: Writes<C, R> & OnRecord<Facts>,
  ): Defined<C, 'bulk', R>
  /** A page about many records that writes nothing. */
  bulkScreen<R extends AgentQuery | undefined = undefined>(
    idsField: string,
    action: Reads<R> & OnRecord<Facts>,
  ): Defined<undefined, 'bulk', R>
  /** An act on no record yet: creating, inviting, a batch. */
  resource<C extends AgentCommand, R extends AgentQuery | undefined = undefined>(
    action: Writes<C, R> & { may: (actor: AgentActor) => boolean },
  ): Defined<C, 'resource', R>
  /** A page of the resource that writes nothing. */
  resourceScreen<R extends AgentQuery | undefined = undefined>(
    action: Reads<R> & { may: (actor: AgentActor) => boolean },
  ): Defined<undefined, 'resource', R>
}

const defined = (kind: Action['kind'], idField: string | null, action: object) => ({
  kind,
  command: 'command' in action ? action.command : undefined,
  read: 'read' in action ? action.read : undefined,
  action: { ...action, kind, idField },
})

export const actions = {
  record: (idField: string, action: object) => defined('record', idField, action),
  recordScreen: (idField: string, action: object) => defined('record', idField, action),
  bulk: (idField: string, action: object) => defined('bulk', idField, action),
  bulkScreen: (idsField: string, action: object) => defined('bulk', idsField, action),
  resource: (action: object) => defined('resource', null, action),
  resourceScreen: (action: object) => defined('resource', null, action),
} as unknown as Actions<never>
