import type { Prisma } from '@prisma/client'
import type { Actor, AgentActor } from '../shared/actor'
import {
  isExecutionOffice,
  isProbation,
  permits,
  rightsTable,
  usesInterJurisdiction,
  worksAtCourt,
} from '../shared/rights'
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

/** What is booked at the exit of a hearing, on published slots: seen before a person is chosen. */
export const hearingExitTypes = [
  'hearing_exit_sentence_judge',
  'hearing_exit_probation',
  'electronic_tag_fitting',
] as const

/**
 * Which exit of a hearing has no desk where the other half of the jurisdiction does not use the product: a court alone
 * sends to its own judge only, a probation service alone receives nobody from a hearing.
 */
export const hasNoDesk = (actor: Actor, typeCode: string): boolean =>
  actor.kind === 'agent' &&
  hearingExitTypes.some((code) => code === typeCode) &&
  isAlone(actor) &&
  (actor.organization.kind === 'probation_service' || typeCode !== 'hearing_exit_sentence_judge')

/** Nor is it convoked for, unless the agent works beyond the jurisdiction. */
export const isLeftAlone = (actor: Actor, typeCode: string): boolean =>
  hasNoDesk(actor, typeCode) && !(actor.kind === 'agent' && usesInterJurisdiction(actor))

/** No service linked to theirs uses the product yet. */
export const isAlone = (agent: AgentActor): boolean =>
  agent.role !== 'central_admin' && !agent.organization.hasOpenPartner

/** Whether the actor convokes for this type, before any place is looked at. */
export const isBookableBy = (actor: Actor, type: AppointmentTypeFacts): boolean =>
  actor.kind === 'system' ||
  (actor.kind === 'agent' &&
    actor.charterAccepted &&
    isOfferedTo(type, actor.role, actor.organization.kind) &&
    !isLeftAlone(actor, type.code))

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
