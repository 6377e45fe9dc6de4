import type { Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { permits, rightsTable, scopeOf } from '../shared/rights'

const table = rightsTable(`
action CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
manage A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
`)

/** The list of likely duplicates, saying that two records are of two persons, asking for the search. */
export const mayManageDuplicates = (actor: Actor): boolean => permits(actor, table, 'manage')

export const likelyDuplicatesVisibleTo = (actor: Actor): Prisma.LikelyDuplicateWhereInput =>
  scopeOf(actor, table, 'manage', () => ({}))
