import { describe, expect, it } from 'vitest'
import {
  mayChangeRole,
  mayInvite,
  mayOnAgent,
  mayOpenAgents,
  mayPullAgent,
  mayPushAgent,
} from '../../resources/agent/policy'
import { mayOnAgenda, mayOpenNewAgenda } from '../../resources/agenda/policy'
import { appointmentTypes } from '../../resources/appointment-type/catalogue'
import { mayManageAppointmentTypes } from '../../resources/appointment-type/policy'
import {
  mayBook,
  mayOnAppointment,
  mayOpenAppointments,
  mayOpenExitAgenda,
} from '../../resources/appointment/policy'
import { mayClose, mayOpenClosures } from '../../resources/closure/policy'
import { mayManageCompetentServices } from '../../resources/competent-service/policy'
import {
  mayDecideDivestment,
  mayOpenDivestments,
  mayRequestDivestment,
  mayUseDivestmentDesk,
  mayWithdrawDivestment,
} from '../../resources/divestment/policy'
import { mayManageHeadquarters } from '../../resources/headquarters/policy'
import { mayManageDuplicates } from '../../resources/likely-duplicate/policy'
import { mayOpenImports, mayStartImport } from '../../resources/import/policy'
import {
  mayManageTemplates,
  mayProposeTemplate,
  mayRestoreTemplate,
} from '../../resources/message/template/policy'
import { mayCreateOrganizations, mayOnOrganization } from '../../resources/organization/policy'
import { mayOnPlace, mayOpenPlaces } from '../../resources/place/policy'
import { mayRelocatePlaces } from '../../resources/place-relocation/policy'
import { mayConvoke, mayOnProbationer, mayWithProbationers } from '../../resources/probationer/policy'
import { mayOnRecurringSlot, mayOpenRecurringSlots } from '../../resources/recurring-slot/policy'
import { mayReadFigures, mayReadNationalFigures } from '../../resources/reporting/policy'
import type { AgentActor, OrganizationKind } from '../../resources/shared/actor'
import { defaultRoleOf } from '../../resources/shared/rights'
import { mayOnSlot, mayOpenSlots, slotTypesOf } from '../../resources/slot/policy'
import * as matrices from './rights-matrices'
import { isAskedToTheDatabase, linesOf, positions, promised, type Line, type Stand } from './rights-matrices'
import {
  me,
  somebodyElse,
  own,
  linked,
  foreign,
  agent,
  person,
  archivedAt,
  claimedBy,
  slotAt,
} from '../support/actors'

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

