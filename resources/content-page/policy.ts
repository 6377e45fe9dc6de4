import type { Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { permits, rightsTable, scopeOf } from '../shared/rights'

const table = rightsTable(`
action  CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
manage  A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
`)

/** Writing, publishing and checking the pages of the site; what is published is everybody's to read. */
export const mayManagePages = (actor: Actor): boolean => permits(actor, table, 'manage')

/** Drafts included. */
export const contentPagesVisibleTo = (actor: Actor): Prisma.ContentPageWhereInput =>
  scopeOf(actor, table, 'manage', () => ({}))
