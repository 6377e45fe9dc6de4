import { describe, expect, it } from 'vitest'
import { isBookableBy } from '../../../resources/appointment-type/policy'
import { mayBook } from '../../../resources/appointment/policy'
import { mayConvoke, mayOnProbationer, mayWithProbationers } from '../../../resources/probationer/policy'
import {
  whyNotArchivable,
  whyNotAssignable,
  whyNotConvokable,
  whyNotEditable,
  whyNotSmsEnabled,
  whyNotUnarchivable,
  whyNotUnassignable,
} from '../../../resources/probationer/rules'
import { positions } from '../rights-matrices'
import {
  me,
  somebodyElse,
  own,
  linked,
  foreign,
  agent,
  interJurisdiction,
  person,
  archivedAt,
  claimedBy,
  typeOf,
  counsellor,
  courtAdmin,
  centralAdmin,
  executionOffice,
} from '../../support/actors'

describe('a person', () => {
  it('archived is edited, assigned and told of SMS by nobody: the record says why, not the role', () => {
    const archived = { ...person({ archivedAt }), smsOptOut: true }
    for (const whyNot of [whyNotEditable, whyNotAssignable, whyNotUnassignable])
      expect(whyNot(archived)).toBe('probationer.archived')
    expect(whyNotSmsEnabled(archived)).toBe('probationer.archived')
    expect(whyNotArchivable(archived)).toBe('probationer.already_archived')
    expect(mayOnProbationer(courtAdmin, 'edit', archived)).toBe(true)
  })

  it('whose use is limited is edited, assigned, archived, convoked by nobody, central admins included', () => {
    const limited = { ...person({ limitedAt: archivedAt }), smsOptOut: true }
    for (const whyNot of [
      whyNotEditable,
      whyNotAssignable,
      whyNotUnassignable,
      whyNotSmsEnabled,
      whyNotArchivable,
    ])
      expect(whyNot(limited)).toBe('probationer.limited')
    for (const actor of [centralAdmin, counsellor, interJurisdiction('prosecutor')]) {
      expect(mayConvoke(actor, limited)).toBe(false)
      expect(whyNotConvokable(actor, limited)).toBe('probationer.limited')
    }
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
