import { describe, expect, it } from 'vitest'
import {
  mayChangeRole,
  mayInvite,
  mayOnAgent,
  mayOpenAgents,
  mayPullAgent,
  mayPushAgent,
  maySwitchTo,
  rolesInvitedBy,
} from '../../resources/agent/policy'
import { mayOnAgenda, mayOpenNewAgenda } from '../../resources/agenda/policy'
import { mayManageAnnouncements, mayMarkAsRead } from '../../resources/announcement/policy'
import { appointmentTypes } from '../../resources/appointment-type/catalogue'
import { isBookableBy, mayManageAppointmentTypes } from '../../resources/appointment-type/policy'
import {
  mayBook,
  mayFillCustomColumn,
  mayOnAppointment,
  mayOpenAppointments,
  mayOpenExitAgenda,
} from '../../resources/appointment/policy'
import {
  mayDecideDivestment,
  mayOpenDivestments,
  mayRequestDivestment,
  mayUseDivestmentDesk,
} from '../../resources/divestment/policy'
import {
  mayManageTemplates,
  mayProposeTemplate,
  mayRestoreTemplate,
} from '../../resources/message/template/policy'
import { mayCreateOrganizations, mayOnOrganization } from '../../resources/organization/policy'
import { mayOnPlace, mayOpenPlaces } from '../../resources/place/policy'
import {
  mayConvoke,
  mayOnProbationer,
  mayWithProbationers,
  type ProbationerFacts,
} from '../../resources/probationer/policy'
import {
  whyNotArchivable,
  whyNotAssignable,
  whyNotEditable,
  whyNotSmsEnabled,
  whyNotUnarchivable,
  whyNotUnassignable,
} from '../../resources/probationer/rules'
import { mayOnRecurringSlot, mayOpenRecurringSlots } from '../../resources/recurring-slot/policy'
import type { AgentActor, OrganizationKind, Role } from '../../resources/shared/actor'
import {
  answersDivestments,
  canFollowProbationers,
  canHaveAppointmentsAssigned,
  defaultRoleOf,
  mayUseCentralConsole,
  rightsTable,
  rolesOf,
  rolesWithin,
} from '../../resources/shared/rights'
import { mayOnSlot, mayOpenSlots, slotTypesOf } from '../../resources/slot/policy'
import * as matrices from './rights-matrices'
import { linesOf, positions, promised, type Line, type Stand } from './rights-matrices'

const me = 1
const somebodyElse = 2
const own = 10
const linked = 20
const foreign = 30

function agent(role: Role, kind: OrganizationKind, changes: Partial<AgentActor> = {}): AgentActor {
  return {
    kind: 'agent',
    id: me,
    role,
    firstName: 'Camille',
    lastName: 'Roux',
    organization: {
      id: own,
      name: 'Service',
      kind,
      timeZone: 'Europe/Paris',
      departmentCode: '92',
      interJurisdiction: false,
    },
    headquartersId: null,
    jurisdiction: [own, linked],
    charterAccepted: true,
    shortcutsEnabled: true,
    impersonatorId: null,
    ...changes,
  }
}

/** An agent of an organization with inter-jurisdiction. */
function interJurisdiction(role: Role): AgentActor {
  const actor = agent(role, 'court')
  return { ...actor, organization: { ...actor.organization, interJurisdiction: true } }
}

function person(changes: Partial<ProbationerFacts> = {}): ProbationerFacts {
  return {
    followingOrganizationIds: [own],
    assignedAgentId: null,
    archivedAt: null,
    divestments: [],
    ...changes,
  }
}

const archivedAt = new Date('2026-03-02T09:00:00Z')
const claimedBy = (targetOrganizationId: number): ProbationerFacts['divestments'] => [
  { state: 'pending', targetOrganizationId },
]

const typeOf = (code: string) => {
  const type = appointmentTypes.find((known) => known.code === code)
  if (!type) throw new Error(code)
  return type
}

const organizationsInTurn = [
  { name: 'own organization', id: own, O: true, J: true },
  { name: 'linked organization', id: linked, O: false, J: true },
  { name: 'foreign organization', id: foreign, O: false, J: false },
]

/** One line of a matrix: what is asked of the policy, in each situation, and how it stands to the agent. */
type Check = (actor: AgentActor) => { when: string; stand: Stand; answer: boolean }[]

/** A right on a record that belongs to one organization. */
const on =
  (may: (actor: AgentActor, organizationId: number) => boolean): Check =>
  (actor) =>
    organizationsInTurn.map(({ name, id, O, J }) => ({
      when: name,
      stand: { O, J },
      answer: may(actor, id),
    }))

/** The same, on a record assigned to the agent or to somebody else. */
const onAssigned =
  (may: (actor: AgentActor, organizationId: number, assignedAgentId: number) => boolean): Check =>
  (actor) =>
    organizationsInTurn.flatMap(({ name, id, O, J }) =>
      [me, somebodyElse].map((assignedAgentId) => ({
        when: `${name}, assigned to ${assignedAgentId === me ? 'me' : 'somebody else'}`,
        stand: { O, J, own: assignedAgentId === me },
        answer: may(actor, id, assignedAgentId),
      })),
    )

