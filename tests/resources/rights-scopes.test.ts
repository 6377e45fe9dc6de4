import { beforeAll, describe, expect, it } from 'vitest'
import { agendasVisibleTo } from '../../resources/agenda/policy'
import { agentsAssignableBy, agentsVisibleTo } from '../../resources/agent/policy'
import { announcementsVisibleTo } from '../../resources/announcement/policy'
import { appointmentTypes } from '../../resources/appointment-type/catalogue'
import { appointmentsVisibleTo, defaultAppointmentFilter } from '../../resources/appointment/policy'
import { closuresVisibleTo } from '../../resources/closure/policy'
import { divestmentsVisibleTo } from '../../resources/divestment/policy'
import { importsVisibleTo } from '../../resources/import/policy'
import { templatesVisibleTo } from '../../resources/message/template/policy'
import { organizationsVisibleTo } from '../../resources/organization/policy'
import { placesBookableBy, placesOfExitAgendas, placesVisibleTo } from '../../resources/place/policy'
import {
  defaultProbationerFilter,
  probationersConvokableBy,
  probationersVisibleTo,
} from '../../resources/probationer/policy'
import { recurringSlotsVisibleTo } from '../../resources/recurring-slot/policy'
import type { AgentActor, OrganizationKind, Role } from '../../resources/shared/actor'
import { prisma } from '../../resources/shared/db.server'
import { defaultRoleOf } from '../../resources/shared/rights'
import { slotsVisibleTo } from '../../resources/slot/policy'
import * as matrices from './rights-matrices'
import { linesOf, positions, promised } from './rights-matrices'

// A court and a probation service linked together, and a pair of another jurisdiction. Each has a
// person, an agent, a place that shares its slots with courts and one that does not.
const organizations: { id: number; kind: OrganizationKind; pair: number }[] = []
const sharedTypes = ['electronic_tag_fitting', 'hearing_exit_probation']

beforeAll(async () => {
  for (const pair of [1, 2])
    for (const kind of ['court', 'probation_service'] as const) {
      const { id } = await prisma.organization.create({
        data: { name: `${kind} ${pair}`, kind, departmentCode: '92' },
      })
      organizations.push({ id, kind, pair })
    }
  for (const organization of organizations) await furnish(organization)
  const idOf = (name: string) => organizations.find(({ kind, pair }) => `${kind} ${pair}` === name)?.id ?? 0
  for (const pair of [1, 2])
    await prisma.organizationLink.create({
      data: { courtId: idOf(`court ${pair}`), probationServiceId: idOf(`probation_service ${pair}`) },
    })
  await appointmentsEverywhere()
})

async function furnish({ id: organizationId, kind }: { id: number; kind: OrganizationKind }) {
  const mark = String(organizationId)
  await prisma.probationer.create({
    data: {
      lastName: `Personne ${mark}`,
      firstName: 'Dominique',
      smsOptOutToken: `token-${mark}`,
      followings: { create: { organizationId } },
    },
  })
  const { id: agentId } = await prisma.agent.create({
    data: {
      email: `agent-${mark}@justice.test`,
      firstName: 'Camille',
      lastName: mark,
      role: defaultRoleOf(kind),
      organizationId,
      imports: { create: { kind: 'agents', fileName: 'agents.csv', total: 0 } },
    },
  })
  const day = new Date('2026-05-04T00:00:00Z')
  await prisma.closure.create({ data: { organizationId, agentId, firstDate: day, lastDate: day } })
  await prisma.messageTemplate.create({
    data: { organizationId, typeCode: 'probation_follow_up', kind: 'reminder' },
  })
  for (const typeCode of [...sharedTypes, 'probation_follow_up'])
    await prisma.place.create({
      data: {
        organizationId,
        name: `Lieu ${mark} ${typeCode}`,
        address: '1 rue du Palais',
        shortAddress: '1 rue du Palais',
        departmentCode: '92',
        phone: '+33199001020',
        appointmentTypes: { create: { typeCode } },
        agendas: {
          create: {
            name: 'Agenda',
            slots: {
              create: {
                typeCode,
                date: new Date('2026-05-04T00:00:00Z'),
                startTime: '09:00',
                startsAt: new Date('2026-05-04T07:00:00Z'),
              },
            },
            recurringSlots: { create: { typeCode, weekday: 1, startTime: '09:00' } },
          },
        },
      },
    })
}

