/**
 * What our screens may read and ask, by name: POST /admin/api/msj/queries/:name and
 * /commands/:name, served by admin/api.ts, called by components/api.ts, which takes its types from
 * here. Each entry parses what it is given and checks rights itself; this table decides nothing.
 */
import type { AgentActor } from '../resources/shared/actor'
import type { Context } from '../resources/shared/context'
import { searchProbationers } from '../resources/probationer/queries.server'

type Entry = (ctx: Context<AgentActor>, raw: never) => Promise<unknown>

export const queries = { searchProbationers } satisfies Record<string, Entry>

export const commands = {} satisfies Record<string, Entry>

export type Queries = typeof queries
export type Commands = typeof commands