/** A right that no record bounds. */
const anywhere =
  (may: (actor: AgentActor) => boolean): Check =>
  (actor) => [{ when: 'anywhere', stand: { O: true, J: true }, answer: may(actor) }]

const slotAt = (organizationId: number, typeCode: string) => ({
  typeCode,
  agenda: { place: { organizationId } },
})

/** A type the actor may make slots for, so that only the organization decides. */
const typeWithin = (actor: AgentActor) => slotTypesOf(actor)[0] ?? 'hearing_exit_probation'

const onSlot =
  (action: 'create' | 'edit' | 'close' | 'reopen'): Check =>
  (actor) =>
    organizationsInTurn.flatMap(({ name, id, O, J }) =>
      [typeWithin(actor), 'electronic_tag_fitting']
        .filter((code) => action !== 'create' || slotTypesOf(actor).includes(code))
        .map((code) => ({
          when: `${name}, ${code}`,
          stand: { O, J, tagFitting: code === 'electronic_tag_fitting' },
          answer: mayOnSlot(actor, action, slotAt(id, code)),
        })),
    )

const colleague = (organizationId: number, kind: OrganizationKind) => ({
  id: somebodyElse,
  role: defaultRoleOf(kind),
  organizationId,
})

const onColleague = (action: Parameters<typeof mayOnAgent>[1]): Check =>
  on((actor, id) => mayOnAgent(actor, action, colleague(id, actor.organization.kind)))

const onColleagueOrMyself =
  (action: Parameters<typeof mayOnAgent>[1]): Check =>
  (actor) => [
    ...onColleague(action)(actor),
    {
      when: 'oneself',
      stand: { O: true, J: true, S: true },
      answer: mayOnAgent(actor, action, { id: me, role: actor.role, organizationId: own }),
    },
  ]

/** Lines about lists: rights-scopes.test.ts asks them to the database. */
const askedToTheDatabase: Check[] = []