/** Each person at each place, made by each organization. */
async function appointmentsEverywhere() {
  const [persons, slots] = await Promise.all([
    prisma.probationer.findMany({ select: { id: true } }),
    prisma.slot.findMany({
      select: {
        id: true,
        typeCode: true,
        agenda: { select: { place: { select: { id: true, organizationId: true } } } },
      },
    }),
  ])
  let minute = 0
  await prisma.appointment.createMany({
    data: persons.flatMap(({ id: probationerId }) =>
      slots.flatMap(({ id: slotId, typeCode, agenda: { place } }) =>
        organizations.map(({ id: creatingOrganizationId }) => ({
          probationerId,
          slotId,
          typeCode,
          organizationId: place.organizationId,
          placeId: place.id,
          creatingOrganizationId,
          startsAt: new Date(Date.UTC(2026, 4, 4, 7, minute++)),
        })),
      ),
    ),
  })
}

function actorAt(role: Role, kind: OrganizationKind, interJurisdiction = false): AgentActor {
  const own = organizations.find((organization) => organization.kind === kind && organization.pair === 1)
  const linked = organizations.find((organization) => organization.kind !== kind && organization.pair === 1)
  if (!own || !linked) throw new Error('no organization')
  return {
    kind: 'agent',
    id: 0,
    role,
    firstName: 'Camille',
    lastName: 'Roux',
    organization: {
      id: own.id,
      name: 'Service',
      kind,
      timeZone: 'Europe/Paris',
      departmentCode: '92',
      interJurisdiction,
      hasOpenPartner: true,
    },
    headquartersId: null,
    jurisdiction: [own.id, linked.id],
    charterAccepted: true,
    shortcutsEnabled: true,
    impersonatorId: null,
  }
}

const standOf = (actor: AgentActor, organizationId: number) => ({
  O: organizationId === actor.organization.id,
  J: actor.jurisdiction.includes(organizationId),
})

/** The first of the agents who sent a file. */
let sender: number
beforeAll(async () => {
  sender = (await prisma.agent.findFirstOrThrow({ orderBy: { id: 'asc' } })).id
})

/** The rows a list of this line must hold, and those it holds; with the charter and without. */
interface List {
  matrix: string
  label: string
  rows: (actor: AgentActor, cell: string) => Promise<number[]>
  seen: (actor: AgentActor) => Promise<number[]>
}

const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id)

const allPlaces = () =>
  prisma.place.findMany({
    select: {
      id: true,
      organizationId: true,
      appointmentTypes: { select: { typeCode: true } },
      agendas: true,
    },
    orderBy: { id: 'asc' },
  })

const placesPromised = async (actor: AgentActor, cell: string) =>
  (await allPlaces()).filter(({ organizationId, appointmentTypes: types }) =>
    promised(cell, {
      ...standOf(actor, organizationId),
      shared: types.some(({ typeCode }) => sharedTypes.includes(typeCode)),
    }),
  )

const probationersPromised = async (actor: AgentActor, cell: string) =>
  idsOf(
    (
      await prisma.probationer.findMany({
        select: { id: true, followingOrganizationIds: true },
        orderBy: { id: 'asc' },
      })
    ).filter(({ followingOrganizationIds: [organizationId = 0] }) =>
      promised(cell, standOf(actor, organizationId)),
    ),
  )

const appointmentsPromised = async (
  keep: (appointment: { typeCode: string; host: number; follower: number; maker: number }) => boolean,
) =>
  idsOf(
    (
      await prisma.appointment.findMany({
        select: {
          id: true,
          typeCode: true,
          organizationId: true,
          creatingOrganizationId: true,
          probationer: { select: { followingOrganizationIds: true } },
        },
        orderBy: { id: 'asc' },
      })
    ).filter((row) =>
      keep({
        typeCode: row.typeCode,
        host: row.organizationId,
        follower: row.probationer.followingOrganizationIds[0] ?? 0,
        maker: row.creatingOrganizationId,
      }),
    ),
  )

/** As doors use a scope: together with what the list asks. A scope of nothing must still find nothing. */
const narrowed = <Where extends object>(scope: Where) => ({ AND: [{ id: { gt: 0 } }, scope] })

const inOrder = { select: { id: true }, orderBy: { id: 'asc' } } as const

