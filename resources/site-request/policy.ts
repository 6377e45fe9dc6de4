import type { Prisma } from '@prisma/client'
import type { Actor } from '../shared/actor'
import { permits, rightsTable } from '../shared/rights'
import { teamKinds } from './schema'

const table = rightsTable(`
action CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
answer A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
`)

/** Reading and answering what visitors send, and what they say of the pages, is of the central team. */
export const mayAnswerSiteRequests = (actor: Actor): boolean => permits(actor, table, 'answer')

/** What is written to a service is read by that service only, in its mailbox. */
export const siteRequestsVisibleTo = (actor: Actor): Prisma.SiteRequestWhereInput =>
  mayAnswerSiteRequests(actor) ? { kind: { in: [...teamKinds] } } : { id: { in: [] } }

export const pageVotesVisibleTo = (actor: Actor): Prisma.PageVoteWhereInput =>
  mayAnswerSiteRequests(actor) ? {} : { id: { in: [] } }
