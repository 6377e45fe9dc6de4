/**
 * How a screen opens and does the actions that admin/resources declares:
 *
 *   const { data } = useOpened('Probationer', 'edit', id)        what the form starts from
 *   const cancel = useAction('Appointment', 'cancel')
 *   const answer = await cancel.run(id, { inform: true })        → Done | Failure, cancel.busy meanwhile
 */
import { useMemo, useState } from 'react'
import { useSelector } from 'react-redux'
import type { Defined, InputOf, Way } from '../define/action'
import type { ListShape } from '../define/list'
import type { ActionWords, Done, RecordAnswer } from '../define/wire'
import type { Resources } from '../resources'
import { call, type Failure, type ResultOf } from './client'
import { readAgain, useReading, type QueryState } from './query'

export type ResourceName = keyof Resources
export type ActionName<R extends ResourceName> = keyof Resources[R]['actions'] & string
type Declared<R extends ResourceName, A extends ActionName<R>> = Resources[R]['actions'][A]
type PartOf<D, Part extends keyof Defined> = D extends Defined ? D[Part] : never
type CommandOf<R extends ResourceName, A extends ActionName<R>> = PartOf<Declared<R, A>, 'command'>
type KindOf<R extends ResourceName, A extends ActionName<R>> = PartOf<Declared<R, A>, 'kind'>
type ReadOf<R extends ResourceName, A extends ActionName<R>> = PartOf<Declared<R, A>, 'read'>

type Id = number | string
/** What the address says of the act: nothing, one id, several. */
type TargetOf<Kind> = Kind extends 'record' ? [id: Id] : Kind extends 'bulk' ? [ids: readonly Id[]] : []

export type DoneWith<Result> = Omit<Done, 'result'> & { result: Result }

const addressOf = (resource: string, action: string, target: Id | readonly Id[] | undefined) =>
  target === undefined
    ? `resources/${resource}/actions/${action}`
    : Array.isArray(target)
      ? `resources/${resource}/bulk/${action}?recordIds=${target.join(',')}`
      : `resources/${resource}/records/${target as Id}/${action}`

/** Heard by the frame: what the act before did is no longer the last word. */
export const refusedEvent = 'msj:refused'

/** Does an action by its names, for what is drawn from the declarations. */
export async function act(
  resource: string,
  action: string,
  target: Id | readonly Id[] | undefined,
  input: object,
): Promise<DoneWith<unknown> | Failure> {
  const answer = await call(addressOf(resource, action, target), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  // Said or refused, what the screens show of now may not be so any more.
  readAgain()
  if (answer.ok) return answer.body as Done
  window.dispatchEvent(new Event(refusedEvent))
  return answer
}

/** An action and where it stands. `run` never throws: a refusal or a lost network is a Failure. */
export function useAction<R extends ResourceName, A extends ActionName<R>>(resource: R, action: A) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const run = async (
    ...parameters: [...TargetOf<KindOf<R, A>>, input: Partial<InputOf<CommandOf<R, A>>>]
  ): Promise<DoneWith<ResultOf<CommandOf<R, A>>> | Failure> => {
    const input = parameters.at(-1) as object
    const target = parameters.length > 1 ? (parameters[0] as Id | readonly Id[]) : undefined
    setBusy(true)
    const answer = await act(resource, action, target, input)
    setBusy(false)
    setFailure(answer.ok ? null : answer)
    return answer as DoneWith<ResultOf<CommandOf<R, A>>> | Failure
  }
  return { busy, failure, setFailure, run }
}

export interface OpenedWith<Data> {
  record: RecordAnswer | null
  data: Data
  about: string | null
  leadsTo: Way | null
}

/** Opens the page of an action, or the record (`show`), by its names. `null` opens nothing yet. */
export const useOpenedByName = <Data>(
  resource: string,
  action: string,
  target: Id | readonly Id[] | undefined,
  search = '',
  { live = false }: { live?: boolean } = {},
): QueryState<OpenedWith<Data>> =>
  useReading(
    ['opened', resource, action, target, search],
    async (signal) => {
      const address = addressOf(resource, action, target)
      const query = search.replace(/^\?/, '')
      const answer = await call(query ? `${address}${address.includes('?') ? '&' : '?'}${query}` : address, {
        signal,
      })
      return answer.ok ? { ok: true, result: answer.body as OpenedWith<Data> } : answer
    },
    { live },
  )

/** What the page of an action starts from. */
export const useOpened = <R extends ResourceName, A extends ActionName<R>>(
  resource: R,
  action: A,
  target?: Id | readonly Id[],
  search?: string,
) => useOpenedByName<ResultOf<ReadOf<R, A>>>(resource, action, target, search)

/** A record as its own screen reads it. */
export const useRecord = <R extends ResourceName>(resource: R, id: Id) =>
  useOpenedByName<ResultOf<Resources[R]['read']>>(resource, 'show', id, '', { live: true })

/** What the screen of a record receives. */
export type RecordData<R extends ResourceName> = ResultOf<Resources[R]['read']>
/** What the screen of an action receives. */
export type OpenedData<R extends ResourceName, A extends ActionName<R>> = ResultOf<ReadOf<R, A>>

/** What AdminJS's store holds of a resource: its actions, those the agent may use. */
export interface ResourceInStore {
  id: string
  name: string
  /** One of its records, and several, in a sentence: "lieu", "lieux". */
  nouns: readonly [string, string]
  navigation: { name: string; icon: string } | null
  actions: readonly { name: string; actionType: string; custom: ActionWords & ListShape }[]
  /** Those that need no record and are possible now. */
  resourceActions: readonly { name: string; custom: ActionWords & ListShape }[]
}

function named(resource: Omit<ResourceInStore, 'nouns'>): ResourceInStore {
  const list = resource.actions.find(({ name }) => name === 'list')?.custom
  // AdminJS gives the name of the model; people read the title of its list.
  return { ...resource, name: list?.title ?? resource.name, nouns: list?.noun ?? ['', ''] }
}

/** What takes an act back, as its button says and as it is told aloud; null when nothing does. */
export function undoOf(
  { actions }: ResourceInStore,
  { notice, undo }: { notice: string; undo: string | null },
) {
  const word = actions.find(({ name }) => name === undo)?.custom.button
  return undo && word ? { action: undo, word, label: `${word}\u00a0: ${notice}` } : null
}

export function useResources(): readonly ResourceInStore[] {
  const resources = useSelector(
    (state: { resources: readonly Omit<ResourceInStore, 'nouns'>[] }) => state.resources,
  )
  return useMemo(() => resources.map(named), [resources])
}

export const useResource = (id: string): ResourceInStore | undefined =>
  useResources().find((resource) => resource.id === id)
