import { describe, expect, it } from 'vitest'
import { mayFillCustomColumn, mayOnAppointment } from '../../../resources/appointment/policy'
import { own, foreign, interJurisdiction, typeOf, counsellor, executionOffice } from '../../support/actors'

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
