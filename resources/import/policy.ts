import type { Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { permits, rightsTable, scopeOf } from '../shared/rights'
import type { ImportKind } from './schema'

// Sending a file, by kind; each line asks besides the right of what it does. `read`: S, those one sent.
const table = rightsTable(`
action             CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
agents             Y  Y  Y  –  –  –  –  –  –  –  –  –  –  –  –
competent_services Y  –  –  –  –  –  –  –  –  –  –  –  –  –  –
probationers       Y  –  –  –  –  –  –  –  –  –  –  –  –  –  –
read               A  S  S  –  –  –  –  –  –  –  –  –  –  –  –
`)

export const mayStartImport = (actor: Actor, kind: ImportKind): boolean => permits(actor, table, kind)

/** Whether the actor sends files at all: the list is shown to nobody else. */
export const mayOpenImports = (actor: Actor): boolean => mayStartImport(actor, 'agents')

export const importsVisibleTo = (actor: Actor): Prisma.ImportRunWhereInput =>
  scopeOf(actor, table, 'read', (agent) => ({ S: { agentId: agent.id } }))
