import type { Prisma } from '@prisma/client'
import {
  appointmentTypeFacts,
  isBookableBy,
  hasNoDesk,
  isOfOwnFamily,
  typesOfOwnFamily,
  type AppointmentTypeFacts,
} from '../appointment-type/policy'
import { appointmentTypes } from '../appointment-type/catalogue'
import { isPlaceVisibleTo, type PlaceFacts } from '../place/policy'
import { knowsIdentity, mayWithProbationers } from '../probationer/policy'
import { whyNotEditable } from '../probationer/rules'
import type { Actor, AgentActor } from '../shared/actor'
import {
  belonging,
  isExecutionOffice,
  isSentenceDepartment,
  permits,
  reachOf,
  rightsTable,
  scopeOf,
  type Grant,
} from '../shared/rights'
import { isReconvenable, type AppointmentState } from './rules'
import { isCollective } from './rules'

// O: the own organization receives the person. J: the person is followed in the own jurisdiction.
// A line speaks of the types of the actor's family; its twin "…OtherTypes" of all the others.
const table = rightsTable(`
action                  CA  LC  LP  SJ  CS  SC  HS  HX  BX  PD  PC  ED  PS  MO  SP
list                    A   J+c J+c J+c J+c J+c J+c J+c J+c J+c J+c J+c J+c J+c J+c
filterByDefault         O   T+c O   T   T   T   T   T+c T+c O   O   O   O   O   O
index                   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y
probationExitAgenda     Y   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y
tagFittingAgenda        Y   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y   Y
sentenceJudgeExitAgenda Y   Y   R   Y   Y   Y   Y   Y   Y   R   R   R   R   R   R
show                    A   J+c J+c J+c J+c J+c J+c J+c J+c J+c J+c J+c J+c J+c J+c
create                  A   J   O   J   J   J   J   J+i J+i O   O   O   O   O   O
cancel                  A   J+c O+c J+c J+c J+c J+c J+c J+c O+c O+c O+c O+c O+c O+c
cancelOtherTypes        A   O+c –   –   –   –   –   –   –   –   –   –   –   –   –
recordOutcome           A   O   O   O   O   O   O   –   –   O   O   O   O   O   O
recordOutcomeOtherTypes A   O   –   –   –   –   –   –   –   –   –   –   –   –   –
reschedule              A   O+c O+c O+c O+c O+c O+c O+c O+c O+c O+c O+c O+c O+c O+c
rescheduleOtherTypes    A   O+c –   –   –   –   –   –   –   –   –   –   –   –   –
`)

/** What the rights on an appointment depend on. */
export const appointmentFacts = {
  organizationId: true,
  creatingOrganizationId: true,
  type: { select: appointmentTypeFacts },
  probationer: { select: { followingOrganizationIds: true } },
} satisfies Prisma.AppointmentSelect

export interface AppointmentFacts {
  /** The organization that receives the person. */
  organizationId: number
  creatingOrganizationId: number
  type: AppointmentTypeFacts
  probationer: { followingOrganizationIds: readonly number[] }
}

const standing =
  (facts: AppointmentFacts) =>
  (agent: AgentActor): Partial<Record<Grant, boolean>> => ({
    O: belonging(agent, [facts.organizationId]).O,
    J: belonging(agent, facts.probationer.followingOrganizationIds).J,
    c: facts.creatingOrganizationId === agent.organization.id,
  })

/**
 * Rights only: whether the appointment is booked, future or past is a rule. `recordOutcome` is
 * attended, missed, excused and undoing them.
 */
export function mayOnAppointment(
  actor: Actor,
  action: 'show' | 'cancel' | 'recordOutcome' | 'reschedule',
  facts: AppointmentFacts,
): boolean {
  const may = (line: keyof typeof table) => permits(actor, table, line, standing(facts))
  const ofOwnFamily = actor.kind !== 'agent' || isOfOwnFamily(actor, facts.type)
  switch (action) {
    case 'show':
      return may('show')
    case 'cancel':
      return may(ofOwnFamily ? 'cancel' : 'cancelOtherTypes')
    case 'recordOutcome':
      return may(
        ofOwnFamily && !isSettledByProbation(actor, facts.type) ? 'recordOutcome' : 'recordOutcomeOtherTypes',
      )
    case 'reschedule':
      return may(ofOwnFamily ? 'reschedule' : 'rescheduleOtherTypes')
  }
}

/** What reading who is expected depends on. */
export const whoIsExpected = {
  organizationId: true,
  probationer: { select: { followingOrganizationIds: true, creatingOrganizationId: true } },
} satisfies Prisma.AppointmentSelect

/**
 * Whether the reader of an appointment reads who is expected: beside whoever knows the person, the service that
 * receives them. A service that only made it reads the minimum (decision P2).
 */
export const knowsWhoIsExpected = (
  actor: Actor,
  facts: {
    organizationId: number
    probationer: { followingOrganizationIds: readonly number[]; creatingOrganizationId: number | null }
  },
): boolean =>
  knowsIdentity(actor, facts.probationer) ||
  (actor.kind === 'agent' && facts.organizationId === actor.organization.id)

/** The sentence department sends people to the probation service, which says whether they came. */
const settledByProbation = 'hearing_exit_probation'
const isSettledByProbation = (actor: Actor, type: AppointmentTypeFacts): boolean =>
  actor.kind === 'agent' && isSentenceDepartment(actor) && type.code === settledByProbation

/**
 * Whether this actor may convoke a person these organizations follow, for this type, to this place.
 * The state of the record, and whether the place receives this person for this type, are refusals
 * with a reason: the rules of booking.
 */
