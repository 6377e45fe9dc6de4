import type { Prisma } from '@prisma/client'
import type { Actor, AgentActor } from '../shared/actor'
import { isExecutionOffice, isProbation, permits, rightsTable, worksAtCourt } from '../shared/rights'
import { isOfferedTo, type BookingFlags } from './rules'

const table = rightsTable(`
action CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP
manage A  –  –  –  –  –  –  –  –  –  –  –  –  –  –
`)

/** What the rights on a type depend on. */
export const appointmentTypeFacts = {
  code: true,
  bookableByExecutionOffice: true,
  bookableBySentenceDepartment: true,
  bookableByProbation: true,
  restrictedInProbation: true,
} satisfies Prisma.AppointmentTypeSelect

export type AppointmentTypeFacts = BookingFlags & { code: string }

/** The flag of the agent's family; the local admin of a court counts with its judges. */
export const flagOf = (agent: AgentActor): keyof BookingFlags | null => {
  if (isExecutionOffice(agent)) return 'bookableByExecutionOffice'
  if (worksAtCourt(agent)) return 'bookableBySentenceDepartment'
  return isProbation(agent) ? 'bookableByProbation' : null
}

export const mayManageAppointmentTypes = (actor: Actor): boolean => permits(actor, table, 'manage')

/** Whether the actor convokes for this type, before any place is looked at. */
export const isBookableBy = (actor: Actor, type: BookingFlags): boolean =>
  actor.kind === 'system' ||
  (actor.kind === 'agent' && actor.charterAccepted && isOfferedTo(type, actor.role, actor.organization.kind))

/** Whether the type is one of those of the agent's family: what they cancel, settle, reschedule. */
export function isOfOwnFamily(agent: AgentActor, type: BookingFlags): boolean {
  const flag = flagOf(agent)
  return agent.role === 'central_admin' || (flag !== null && type[flag])
}

/** The types of the agent's family. */
export function typesOfOwnFamily(agent: AgentActor): Prisma.AppointmentTypeWhereInput {
  const flag = flagOf(agent)
  return flag ? { [flag]: true } : {}
}
