import { describe, expect, it } from 'vitest'
import { mayManageAnnouncements, mayMarkAsRead } from '../../../resources/announcement/policy'
import { mayManageHeadquarters } from '../../../resources/headquarters/policy'
import { mayManageTemplates, mayRestoreTemplate } from '../../../resources/message/template/policy'
import { mayOnOrganization } from '../../../resources/organization/policy'
import { mayRelocatePlaces } from '../../../resources/place-relocation/policy'
import { mayOnProbationer } from '../../../resources/probationer/policy'
import type { AgentActor } from '../../../resources/shared/actor'
import {
  answersDivestments,
  canFollowProbationers,
  canHaveAppointmentsAssigned,
  defaultRoleOf,
  mayUseCentralConsole,
  rightsTable,
  rolesWithin,
} from '../../../resources/shared/rights'
import { positions } from '../rights-matrices'
import { me, somebodyElse, own, linked, foreign, agent, person, centralAdmin } from '../../support/actors'

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
    'shows the page of the service to all, its mailbox and switchboard to its local admin: %s, %s of a %s',
    (column, role, kind) => {
      const may = (action: 'show' | 'editContact', id: number) =>
        mayOnOrganization(agent(role, kind), action, { id })
      expect([may('show', own), may('show', linked)]).toEqual([true, column === 'CA'])
      expect(may('editContact', own)).toBe(['CA', 'LC', 'LP'].includes(column))
      expect(may('editContact', linked)).toBe(column === 'CA')
    },
  )

  it.each(positions)(
    'keeps the console to central admins who accepted the charter: %s, %s of a %s',
    (column, role, kind) => {
      const actor = agent(role, kind)
      const rights = (who: AgentActor) => [
        mayUseCentralConsole(who),
        mayRelocatePlaces(who),
        mayManageHeadquarters(who),
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
