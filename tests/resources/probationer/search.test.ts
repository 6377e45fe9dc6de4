import { beforeAll, expect, test } from 'vitest'
import { searchProbationers } from '../../../resources/probationer/queries/list.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { aCountry, actAt, anAgent, aPerson, monday } from '../../support/world'

let agent: AgentActor
beforeAll(async () => {
  const { spip } = await aCountry()
  agent = await anAgent(spip, 'probation_counsellor')
  await aPerson([spip], { lastName: 'BENSALEM', dateOfBirth: '1991-04-12', phone: '+33639984127' })
  await aPerson([spip], { lastName: 'DOSSIER', dateOfBirth: '1980-01-01', appiNumber: '20041991' })
})

test.each([
  ['12/04/1991', ['BENSALEM']],
  ['12 04 1991', ['BENSALEM']],
  ['12041991', ['BENSALEM']],
  ['120491', ['BENSALEM']],
  ['bensalem 12041991', ['BENSALEM']],
  ['13041991', []],
  ['20041991', ['DOSSIER']],
  ['0639984127', ['BENSALEM']],
  ['4127', ['BENSALEM']],
])('« %s » finds %j', async (text, names) => {
  const found = await actAt(agent, monday, (ctx) => searchProbationers(ctx, { text }))
  expect(found.map((person) => person.lastName)).toEqual(names)
})