export const mayBook = (
  actor: Actor,
  facts: {
    type: AppointmentTypeFacts
    place: PlaceFacts
    probationer: { followingOrganizationIds: readonly number[] }
  },
): boolean =>
  isBookableBy(actor, facts.type) &&
  isPlaceVisibleTo(actor, facts.place) &&
  permits(actor, table, 'create', (agent) => ({
    O: belonging(agent, [facts.place.organizationId]).O,
    J: belonging(agent, facts.probationer.followingOrganizationIds).J,
  }))

/** Whether the actor convokes anybody at all: the form is offered to nobody else. */
export const mayOpenBooking = (actor: Actor): boolean => reachOf(actor, table, 'create').length > 0

/** An appointment that is neither cancelled nor moved to another date. */
export const stands = {
  state: { notIn: ['cancelled', 'rescheduled'] },
} satisfies Prisma.AppointmentWhereInput

/**
 * Whether somebody who did not come, or was excused, may be convoked again from that appointment: once, unless what
 * came after it is cancelled. The form says what else holds it back.
 */
export const mayReconvene = (
  actor: Actor,
  facts: AppointmentFacts & {
    state: AppointmentState
    reconvened: boolean
    probationer: { archivedAt: Date | null; limitedAt: Date | null }
  },
): boolean =>
  isReconvenable(facts.state) &&
  !facts.reconvened &&
  whyNotEditable(facts.probationer) === null &&
  isBookableBy(actor, facts.type) &&
  permits(actor, table, 'create', standing(facts))

/** Whether the actor convokes groups: a role that books one of their types. */
export const mayConvokeGroups = (actor: Actor): boolean =>
  mayOpenBooking(actor) &&
  appointmentTypes.some((type) => isCollective(type.code) && isBookableBy(actor, type))

export const mayOpenAppointments = (actor: Actor): boolean => permits(actor, table, 'index')

/** The type each hearing-exit agenda shows. */
const exitAgendas: Record<string, keyof typeof table> = {
  hearing_exit_sentence_judge: 'sentenceJudgeExitAgenda',
  hearing_exit_probation: 'probationExitAgenda',
  electronic_tag_fitting: 'tagFittingAgenda',
}

/** Whether the actor reads, or works in, the hearing-exit agenda of this type. */
export function mayOpenExitAgenda(actor: Actor, typeCode: string, how: 'read' | 'write'): boolean {
  const line = exitAgendas[typeCode]
  return (
    line !== undefined &&
    permits(actor, table, line, () => ({ R: how === 'read' })) &&
    !hasNoDesk(actor, typeCode)
  )
}

/**
 * What leaves a hearing, of which the day is told on the first page: to the execution offices, which send
 * it, and to whoever fits the tags.
 */
export const exitTypesSeenBy = (actor: AgentActor): string[] =>
  isExecutionOffice(actor)
    ? Object.keys(exitAgendas).filter((typeCode) => !hasNoDesk(actor, typeCode))
    : actor.role === 'monitoring_officer'
      ? ['electronic_tag_fitting']
      : []

/** A cell of a custom column in a hearing-exit agenda; the column is a court's. */
export const mayFillCustomColumn = (
  actor: Actor,
  appointment: AppointmentFacts,
  column: { organizationId: number },
): boolean =>
  mayOnAppointment(actor, 'show', appointment) &&
  mayOpenExitAgenda(actor, appointment.type.code, 'write') &&
  permits(actor, table, 'show', (agent) => belonging(agent, [column.organizationId]))

const clauses = (agent: AgentActor): Partial<Record<Grant, Prisma.AppointmentWhereInput>> => ({
  O: { organizationId: agent.organization.id },
  J: { probationer: { followingOrganizationIds: { hasSome: [...agent.jurisdiction] } } },
  c: { creatingOrganizationId: agent.organization.id },
  T: { type: typesOfOwnFamily(agent) },
})

/** Of every type: those of the jurisdiction's persons, and those the own organization made. */
export const appointmentsVisibleTo = (actor: Actor): Prisma.AppointmentWhereInput =>
  scopeOf(actor, table, 'list', clauses)

/** Taking a list of appointments away: what holds for a list of persons, of whom it speaks (decision P10). */
export const mayExportAppointments = (actor: Actor, which: 'list' | 'own'): boolean =>
  mayWithProbationers(actor, which === 'list' ? 'exportList' : 'exportOwn')

/** Whether the actor ever says who came: the list of missing outcomes concerns nobody else. */
export const mayRecordOutcomes = (actor: Actor): boolean => reachOf(actor, table, 'recordOutcome').length > 0

/**
 * What `recordOutcome` reaches, for a list read without Prisma: the own organization only; of the types of
 * the own family, but one that others settle.
 */
export const outcomeReach = (actor: AgentActor) => ({
  ownOnly: !reachOf(actor, table, 'recordOutcome').includes('A'),
  everyType: reachOf(actor, table, 'recordOutcomeOtherTypes').length > 0,
  exceptType: isSentenceDepartment(actor) ? settledByProbation : null,
})

/** The same two cells, for a list read without Prisma. */
export const appointmentListReach = (actor: Actor) => ({
  list: reachOf(actor, table, 'list'),
  byDefault: reachOf(actor, table, 'filterByDefault'),
})

/** The list's filter until the agent lifts it. Narrows the list, protects nothing. */
export const defaultAppointmentFilter = (actor: Actor): Prisma.AppointmentWhereInput =>
  scopeOf(actor, table, 'filterByDefault', clauses)
