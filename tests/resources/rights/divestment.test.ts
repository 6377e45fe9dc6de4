import { describe, expect, it } from 'vitest'
import { mayDecideDivestment, mayRequestDivestment } from '../../../resources/divestment/policy'
import { own, linked, foreign, interJurisdiction, courtAdmin, centralAdmin } from '../../support/actors'

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