const lists: Record<string, List> = {
  'the persons': {
    matrix: matrices.probationers,
    label: 'list / search scope',
    rows: probationersPromised,
    seen: async (actor) =>
      idsOf(await prisma.probationer.findMany({ where: narrowed(probationersVisibleTo(actor)), ...inOrder })),
  },
  'the persons shown at first': {
    matrix: matrices.probationers,
    label: 'default filter of the list, can be lifted',
    rows: probationersPromised,
    seen: async (actor) =>
      idsOf(
        await prisma.probationer.findMany({ where: narrowed(defaultProbationerFilter(actor)), ...inOrder }),
      ),
  },
  'the appointments': {
    matrix: matrices.appointments,
    label: 'list scope, every type',
    rows: (actor, cell) =>
      appointmentsPromised(({ follower, maker }) =>
        promised(cell, { O: false, J: standOf(actor, follower).J, c: maker === actor.organization.id }),
      ),
    seen: async (actor) =>
      idsOf(await prisma.appointment.findMany({ where: narrowed(appointmentsVisibleTo(actor)), ...inOrder })),
  },
  'the appointments shown at first': {
    matrix: matrices.appointments,
    label: 'default filter of the list, can be lifted',
    rows: (actor, cell) => {
      const family = /^(SAP|BEX) types/.exec(cell)?.[1]
      const flag = family === 'BEX' ? 'bookableByExecutionOffice' : 'bookableBySentenceDepartment'
      return appointmentsPromised(({ host, typeCode, maker }) =>
        family
          ? appointmentTypes.some((type) => type.code === typeCode && type[flag]) ||
            (cell.endsWith('or c') && maker === actor.organization.id)
          : host === actor.organization.id,
      )
    },
    seen: async (actor) =>
      idsOf(
        await prisma.appointment.findMany({ where: narrowed(defaultAppointmentFilter(actor)), ...inOrder }),
      ),
  },
  'the places': {
    matrix: matrices.places,
    label: 'scope',
    rows: async (actor, cell) => idsOf(await placesPromised(actor, cell)),
    seen: async (actor) =>
      idsOf(await prisma.place.findMany({ where: narrowed(placesVisibleTo(actor)), ...inOrder })),
  },
  'the places of the hearing-exit pages': {
    matrix: matrices.places,
    label: 'scope on the hearing-exit pages',
    rows: async (actor, cell) => idsOf(await placesPromised(actor, cell)),
    seen: async (actor) =>
      idsOf(await prisma.place.findMany({ where: narrowed(placesOfExitAgendas(actor)), ...inOrder })),
  },
  'the agendas': {
    matrix: matrices.agendas,
    label: 'scope',
    rows: async (actor, cell) => (await placesPromised(actor, cell)).flatMap(({ agendas }) => idsOf(agendas)),
    seen: async (actor) =>
      idsOf(await prisma.agenda.findMany({ where: narrowed(agendasVisibleTo(actor)), ...inOrder })),
  },
  'the slots': {
    matrix: matrices.slots,
    label: 'slot: list scope (open by default, slot-based types)',
    rows: async (actor, cell) =>
      idsOf(
        (
          await prisma.slot.findMany({
            where: { type: { usesPublishedSlots: true } },
            select: { id: true, typeCode: true, agenda: { select: { place: true } } },
            orderBy: { id: 'asc' },
          })
        ).filter(({ typeCode, agenda }) =>
          promised(cell, {
            ...standOf(actor, agenda.place.organizationId),
            tagFitting: typeCode === 'electronic_tag_fitting',
          }),
        ),
      ),
    seen: async (actor) =>
      idsOf(await prisma.slot.findMany({ where: narrowed(slotsVisibleTo(actor)), ...inOrder })),
  },
  'the recurring slots': {
    matrix: matrices.slots,
    label: 'recurring: create, update, destroy, destroy all',
    rows: async (actor, cell) =>
      idsOf(
        (
          await prisma.recurringSlot.findMany({
            select: { id: true, agenda: { select: { place: true } } },
            orderBy: { id: 'asc' },
          })
        ).filter(({ agenda }) => promised(cell, standOf(actor, agenda.place.organizationId))),
      ),
    seen: async (actor) =>
      idsOf(
        await prisma.recurringSlot.findMany({ where: narrowed(recurringSlotsVisibleTo(actor)), ...inOrder }),
      ),
  },
  'the closures': {
    matrix: matrices.closures,
    label: 'closure: list scope',
    rows: async (actor, cell) =>
      idsOf(
        (await prisma.closure.findMany({ orderBy: { id: 'asc' } })).filter(({ organizationId }) =>
          promised(cell, standOf(actor, organizationId)),
        ),
      ),
    seen: async (actor) =>
      idsOf(await prisma.closure.findMany({ where: narrowed(closuresVisibleTo(actor)), ...inOrder })),
  },
  'the reports of files': {
    matrix: matrices.imports,
    label: 'reports: list scope',
    rows: async (_, cell) => {
      const runs = await prisma.importRun.findMany({ orderBy: { id: 'asc' } })
      const stand = { O: false, J: false }
      return idsOf(runs.filter(({ agentId }) => promised(cell, { ...stand, S: agentId === sender })))
    },
    seen: async (actor) =>
      idsOf(
        await prisma.importRun.findMany({
          where: narrowed(importsVisibleTo({ ...actor, id: sender })),
          ...inOrder,
        }),
      ),
  },
  'the organizations': {
    matrix: matrices.organizations,
    label: 'organizations: index (list)',
    rows: (actor, cell) =>
      Promise.resolve(idsOf(organizations.filter(({ id }) => promised(cell, standOf(actor, id))))),
    seen: async (actor) =>
      idsOf(
        await prisma.organization.findMany({ where: narrowed(organizationsVisibleTo(actor)), ...inOrder }),
      ),
  },
  'the agents': {
    matrix: matrices.agents,
    label: 'list scope',
    rows: async (actor, cell) =>
      idsOf(
        (await prisma.agent.findMany({ orderBy: { id: 'asc' } })).filter(({ organizationId }) =>
          promised(cell, standOf(actor, organizationId)),
        ),
      ),
    seen: async (actor) =>
      idsOf(await prisma.agent.findMany({ where: narrowed(agentsVisibleTo(actor)), ...inOrder })),
  },
}