const checks: Record<string, Record<string, Check[]>> = {
  probationers: {
    'list / search scope': askedToTheDatabase,
    'default filter of the list, can be lifted': askedToTheDatabase,
    'look-up by exact identity outside the jurisdiction': [
      anywhere((actor) => mayWithProbationers(actor, 'lookUp')),
    ],
    'index, search, new (page)': [anywhere((actor) => mayWithProbationers(actor, 'index'))],
    'show, re-enable SMS': [
      on((actor, id) => mayOnProbationer(actor, 'show', person({ followingOrganizationIds: [id] }))),
      on((actor, id) => mayOnProbationer(actor, 'enableSms', person({ followingOrganizationIds: [id] }))),
    ],
    'create ⁶': [
      on((actor, id) => mayOnProbationer(actor, 'create', person({ followingOrganizationIds: [id] }))),
    ],
    'edit/update, no divestment pending ¹': [
      on((actor, id) => mayOnProbationer(actor, 'edit', person({ followingOrganizationIds: [id] }))),
    ],
    'edit/update while a divestment is pending ¹': [
      on((actor, id) =>
        mayOnProbationer(
          actor,
          'edit',
          person({ followingOrganizationIds: [id], divestments: claimedBy(foreign) }),
        ),
      ),
    ],
    'archive ²': [
      on((actor, id) => mayOnProbationer(actor, 'archive', person({ followingOrganizationIds: [id] }))),
    ],
    'unarchive (archived only)': [
      on((actor, id) =>
        mayOnProbationer(actor, 'unarchive', person({ followingOrganizationIds: [id], archivedAt })),
      ),
    ],
    'destroy ²': [
      on((actor, id) => mayOnProbationer(actor, 'delete', person({ followingOrganizationIds: [id] }))),
    ],
    'untick "anti-terrorism judge"': [
      on((actor, id) =>
        mayOnProbationer(actor, 'untickAntiTerrorism', person({ followingOrganizationIds: [id] })),
      ),
    ],
    'invite to the probationer space, relaunch, revoke': [
      onAssigned((actor, id, assignedAgentId) =>
        mayOnProbationer(actor, 'inviteToSpace', person({ followingOrganizationIds: [id], assignedAgentId })),
      ),
    ],
    'assign to me (nobody assigned)': [
      on((actor, id) => mayOnProbationer(actor, 'assignToMe', person({ followingOrganizationIds: [id] }))),
    ],
    unassign: [
      onAssigned((actor, id, assignedAgentId) =>
        mayOnProbationer(actor, 'unassign', person({ followingOrganizationIds: [id], assignedAgentId })),
      ),
    ],
    'reset an accepted access to the probationer space': [
      on((actor, id) =>
        mayOnProbationer(actor, 'resetSpaceAccess', person({ followingOrganizationIds: [id] })),
      ),
    ],
    'convoke while a divestment is pending': [
      on((actor, id) =>
        mayConvoke(actor, person({ followingOrganizationIds: [id], divestments: claimedBy(foreign) })),
      ),
    ],
  },
  agendas: {
    scope: askedToTheDatabase,
    'new/edit (button)': [anywhere(mayOpenNewAgenda)],
    'create / update / merge': (['create', 'rename', 'merge'] as const).map((action) =>
      on((actor, id) => mayOnAgenda(actor, action, { place: { organizationId: id } })),
    ),
    // Only with the right on slots: the lines of slots say who.
    '"may create slots inside": only with the slot right of 3.5': [],
  },
  places: {
    scope: askedToTheDatabase,
    'scope on the hearing-exit pages': askedToTheDatabase,
    'index, new': [anywhere(mayOpenPlaces)],
    'show, create, edit, update, archive': (['show', 'create', 'edit', 'archive'] as const).map((action) =>
      on((actor, id) => mayOnPlace(actor, action, { organizationId: id })),
    ),
  },
  slots: {
    'slot: index, new': [anywhere(mayOpenSlots)],
    'slot: list scope (open by default, slot-based types)': askedToTheDatabase,
    'slot: create, edit, update, close one or in bulk, reopen': (
      ['create', 'edit', 'close', 'reopen'] as const
    ).map(onSlot),
    'recurring: index, new': [anywhere(mayOpenRecurringSlots)],
    'recurring: create, update, destroy, destroy all': (
      ['create', 'edit', 'delete', 'deleteAll'] as const
    ).map((action) => on((actor, id) => mayOnRecurringSlot(actor, action, slotAt(id, typeWithin(actor))))),
  },
  organizations: {
    'organizations: index (list)': askedToTheDatabase,
    'organizations: new, create': [anywhere(mayCreateOrganizations)],
    'organizations: edit, update': [on((actor, id) => mayOnOrganization(actor, 'edit', { id }))],
    'statistics of the organization': [on((actor, id) => mayOnOrganization(actor, 'readStatistics', { id }))],
    'appointment types and message templates: index, update': [
      anywhere(mayManageAppointmentTypes),
      anywhere((actor) => mayManageTemplates(actor, 'index')),
      anywhere((actor) => mayManageTemplates(actor, 'edit')),
    ],
    'restore a default template': [on((actor, id) => mayRestoreTemplate(actor, { organizationId: id }))],
    "propose a change to a template of one's own organization; a central admin accepts or refuses it": [
      on((actor, id) => mayProposeTemplate(actor, { organizationId: id })),
    ],
    'flags of an organization: inter-jurisdiction, probationer space': [
      on((actor, id) => mayOnOrganization(actor, 'editFlags', { id })),
    ],
  },
  agents: {
    'list scope': askedToTheDatabase,
    'search agents by name (for assignment)': askedToTheDatabase,
    'index, filter, new (page)': [anywhere(mayOpenAgents)],
    show: [onColleagueOrMyself('show')],
    'create = invite': [
      on((actor, id) =>
        mayInvite(actor, {
          role: defaultRoleOf(actor.organization.kind),
          organization: { id, kind: actor.organization.kind },
        }),
      ),
    ],
    'edit, update': [onColleagueOrMyself('edit')],
    'role field on the edit form, enforced on the server': [
      (actor) => [
        {
          when: 'a colleague',
          stand: { O: true, J: true },
          answer: mayChangeRole(
            actor,
            { ...colleague(own, actor.organization.kind), organization: actor.organization },
            defaultRoleOf(actor.organization.kind),
          ),
        },
      ],
    ],
    'destroy (never oneself; a central admin only by a central admin)': [onColleague('delete')],
    'unlock a locked account': [onColleague('unlock')],
    "transfer, pull: an agent of a same-kind organization into one's own service; never a central admin": [
      anywhere((actor) =>
        mayPullAgent(actor, {
          ...colleague(foreign, actor.organization.kind),
          organization: { kind: actor.organization.kind },
        }),
      ),
    ],
    "transfer, push: an agent of one's own service to a same-kind organization; never a central admin": [
      on((actor, id) =>
        mayPushAgent(
          actor,
          {
            ...colleague(id, actor.organization.kind),
            organization: { kind: actor.organization.kind },
          },
          { id: 40, kind: actor.organization.kind },
        ),
      ),
    ],
    're-send an invitation not yet accepted': [onColleague('resendInvitation')],
    'produce an invitation link / a password-reset link (a new one each time, shown once)': [
      onColleague('makeLink'),
    ],
    impersonate: [onColleague('impersonate')],
    // Its cells are sentences: see "switching one’s own service".
    'switch own service': [],
  },
  divestments: {
    'request (target = own organization)': [
      anywhere((actor) =>
        mayRequestDivestment(actor, {
          targetOrganizationId: own,
          probationer: { followedByAntiTerrorismJudge: false },
        }),
      ),
    ],
    'request for another organization': [
      anywhere((actor) =>
        mayRequestDivestment(actor, {
          targetOrganizationId: linked,
          probationer: { followedByAntiTerrorismJudge: false },
        }),
      ),
    ],
    'incoming and outgoing lists': [anywhere(mayOpenDivestments)],
    'accept / refuse': [
      on((actor, id) =>
        mayDecideDivestment(actor, {
          organizationId: id,
          state: 'pending',
          divestment: { state: 'pending' },
        }),
      ),
    ],
    'transfer or decide directly, on an e-mail of a service': [anywhere(mayUseDivestmentDesk)],
  },
}