const checks: Record<string, Record<string, Check[]>> = {
  probationers: {
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
    'choose the agent in charge by name': [
      on((actor, id) => mayOnProbationer(actor, 'chooseAgent', person({ followingOrganizationIds: [id] }))),
    ],
    'hand many persons over to an agent': [
      on((actor, id) => mayOnProbationer(actor, 'handOver', person({ followingOrganizationIds: [id] }))),
    ],
    'export all data of a person': [
      onAssigned((actor, id, assignedAgentId) =>
        mayOnProbationer(actor, 'export', person({ followingOrganizationIds: [id], assignedAgentId })),
      ),
    ],
    'export the list of persons': [anywhere((actor) => mayWithProbationers(actor, 'exportList'))],
    "export the list of one's own persons": [anywhere((actor) => mayWithProbationers(actor, 'exportOwn'))],
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
    'merge two records, work through likely duplicates': [
      on((actor, id) => mayOnProbationer(actor, 'merge', person({ followingOrganizationIds: [id] }))),
      anywhere(mayManageDuplicates),
    ],
    'who opened the record': [
      on((actor, id) => mayOnProbationer(actor, 'readTraces', person({ followingOrganizationIds: [id] }))),
    ],
    'request of a person: record': [
      on((actor, id) => mayOnProbationer(actor, 'recordRequest', person({ followingOrganizationIds: [id] }))),
    ],
    'request of a person: answer, lift a limitation': [
      on((actor, id) => mayOnProbationer(actor, 'answerRequest', person({ followingOrganizationIds: [id] }))),
    ],
  },
  agendas: {
    'new/edit (button)': [anywhere(mayOpenNewAgenda)],
    'create / update / merge': (['create', 'rename', 'merge'] as const).map((action) =>
      on((actor, id) => mayOnAgenda(actor, action, { place: { organizationId: id } })),
    ),
    // Only with the right on slots: the lines of slots say who.
    '"may create slots inside": only with the slot right of 3.5': [],
  },
  places: {
    'index, new': [anywhere(mayOpenPlaces)],
    'show, create, edit, update, archive': (['show', 'create', 'edit', 'archive'] as const).map((action) =>
      on((actor, id) => mayOnPlace(actor, action, { organizationId: id })),
    ),
  },
  slots: {
    'slot: index, new': [anywhere(mayOpenSlots)],
    'slot: create, edit, update, close one or in bulk, reopen': (
      ['create', 'edit', 'close', 'reopen'] as const
    ).map(onSlot),
    'recurring: index, new': [anywhere(mayOpenRecurringSlots)],
    'recurring: create, update, destroy, destroy all': (
      ['create', 'edit', 'delete', 'deleteAll'] as const
    ).map((action) => on((actor, id) => mayOnRecurringSlot(actor, action, slotAt(id, typeWithin(actor))))),
  },
  closures: {
    'closure: index, new': [anywhere(mayOpenClosures)],
    'closure: create, settle, lift': [on((actor, id) => mayClose(actor, { organizationId: id }))],
  },
  imports: {
    'file of agents: send': [anywhere((actor) => mayStartImport(actor, 'agents'))],
    'file of competent services: send': [anywhere((actor) => mayStartImport(actor, 'competent_services'))],
    'reports: list': [anywhere(mayOpenImports)],
  },
  centralConsole: {
    'competent services: list, tie to a service': [anywhere(mayManageCompetentServices)],
    'headquarters: list, create, rename, undo': [anywhere(mayManageHeadquarters)],
    'headquarters of an agent: set': [onColleague('setHeadquarters')],
    'place relocations: list, register, cancel': [anywhere(mayRelocatePlaces)],
  },
  organizations: {
    'organizations: new, create': [anywhere(mayCreateOrganizations)],
    'organizations: edit, update': [on((actor, id) => mayOnOrganization(actor, 'edit', { id }))],
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
  figures: {
    'figures of a service': [
      on((actor, organizationId) => mayReadFigures(actor, { organizationId, referentId: null })),
    ],
    "figures of one's own persons in one's service": [
      (actor) =>
        organizationsInTurn.flatMap(({ name, id, O, J }) =>
          [me, somebodyElse].map((referentId) => ({
            when: `${name}, ${referentId === me ? 'my persons' : 'those of somebody else'}`,
            stand: { O, J, S: O && referentId === me },
            answer: mayReadFigures(actor, { organizationId: id, referentId }),
          })),
        ),
    ],
    'figures of the country': [anywhere(mayReadNationalFigures)],
  },
  agents: {
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
        mayPullAgent(
          actor,
          {
            ...colleague(foreign, actor.organization.kind),
            organization: { kind: actor.organization.kind },
          },
          actor.organization,
        ),
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
    withdraw: [
      (actor) =>
        organizationsInTurn.flatMap(({ name, id, O, J }) =>
          [me, somebodyElse].map((requestedById) => ({
            when: `${name}, asked by ${requestedById === me ? 'me' : 'somebody else'}`,
            stand: { O, J, S: requestedById === me },
            answer: mayWithdrawDivestment(actor, { targetOrganizationId: id, requestedById }),
          })),
        ),
    ],
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
  const matrix = matrices[subject as 'probationers']
  const lines = linesOf(matrix).filter(({ label }) => !isAskedToTheDatabase(matrix, label))

  describe(`the matrix of ${subject}`, () => {
    it('has each of its lines checked, here or on the database', () => {
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
