import { describe, expect, it } from 'vitest'
import {
  mayChangeRole,
  mayInvite,
  mayOnAgent,
  mayPullAgent,
  mayPushAgent,
  maySwitchTo,
  rolesInvitedBy,
} from '../../../resources/agent/policy'
import { mayOnProbationer, mayWithProbationers } from '../../../resources/probationer/policy'
import type { OrganizationKind, Role } from '../../../resources/shared/actor'
import { rolesOf } from '../../../resources/shared/rights'
import { positions } from '../rights-matrices'
import {
  me,
  somebodyElse,
  own,
  linked,
  foreign,
  agent,
  person,
  counsellor,
  courtAdmin,
  centralAdmin,
} from '../../support/actors'

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
    const central = { ...elsewhere, role: 'central_admin', ...kind('court') } as const
    expect(mayPullAgent(courtAdmin, { ...elsewhere, ...kind('court') }, aCourt)).toBe(true)
    expect(mayPullAgent(courtAdmin, { ...elsewhere, ...kind('probation_service') }, aCourt)).toBe(false)
    expect(mayPullAgent(courtAdmin, central, aCourt)).toBe(false)
    expect(mayPullAgent(centralAdmin, central, aCourt)).toBe(false)
    // Only a central admin pulls into a service that is not their own.
    const other = { id: linked, kind: 'court' } as const
    expect(mayPullAgent(courtAdmin, { ...elsewhere, ...kind('court') }, other)).toBe(false)
    expect(mayPullAgent(centralAdmin, { ...elsewhere, ...kind('court') }, other)).toBe(true)
    expect(mayPullAgent(headClerk, { ...elsewhere, ...kind('court') }, aCourt)).toBe(false)
    expect(mayPushAgent(courtAdmin, target('sentence_clerk'), { id: foreign, kind: 'court' })).toBe(true)
    expect(
      mayPushAgent(courtAdmin, target('sentence_clerk'), { id: linked, kind: 'probation_service' }),
    ).toBe(false)
    expect(mayPushAgent(courtAdmin, target('sentence_clerk'), aCourt)).toBe(false)
    expect(mayPushAgent(headClerk, target('sentence_clerk'), { id: foreign, kind: 'court' })).toBe(false)
    // An admin who sent themselves elsewhere would give themselves that service.
    expect(mayPushAgent(courtAdmin, target('local_admin', me), { id: foreign, kind: 'court' })).toBe(false)
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