for (const [subject, checksByLabel] of Object.entries(checks)) {
  const lines = linesOf(matrices[subject as 'probationers'])

  describe(`the matrix of ${subject}`, () => {
    it('has each of its lines checked', () => {
      expect(Object.keys(checksByLabel).sort()).toEqual(lines.map(({ label }) => label).sort())
    })

    const written = lines.flatMap((line) =>
      (checksByLabel[line.label] ?? []).flatMap((check) =>
        positions.map(([column, role, kind]) => ({
          action: line.label,
          who: `${role} of a ${kind}`,
          cell: line.cells[column] ?? '',
          answers: check(agent(role, kind)),
          withoutCharter: check(agent(role, kind, { charterAccepted: false })),
        })),
      ),
    )

    it.each(written)('$action: $who, "$cell"', ({ cell, answers, withoutCharter }) => {
      expect(answers.map(({ when, answer }) => [when, answer])).toEqual(
        answers.map(({ when, stand }) => [when, promised(cell, stand)]),
      )
      expect(withoutCharter.filter(({ answer }) => answer)).toEqual([])
    })
  })
}

// ————— Appointments: their cells speak of types —————

/** Families that book each type, as the specification draws them. */
const familiesOfType = new Map(
  matrices.types
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .map(([, , code = '', ...marks]) => [
      code,
      ['BEX', 'SAP', 'SPIP'].filter((_, index) => marks[index] === '✓'),
    ]),
)

describe('the matrix of appointments', () => {
  const lines = linesOf(matrices.appointments)
  const line = (start: string): Line => {
    const found = lines.find(({ label }) => label.startsWith(start))
    if (!found) throw new Error(start)
    return found
  }

  /** "J × SAP types", "SAP types: J or c; other types: O or c", "O × SPIP types (PC…: without …)". */
  function promisedFor(cell: string, column: string, code: string, stand: Stand): boolean {
    const families = familiesOfType.get(code) ?? []
    if (!cell.includes('types')) return promised(cell, stand)
    const [first = '', second] = cell.split('; ')
    const family = /(SAP|BEX|SPIP) types/.exec(first)?.[1] ?? ''
    const reach = first.includes('×') ? (first.split(' × ')[0] ?? '') : (first.split(': ')[1] ?? '')
    if (!families.includes(family))
      return second?.startsWith('other types: ') ? promised(second.slice(13), stand) : false
    if (first.includes('except hearing_exit_probation') && code === 'hearing_exit_probation') return false
    const without = /\((.*): without (\w+)\)/.exec(first)
    if (without?.[1]?.split(', ').includes(column) && without[2] === code) return false
    return promised(reach, stand)
  }

  const situations = organizationsInTurn.flatMap((host) =>
    organizationsInTurn.flatMap((follower) =>
      [own, foreign].map((creatingOrganizationId) => ({
        name: `at the ${host.name}, followed by the ${follower.name}, created by ${creatingOrganizationId}`,
        host,
        follower,
        creatingOrganizationId,
        stand: { O: host.O, J: follower.J, c: creatingOrganizationId === own },
      })),
    ),
  )

  const actions = [
    ['show', line('show')],
    ['cancel', line('cancel')],
    ['recordOutcome', line('record outcome')],
    ['reschedule', line('reschedule')],
  ] as const

  for (const [action, { label, cells }] of actions)
    it.each(positions)(`${label}: %s, %s of a %s`, (column, role, kind) => {
      const actor = agent(role, kind)
      const seen: string[] = []
      const written: string[] = []
      for (const type of appointmentTypes)
        for (const { name, host, follower, creatingOrganizationId, stand } of situations) {
          const facts = {
            organizationId: host.id,
            creatingOrganizationId,
            type,
            probationer: { followingOrganizationIds: [follower.id] },
          }
          if (mayOnAppointment(actor, action, facts)) seen.push(`${type.code} ${name}`)
          if (promisedFor(cells[column] ?? '', column, type.code, stand)) written.push(`${type.code} ${name}`)
          expect(mayOnAppointment({ ...actor, charterAccepted: false }, action, facts)).toBe(false)
        }
      expect(seen).toEqual(written)
    })

  it.each(positions)('create, in the places of the role: %s, %s of a %s', (column, role, kind) => {
    const actor = agent(role, kind)
    const scope = linesOf(matrices.places).find(({ label }) => label === 'scope')?.cells[column] ?? ''
    const cell = line('create').cells[column] ?? ''
    const seen: string[] = []
    const written: string[] = []
    for (const type of appointmentTypes)
      for (const { name, host, follower, stand } of situations) {
        const shared = ['electronic_tag_fitting', 'hearing_exit_probation'].includes(type.code)
        const facts = {
          type,
          place: { organizationId: host.id, appointmentTypes: [{ typeCode: type.code }] },
          probationer: { followingOrganizationIds: [follower.id] },
        }
        if (mayBook(actor, facts)) seen.push(`${type.code} ${name}`)
        const inScope = promised(scope, { O: host.O, J: host.J, shared })
        if (inScope && promisedFor(cell === 'A, every type' ? 'A' : cell, column, type.code, stand))
          written.push(`${type.code} ${name}`)
        expect(mayBook({ ...actor, charterAccepted: false }, facts)).toBe(false)
      }
    expect(seen).toEqual(written)
  })

  it.each(positions)('the pages and the hearing-exit agendas: %s, %s of a %s', (column, role, kind) => {
    const actor = agent(role, kind)
    expect(line('index').cells[column]).toBe('Y')
    expect(mayOpenAppointments(actor)).toBe(true)
    for (const code of ['hearing_exit_probation', 'electronic_tag_fitting'])
      expect(mayOpenExitAgenda(actor, code, 'write')).toBe(true)
    expect(mayOpenExitAgenda(actor, 'hearing_exit_sentence_judge', 'read')).toBe(true)
    expect(mayOpenExitAgenda(actor, 'hearing_exit_sentence_judge', 'write')).toBe(
      line('sentence-judge exit agenda').cells[column] === 'Y',
    )
    expect(mayOpenExitAgenda({ ...actor, charterAccepted: false }, 'hearing_exit_probation', 'read')).toBe(
      false,
    )
  })
})

