import { randomInt } from 'node:crypto'
import { charterVersion } from '../../resources/agent/charter'
import { agentActor } from '../../resources/agent/queries/actor.server'
import { newSmsOptOutToken } from '../../resources/probationer/commands/opt-out.server'
import type { AgentActor, OrganizationKind, Role } from '../../resources/shared/actor'
import { workingDayFrom } from '../../resources/shared/calendar'
import {
  addDays,
  civilOf,
  dbDateOf,
  instantOf,
  type CivilDate,
  type CivilTime,
} from '../../resources/shared/civil-time'
import type { Context } from '../../resources/shared/context'
import { prisma, transaction } from '../../resources/shared/db.server'
import { orNotFound } from '../../resources/shared/errors'

let phones = 8000

/** A Monday of work: 10:00 in Paris, 5 October 2026. Tests move from here. */
export const monday = new Date('2026-10-05T08:00:00Z')

/** The first working day at least so many days away, in a département. */
export const workingDay = (daysAway: number, departmentCode = '92'): CivilDate =>
  workingDayFrom(addDays(civilOf(new Date(), 'Europe/Paris').date, daysAway), departmentCode)

/** Acts in one transaction at an instant of the test's choosing. */
export function actAt<Result>(
  actor: AgentActor,
  now: Date,
  work: (ctx: Context<AgentActor>) => Promise<Result>,
): Promise<Result> {
  return transaction((tx) => work({ tx, actor, now }), { maxWait: 10_000, timeout: 20_000 })
}

const typesOf: Record<OrganizationKind, string[]> = {
  court: ['hearing_exit_sentence_judge', 'sentence_judge_follow_up'],
  probation_service: [
    'hearing_exit_probation',
    'electronic_tag_fitting',
    'probation_follow_up',
    'phone_appointment',
    'electronic_monitoring',
  ],
}

export async function aService(
  name: string,
  kind: OrganizationKind,
  more: { departmentCode?: string; timeZone?: string; interJurisdiction?: boolean } = {},
) {
  const departmentCode = more.departmentCode ?? '92'
  const organization = await prisma.organization.create({
    data: { name, kind, ...more, departmentCode, openedAt: new Date('2026-01-05') },
  })
  const place = await prisma.place.create({
    data: {
      organizationId: organization.id,
      name,
      address: '14 rue des Peupliers, 92000 Nanterre',
      shortAddress: '14 rue des Peupliers, Nanterre',
      departmentCode,
      phone: '+33199001020',
      appointmentTypes: { create: typesOf[kind].map((typeCode) => ({ typeCode })) },
      agendas: { create: [{ name: 'Agenda' }] },
    },
    include: { agendas: true },
  })
  return { ...organization, placeId: place.id, agendaId: orNotFound(place.agendas[0], 'agenda').id }
}
export type AService = Awaited<ReturnType<typeof aService>>

/** The account of an agent. `charter`: the version they accepted, the one in force without it. */
export function anAccount(
  service: { id: number },
  role: Role,
  { charter = charterVersion, ...more }: AccountOptions = {},
) {
  return prisma.agent.create({
    data: {
      email: `agent-${randomInt(1e12)}@justice.example`,
      firstName: 'Claire',
      lastName: 'Vasseur',
      role,
      organizationId: service.id,
      securityCharterVersion: charter,
      securityCharterAcceptedAt: charter && monday,
      ...more,
    },
  })
}
interface AccountOptions {
  charter?: string | null
  firstName?: string
  lastName?: string
  passwordHash?: string | null
}

/** An agent, as a request would read them. */
export async function anAgent(
  service: { id: number },
  role: Role,
  more: AccountOptions = {},
): Promise<AgentActor> {
  const row = await anAccount(service, role, more)
  return orNotFound(
    await agentActor({ tx: prisma, actor: { kind: 'system', task: 'test' }, now: monday }, row.id),
    'agent',
  )
}

export async function aPerson(
  followedBy: readonly { id: number }[],
  data: {
    lastName?: string
    firstName?: string
    dateOfBirth?: CivilDate
    phone?: string | null
    appiNumber?: string | null
    smsOptOut?: boolean
    smsStoppedAt?: Date
    createdAt?: Date
    archivedAt?: Date
    limitedAt?: Date
    followedByAntiTerrorismJudge?: boolean
    creatingOrganizationId?: number
    assignedAgentId?: number
  } = {},
) {
  return prisma.probationer.create({
    data: {
      lastName: `PERSONNE ${randomInt(1e12)}`,
      firstName: 'Karim',
      phone: `+3363998${phones++}`,
      ...data,
      dateOfBirth: dbDateOf(data.dateOfBirth ?? '1991-04-12'),
      smsOptOutToken: newSmsOptOutToken(),
      followings: { create: followedBy.map(({ id }) => ({ organizationId: id })) },
    },
  })
}

export async function aSlot(
  service: AService,
  typeCode: string,
  date: CivilDate,
  startTime: CivilTime,
  more: { capacity?: number; isOpen?: boolean; seatsTaken?: number } = {},
) {
  return prisma.slot.create({
    data: {
      agendaId: service.agendaId,
      typeCode,
      date: dbDateOf(date),
      startTime,
      startsAt: instantOf(date, startTime, service.timeZone),
      ...more,
    },
  })
}

/** The court of a probation service: without one, no exit of a hearing is offered there. */
export async function courtOf(service: AService): Promise<AService> {
  const court = await aService(`TJ, ${service.name}`, 'court')
  await prisma.organizationLink.create({ data: { courtId: court.id, probationServiceId: service.id } })
  return court
}

/** Two jurisdictions: Nanterre (a court, two probation branches) and Lyon, which must see nothing of it. */
export async function aCountry() {
  const court = await aService('TJ de Nanterre', 'court')
  const spip = await aService('SPIP de Nanterre', 'probation_service')
  const branch = await aService('SPIP de Gennevilliers', 'probation_service')
  const foreign = await aService('SPIP de Lyon', 'probation_service', { departmentCode: '69' })
  await prisma.organizationLink.createMany({
    data: [spip, branch].map((service) => ({ courtId: court.id, probationServiceId: service.id })),
  })
  return { court, spip, branch, foreign }
}
