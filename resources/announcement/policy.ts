import type { Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { permits, rightsTable, scopeOf } from '../shared/rights'

const table = rightsTable(`
action     CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
manage     A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
markAsRead A  S  S  S  S  S  S  S  S  S  S  S  S  S  S
`)

export const mayManageAnnouncements = (actor: Actor): boolean => permits(actor, table, 'manage')

/** The addressee closes it, or a central admin for them. */
export const mayMarkAsRead = (actor: Actor, receipt: { agentId: number }): boolean =>
  permits(actor, table, 'markAsRead', (agent) => ({ S: receipt.agentId === agent.id }))

/** The announcements of the central console. */
export const announcementsVisibleTo = (actor: Actor): Prisma.AnnouncementWhereInput =>
  scopeOf(actor, table, 'manage', () => ({}))

/** The announcements an agent was sent. */
export const announcementsReceivedBy = (actor: Actor): Prisma.AnnouncementWhereInput => ({
  receipts: { some: { agentId: actor.kind === 'agent' ? actor.id : 0 } },
})