// ————— What the cells say in a footnote or a sentence —————

const counsellor = agent('probation_counsellor', 'probation_service')
const courtAdmin = agent('local_admin', 'court')
const centralAdmin = agent('central_admin', 'court')
const executionOffice = agent('execution_office_agent', 'court')

describe('a person', () => {
  it('archived is edited, assigned and told of SMS by nobody: the record says why, not the role', () => {
    const archived = { ...person({ archivedAt }), smsOptOut: true }
    for (const whyNot of [whyNotEditable, whyNotAssignable, whyNotUnassignable])
      expect(whyNot(archived)).toBe('probationer.archived')
    expect(whyNotSmsEnabled(archived)).toBe('probationer.archived')
    expect(whyNotArchivable(archived)).toBe('probationer.already_archived')
    expect(mayOnProbationer(courtAdmin, 'edit', archived)).toBe(true)
  })

  it('who is not archived cannot be unarchived', () => {
    expect(whyNotUnarchivable(person())).toBe('probationer.not_archived')
    expect(whyNotUnarchivable(person({ archivedAt }))).toBeNull()
  })

  it('is not archived while a divestment is pending', () => {
    expect(whyNotArchivable(person({ divestments: claimedBy(foreign) }))).toBe('probationer.being_divested')
    expect(whyNotArchivable(person())).toBeNull()
  })

  it('whose divestment is decided is edited as before', () => {
    const decided = person({ divestments: [{ state: 'refused', targetOrganizationId: foreign }] })
    expect(mayOnProbationer(counsellor, 'edit', decided)).toBe(true)
    expect(mayConvoke(counsellor, decided)).toBe(true)
  })

  it('archived is convoked by nobody', () => {
    for (const actor of [centralAdmin, counsellor, interJurisdiction('prosecutor')])
      expect(mayConvoke(actor, person({ archivedAt }))).toBe(false)
  })

  it('being divested is convoked by the execution office that claims them, not by its colleagues', () => {
    const claimed = person({ followingOrganizationIds: [foreign, own], divestments: claimedBy(own) })
    expect(mayConvoke(executionOffice, claimed)).toBe(true)
    expect(mayConvoke(agent('head_execution_clerk', 'court'), claimed)).toBe(true)
    for (const [column, role, kind] of positions)
      if (column !== 'HX' && column !== 'BX') expect(mayConvoke(agent(role, kind), claimed)).toBe(false)
  })

  it('being divested is convoked by any execution office with inter-jurisdiction', () => {
    const claimed = person({ followingOrganizationIds: [foreign], divestments: claimedBy(foreign) })
    expect(mayConvoke(interJurisdiction('execution_office_agent'), claimed)).toBe(true)
    expect(mayConvoke(interJurisdiction('sentence_clerk'), claimed)).toBe(false)
  })

  it('is invited and unassigned by the counsellor they are assigned to, wherever they are', () => {
    const elsewhere = person({ followingOrganizationIds: [foreign], assignedAgentId: me })
    expect(mayOnProbationer(counsellor, 'inviteToSpace', elsewhere)).toBe(true)
    expect(mayOnProbationer(counsellor, 'unassign', elsewhere)).toBe(true)
  })

  it('already assigned is not taken by another agent', () => {
    expect(whyNotAssignable(person({ assignedAgentId: somebodyElse }))).toBe('probationer.already_assigned')
    expect(whyNotUnassignable(person())).toBe('probationer.not_assigned')
  })

  it('is registered out of the jurisdiction by the execution office with inter-jurisdiction only', () => {
    const elsewhere = person({ followingOrganizationIds: [foreign] })
    expect(mayOnProbationer(interJurisdiction('prosecutor'), 'create', elsewhere)).toBe(true)
    expect(mayOnProbationer(interJurisdiction('sentence_judge'), 'create', elsewhere)).toBe(false)
  })

  it('is looked up by exact identity by the execution office with inter-jurisdiction only', () => {
    for (const [column, role, kind] of positions) {
      const actor = agent(role, kind)
      const flagged = { ...actor, organization: { ...actor.organization, interJurisdiction: true } }
      expect(mayWithProbationers(flagged, 'lookUp')).toBe(column === 'HX' || column === 'BX')
    }
  })

  it('of another jurisdiction stays closed to the execution office with inter-jurisdiction', () => {
    const elsewhere = person({ followingOrganizationIds: [foreign] })
    for (const action of ['show', 'edit', 'archive'] as const)
      expect(mayOnProbationer(interJurisdiction('head_execution_clerk'), action, elsewhere)).toBe(false)
  })
})

