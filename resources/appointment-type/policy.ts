import type { Prisma } from '@prisma/client'
import type { Actor, AgentActor } from '../shared/actor'
import { permits, rightsTable } from '../shared/rights'
import { familyOf, isBookableBy as isBookableByRole, type BookingFlags, type RoleFamily } from './rules'

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

const flagOf = {
  execution_office: 'bookableByExecutionOffice',
  sentence_department: 'bookableBySentenceDepartment',
  probation: 'bookableByProbation',
} satisfies Record<Exclude<RoleFamily, 'central'>, keyof BookingFlags>

export const mayManageAppointmentTypes = (actor: Actor): boolean => permits(actor, table, 'manage')

/** Whether the actor convokes for this type, before any place is looked at. */
export const isBookableBy = (actor: Actor, type: BookingFlags): boolean =>
  actor.kind === 'system' ||
  (actor.kind === 'agent' &&
    actor.charterAccepted &&
    isBookableByRole(type, actor.role, actor.organization.kind))

/** Whether the type is one of those of the agent's family: what they cancel, settle, reschedule. */
export function isOfOwnFamily(agent: AgentActor, type: BookingFlags): boolean {
  const family = familyOf(agent.role, agent.organization.kind)
  return family === 'central' || type[flagOf[family]]
}

/** The types of the agent's family. */
export function typesOfOwnFamily(agent: AgentActor): Prisma.AppointmentTypeWhereInput {
  const family = familyOf(agent.role, agent.organization.kind)
  return family === 'central' ? {} : { [flagOf[family]]: true }
}
