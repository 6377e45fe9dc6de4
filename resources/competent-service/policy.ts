import type { Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { permits, rightsTable, scopeOf } from '../shared/rights'

const table = rightsTable(`
action CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
manage A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
`)

/** Reading the ministry's directory and tying its entries to our services. */
export const mayManageCompetentServices = (actor: Actor): boolean => permits(actor, table, 'manage')

export const competentServicesVisibleTo = (actor: Actor): Prisma.CompetentServiceWhereInput =>
  scopeOf(actor, table, 'manage', () => ({}))