describe('convoking', () => {
  const inTown = (typeCode: string, organizationId: number, followingOrganizationIds: number[]) => ({
    type: typeOf(typeCode),
    place: { organizationId, appointmentTypes: [{ typeCode }] },
    probationer: { followingOrganizationIds },
  })

  it('beyond the jurisdiction is open to the execution office with inter-jurisdiction, for its types only', () => {
    const actor = interJurisdiction('criminal_court_clerk')
    expect(mayBook(actor, inTown('hearing_exit_probation', foreign, [foreign]))).toBe(true)
    expect(mayBook(actor, inTown('electronic_tag_fitting', foreign, [foreign]))).toBe(false)
    expect(
      mayBook(interJurisdiction('sentence_clerk'), inTown('hearing_exit_probation', foreign, [foreign])),
    ).toBe(false)
  })

  it('by a judge at the linked probation service is for the places that share tag fitting or hearing exits', () => {
    const judge = agent('sentence_judge', 'court')
    const facts = inTown('sentence_judge_follow_up', linked, [own, linked])
    expect(mayBook(judge, facts)).toBe(false)
    expect(
      mayBook(judge, {
        ...facts,
        place: { organizationId: linked, appointmentTypes: [{ typeCode: 'hearing_exit_probation' }] },
      }),
    ).toBe(true)
  })

  it('to fit a tag is for directors, monitoring officers and local admins in a probation service', () => {
    const fitting = typeOf('electronic_tag_fitting')
    const fits = positions.filter(([, role, kind]) => isBookableBy(agent(role, kind), fitting))
    expect([...new Set(fits.map(([column]) => column))]).toEqual([
      'CA',
      'LC',
      'LP',
      'SJ',
      'CS',
      'SC',
      'HS',
      'PD',
      'MO',
    ])
  })
})

describe('an appointment made beyond the jurisdiction', () => {
  it('is seen and cancelled by the execution office that made it, never settled by it', () => {
    const facts = {
      organizationId: foreign,
      creatingOrganizationId: own,
      type: typeOf('hearing_exit_probation'),
      probationer: { followingOrganizationIds: [foreign] },
    }
    const actor = interJurisdiction('execution_office_agent')
    expect(mayOnAppointment(actor, 'show', facts)).toBe(true)
    expect(mayOnAppointment(actor, 'cancel', facts)).toBe(true)
    expect(mayOnAppointment(actor, 'recordOutcome', facts)).toBe(false)
    expect(mayOnAppointment(actor, 'show', { ...facts, creatingOrganizationId: foreign })).toBe(false)
  })
})

describe('a custom column', () => {
  const appointment = {
    organizationId: own,
    creatingOrganizationId: own,
    type: typeOf('hearing_exit_sentence_judge'),
    probationer: { followingOrganizationIds: [own] },
  }

  it('is filled by who works in its agenda, when its court is of the jurisdiction', () => {
    expect(mayFillCustomColumn(executionOffice, appointment, { organizationId: own })).toBe(true)
    expect(mayFillCustomColumn(executionOffice, appointment, { organizationId: foreign })).toBe(false)
  })

  it('of the judge’s agenda is only read in probation services', () => {
    expect(mayFillCustomColumn(counsellor, appointment, { organizationId: own })).toBe(false)
  })

  it('does not open with an appointment of another jurisdiction', () => {
    const elsewhere = {
      ...appointment,
      creatingOrganizationId: foreign,
      probationer: { followingOrganizationIds: [foreign] },
    }
    expect(mayFillCustomColumn(executionOffice, elsewhere, { organizationId: own })).toBe(false)
  })
})

describe('slots', () => {
  it('are made for the types of the role', () => {
    const typesByColumn = Object.fromEntries(
      positions.map(([column, role, kind]) => [column, slotTypesOf(agent(role, kind))]),
    )
    const all = ['hearing_exit_sentence_judge', 'hearing_exit_probation', 'electronic_tag_fitting']
    for (const column of ['CA', 'HX']) expect(typesByColumn[column]).toEqual(all)
    for (const column of ['LC', 'SJ', 'CS', 'SC', 'HS'])
      expect(typesByColumn[column]).toEqual(all.slice(0, 1))
    for (const column of ['LP', 'PD', 'SP']) expect(typesByColumn[column]).toEqual(all.slice(1))
    expect(typesByColumn['MO']).toEqual(['electronic_tag_fitting'])
  })

  it('of another type are refused to who makes them, and open to who may close them', () => {
    const judge = agent('sentence_judge', 'court')
    expect(mayOnSlot(judge, 'create', slotAt(own, 'electronic_tag_fitting'))).toBe(false)
    expect(mayOnSlot(judge, 'close', slotAt(own, 'electronic_tag_fitting'))).toBe(true)
    expect(mayOnRecurringSlot(judge, 'create', slotAt(own, 'electronic_tag_fitting'))).toBe(false)
  })
})

