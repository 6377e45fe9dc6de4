import type { Location } from 'react-router-dom'
import type { Filter } from '../define/list'

/** What a list was asked in words, carried from a page to the next by the entry of the browser's history. */
export interface TypedState {
  typed?: Readonly<Record<string, string>>
}

export interface Asked {
  params: URLSearchParams
  /** Where the same list is with some of it changed, from its first page; an empty value asks nothing. */
  with: (changes: Readonly<Record<string, string>>) => { to: string; state: TypedState }
}

/**
 * What a list is asked. Its address keeps all but the texts: they name people, and addresses are kept by
 * browsers, copied and shared.
 */
export function askedOf({ search, state }: Location, filters: readonly Filter[]): Asked {
  const texts = filters.filter(({ kind }) => kind === 'text').map(({ name }) => name)
  const { typed = {} } = (state as TypedState | null) ?? {}
  const params = new URLSearchParams(search)
  for (const name of texts) set(params, name, typed[name] ?? '')
  return {
    params,
    with(changes) {
      const address = new URLSearchParams(params)
      address.delete('page')
      for (const [name, value] of Object.entries(changes)) set(address, name, value)
      const kept = texts.map((name) => [name, address.get(name) ?? ''] as const)
      for (const name of texts) address.delete(name)
      return { to: `?${address}`, state: { typed: Object.fromEntries(kept.filter(([, text]) => text)) } }
    },
  }
}

function set(params: URLSearchParams, name: string, value: string): void {
  if (value) params.set(name, value)
  else params.delete(name)
}