/** Told in a test of its own below, by three roles: the list of another form. */
const toldApart = 'search agents by name (for assignment)'

it('each line of the matrices that only rows can answer is asked here, and exists', () => {
  const asked = Object.values(lists).map(({ matrix, label }) => `${label} ${matrix}`)
  for (const [matrix, label] of matrices.askedToTheDatabase) {
    expect(linesOf(matrix).map((line) => line.label)).toContain(label)
    if (label !== toldApart) expect(asked).toContain(`${label} ${matrix}`)
  }
})

for (const [name, { matrix, label, rows, seen }] of Object.entries(lists))
  describe(`${name} an agent sees`, () => {
    const cells = linesOf(matrix).find((line) => line.label === label)?.cells ?? {}

    it.each(positions)('%s: %s of a %s', async (column, role, kind) => {
      const actor = actorAt(role, kind)
      expect(await seen(actor)).toEqual(await rows(actor, cells[column] ?? ''))
      expect(await seen({ ...actor, charterAccepted: false })).toEqual([])
    })
  })

describe('with inter-jurisdiction, the execution office', () => {
  it('books in the places and agendas of the country, for the persons of its jurisdiction and its own', async () => {
    const actor = actorAt('execution_office_agent', 'court', true)
    expect(await prisma.place.count({ where: placesVisibleTo(actor) })).toBe(12)
    expect(await prisma.agenda.count({ where: agendasVisibleTo(actor) })).toBe(12)
    expect(await prisma.probationer.count({ where: probationersConvokableBy(actor, new Date()) })).toBe(2)
    const elsewhere = await prisma.probationer.findFirstOrThrow({
      where: { NOT: probationersVisibleTo(actor) },
    })
    await prisma.probationer.update({
      where: { id: elsewhere.id },
      data: { creatingOrganizationId: actor.organization.id, createdAt: new Date() },
    })
    expect(await prisma.probationer.count({ where: probationersConvokableBy(actor, new Date()) })).toBe(3)
    const later = new Date(Date.now() + 25 * 3_600_000)
    expect(await prisma.probationer.count({ where: probationersConvokableBy(actor, later) })).toBe(2)
    expect(await prisma.probationer.count({ where: probationersVisibleTo(actor) })).toBe(2)
    expect(await prisma.place.count({ where: placesOfExitAgendas(actor) })).toBe(6)
  })

  it('is alone in it: a judge of the same court keeps to the jurisdiction', async () => {
    const actor = actorAt('sentence_judge', 'court', true)
    expect(await prisma.place.count({ where: placesVisibleTo(actor) })).toBe(5)
    expect(await prisma.probationer.count({ where: probationersConvokableBy(actor, new Date()) })).toBe(2)
  })
})