describe('an agent', () => {
  const aCourt = { id: own, kind: 'court' } as const
  const target = (role: Role, id = somebodyElse) => ({ id, role, organizationId: own, organization: aCourt })
  const headClerk = agent('head_execution_clerk', 'court')

  it('never deletes, impersonates, or changes the role of themselves', () => {
    const central = { ...target('central_admin', me) }
    expect(mayOnAgent(centralAdmin, 'delete', central)).toBe(false)
    expect(mayOnAgent(centralAdmin, 'impersonate', central)).toBe(false)
    expect(mayOnAgent(centralAdmin, 'makeLink', central)).toBe(false)
    expect(mayChangeRole(centralAdmin, central, 'local_admin')).toBe(false)
    expect(mayChangeRole(courtAdmin, target('local_admin', me), 'sentence_clerk')).toBe(false)
    expect(mayChangeRole(counsellor, target('probation_counsellor', me), 'probation_director')).toBe(false)
  })

  it('who is a central admin is edited, deleted, made or unmade by central admins only', () => {
    for (const action of ['edit', 'delete'] as const) {
      expect(mayOnAgent(courtAdmin, action, target('central_admin'))).toBe(false)
      expect(mayOnAgent(centralAdmin, action, target('central_admin'))).toBe(true)
    }
    expect(mayChangeRole(courtAdmin, target('sentence_clerk'), 'central_admin')).toBe(false)
    expect(mayChangeRole(courtAdmin, target('central_admin'), 'sentence_clerk')).toBe(false)
    expect(mayChangeRole(centralAdmin, target('sentence_clerk'), 'central_admin')).toBe(true)
  })

  it('who is a local admin is neither edited nor deleted by a head clerk, nor made by them', () => {
    for (const action of ['edit', 'delete'] as const) {
      expect(mayOnAgent(headClerk, action, target('local_admin'))).toBe(false)
      expect(mayOnAgent(headClerk, action, target('sentence_clerk'))).toBe(true)
    }
    expect(mayInvite(headClerk, { role: 'local_admin', organization: aCourt })).toBe(false)
  })

  it('is invited in a role that fits the organization', () => {
    expect(mayInvite(centralAdmin, { role: 'educator', organization: aCourt })).toBe(false)
    expect(rolesInvitedBy(centralAdmin, aCourt)).toEqual(rolesOf('court'))
    expect(rolesInvitedBy(courtAdmin, aCourt)).toEqual(
      rolesOf('court').filter((role) => role !== 'central_admin'),
    )
    expect(rolesInvitedBy(headClerk, aCourt)).not.toContain('local_admin')
    expect(rolesInvitedBy(counsellor, { id: own, kind: 'probation_service' })).toEqual([])
  })

  it('is transferred between organizations of one kind, and never when a central admin', () => {
    const elsewhere = { id: somebodyElse, role: 'sentence_clerk', organizationId: foreign } as const
    const kind = (kind: OrganizationKind) => ({ organization: { kind } })
    expect(mayPullAgent(courtAdmin, { ...elsewhere, ...kind('court') })).toBe(true)
    expect(mayPullAgent(courtAdmin, { ...elsewhere, ...kind('probation_service') })).toBe(false)
    expect(mayPullAgent(courtAdmin, { ...elsewhere, role: 'central_admin', ...kind('court') })).toBe(false)
    expect(mayPullAgent(centralAdmin, { ...elsewhere, role: 'central_admin', ...kind('court') })).toBe(false)
    expect(mayPushAgent(courtAdmin, target('sentence_clerk'), { id: foreign, kind: 'court' })).toBe(true)
    expect(
      mayPushAgent(courtAdmin, target('sentence_clerk'), { id: linked, kind: 'probation_service' }),
    ).toBe(false)
    expect(mayPushAgent(courtAdmin, target('sentence_clerk'), aCourt)).toBe(false)
    expect(mayPushAgent(centralAdmin, target('central_admin'), { id: foreign, kind: 'court' })).toBe(false)
  })

  it('switches one’s own service within their headquarters, in three roles; a central admin anywhere', () => {
    for (const [column, role, kind] of positions) {
      const actor = agent(role, kind, { headquartersId: 7 })
      const may = (headquartersId: number | null) => maySwitchTo(actor, { kind, headquartersId })
      expect(may(7)).toBe(['CA', 'LP', 'PS', 'MO'].includes(column))
      expect(may(8)).toBe(column === 'CA')
      expect(maySwitchTo({ ...actor, headquartersId: null }, { kind, headquartersId: null })).toBe(
        column === 'CA',
      )
    }
  })

  it('in a role that does not fit the organization may nothing', () => {
    const misplaced = agent('sentence_judge', 'probation_service')
    expect(mayOnProbationer(misplaced, 'show', person())).toBe(false)
    expect(mayWithProbationers(misplaced, 'index')).toBe(false)
  })
})

describe('a divestment', () => {
  const row = (
    state: 'pending' | 'ignored' | 'accepted',
    divestment: 'pending' | 'accepted' = 'pending',
  ) => ({
    organizationId: own,
    state,
    divestment: { state: divestment },
  })

  it('is not asked for a person of the anti-terrorism judge, not even by a central admin', () => {
    for (const actor of [courtAdmin, centralAdmin])
      expect(
        mayRequestDivestment(actor, {
          targetOrganizationId: own,
          probationer: { followedByAntiTerrorismJudge: true },
        }),
      ).toBe(false)
  })

  it('is asked for another organization by the execution office with inter-jurisdiction', () => {
    const facts = { targetOrganizationId: foreign, probationer: { followedByAntiTerrorismJudge: false } }
    expect(mayRequestDivestment(interJurisdiction('appeal_court_clerk'), facts)).toBe(true)
    expect(mayRequestDivestment(interJurisdiction('local_admin'), facts)).toBe(false)
  })

  it('is answered by a source while its row is pending, and by the central desk when it was ignored', () => {
    expect(mayDecideDivestment(courtAdmin, row('pending'))).toBe(true)
    expect(mayDecideDivestment(courtAdmin, row('ignored'))).toBe(false)
    expect(mayDecideDivestment(centralAdmin, row('ignored'))).toBe(true)
    for (const actor of [courtAdmin, centralAdmin]) {
      expect(mayDecideDivestment(actor, row('accepted'))).toBe(false)
      expect(mayDecideDivestment(actor, row('pending', 'accepted'))).toBe(false)
    }
  })

  it('is not answered for the linked organization', () => {
    expect(mayDecideDivestment(courtAdmin, { ...row('pending'), organizationId: linked })).toBe(false)
  })
})

describe('the rest', () => {
  it.each(positions)(
    'keeps the guidance and columns of a court to its local admin: %s, %s of a %s',
    (column, role, kind) => {
      for (const action of ['editGuidance', 'editCustomColumns'] as const) {
        expect(mayOnOrganization(agent(role, kind), action, { id: own })).toBe(['CA', 'LC'].includes(column))
        expect(mayOnOrganization(agent(role, kind), action, { id: linked })).toBe(column === 'CA')
      }
    },
  )

  it.each(positions)(
    'keeps the console to central admins who accepted the charter: %s, %s of a %s',
    (column, role, kind) => {
      const actor = agent(role, kind)
      const rights = (who: AgentActor) => [
        mayUseCentralConsole(who),
        mayManageAnnouncements(who),
        mayManageTemplates(who, 'decide'),
        mayOnOrganization(who, 'editRecord', { id: own }),
      ]
      expect(new Set(rights(actor))).toEqual(new Set([column === 'CA']))
      expect(new Set(rights({ ...actor, charterAccepted: false }))).toEqual(new Set([false]))
    },
  )

  it.each(positions)(
    'lets the addressee close an announcement, or a central admin: %s, %s of a %s',
    (column, role, kind) => {
      expect(mayMarkAsRead(agent(role, kind), { agentId: me })).toBe(true)
      expect(mayMarkAsRead(agent(role, kind), { agentId: somebodyElse })).toBe(column === 'CA')
    },
  )

  it('restores no template that is the default already', () => {
    expect(mayRestoreTemplate(centralAdmin, { organizationId: null })).toBe(false)
  })

  it('lets a task of the system do its work, and a probationer nothing of the agents’', () => {
    const task = { kind: 'system', task: 'archive' } as const
    expect(mayOnProbationer(task, 'archive', person({ followingOrganizationIds: [foreign] }))).toBe(true)
    const probationer = { kind: 'probationer', id: me } as const
    expect(mayOnProbationer(probationer, 'show', person({ assignedAgentId: me }))).toBe(false)
    expect(mayUseCentralConsole(probationer)).toBe(false)
  })

  it('names the families as the trade does', () => {
    const columnsOf = (family: (agent: AgentActor) => boolean) => [
      ...new Set(positions.filter(([, role, kind]) => family(agent(role, kind))).map(([column]) => column)),
    ]
    expect(columnsOf(canFollowProbationers)).toEqual(['LP', 'PD', 'PC'])
    expect(columnsOf(canHaveAppointmentsAssigned)).toEqual(['LC', 'LP', 'PC', 'PS', 'MO'])
    expect(columnsOf(answersDivestments)).toEqual(['LC', 'LP', 'SJ', 'SC', 'HS', 'SP'])
    expect(rolesWithin(answersDivestments, 'probation_service')).toEqual([
      'local_admin',
      'probation_secretary',
    ])
    expect(defaultRoleOf('court')).toBe('sentence_clerk')
    expect(defaultRoleOf('probation_service')).toBe('probation_counsellor')
  })

  it('refuses a table that does not fit its columns', () => {
    const header = 'action CA LC LP SJ CS SC HS HX BX PD PC ED PS MO SP'
    expect(() => rightsTable(`${header}\nshow A J`)).toThrow('show has 2 cells')
    expect(() => rightsTable(`${header}\nshow ${'Z '.repeat(15).trim()}`)).toThrow('unknown cell Z')
    expect(() => rightsTable('action CA\nshow A')).toThrow('Rights table')
  })
})