describe('the other lists', () => {
  it('offer the places that receive the type, archived ones left out', async () => {
    const clerk = actorAt('sentence_clerk', 'court')
    const offered = () => prisma.place.findMany({ where: placesBookableBy(clerk, 'electronic_tag_fitting') })
    const [first] = await offered()
    expect(await offered()).toHaveLength(2)
    await prisma.place.update({ where: { id: first?.id ?? 0 }, data: { archivedAt: new Date('2026-01-05') } })
    expect(await offered()).toHaveLength(1)
    await prisma.place.update({ where: { id: first?.id ?? 0 }, data: { archivedAt: null } })
  })

  it('offer, to follow a person, the counsellors of the own probation service; to a central admin, of those that follow', async () => {
    const followingOrganizationIds = organizations.map(({ id }) => id)
    const offered = (actor: AgentActor) =>
      prisma.agent.count({ where: agentsAssignableBy(actor, { followingOrganizationIds }) })
    expect(await offered(actorAt('educator', 'probation_service'))).toBe(1)
    expect(await offered(actorAt('sentence_judge', 'court'))).toBe(0)
    expect(await offered(actorAt('central_admin', 'court'))).toBe(2)
    expect(
      await prisma.agent.count({
        where: agentsAssignableBy(actorAt('central_admin', 'court'), { followingOrganizationIds: [] }),
      }),
    ).toBe(0)
  })

  it('show divestments to both sides when their role answers them, and all of them to the central desk', async () => {
    const [court, service, , otherService] = organizations
    const persons = await prisma.probationer.findMany({ orderBy: { id: 'asc' } })
    const claim = (probationerId: number, target?: { id: number }, source?: { id: number }) =>
      prisma.divestment.create({
        data: {
          probationerId,
          targetOrganizationId: target?.id ?? 0,
          destinationOrganizationIds: [],
          decisions: { create: { organizationId: source?.id ?? 0 } },
        },
      })
    await claim(persons[0]?.id ?? 0, court, otherService)
    await claim(persons[1]?.id ?? 0, otherService, court)
    await claim(persons[2]?.id ?? 0, otherService, service)
    const seen = (actor: AgentActor) => prisma.divestment.count({ where: divestmentsVisibleTo(actor) })
    expect(await seen(actorAt('sentence_judge', 'court'))).toBe(2)
    expect(await seen(actorAt('probation_secretary', 'probation_service'))).toBe(1)
    expect(await seen(actorAt('court_secretary', 'court'))).toBe(0)
    expect(await seen(actorAt('probation_director', 'probation_service'))).toBe(0)
    expect(await seen(actorAt('central_admin', 'court'))).toBe(3)
  })

  it('show a local admin the templates of their service and the defaults, announcements to central admins', async () => {
    const defaults = await prisma.messageTemplate.count({ where: { organizationId: null } })
    const templates = (actor: AgentActor) =>
      prisma.messageTemplate.count({ where: templatesVisibleTo(actor) })
    expect(await templates(actorAt('local_admin', 'court'))).toBe(defaults + 1)
    expect(await templates(actorAt('central_admin', 'court'))).toBe(defaults + 4)
    expect(await templates(actorAt('sentence_judge', 'court'))).toBe(0)
    await prisma.announcement.create({ data: { body: 'Maintenance' } })
    expect(
      await prisma.announcement.count({ where: announcementsVisibleTo(actorAt('central_admin', 'court')) }),
    ).toBe(1)
    expect(
      await prisma.announcement.count({ where: announcementsVisibleTo(actorAt('local_admin', 'court')) }),
    ).toBe(0)
  })

  it('hold nothing for a probationer', async () => {
    const probationer = { kind: 'probationer', id: 1 } as const
    expect(await prisma.probationer.count({ where: probationersVisibleTo(probationer) })).toBe(0)
    expect(await prisma.appointment.count({ where: appointmentsVisibleTo(probationer) })).toBe(0)
  })
})
