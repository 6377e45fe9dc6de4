import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { searchProbationers } from '../../../resources/probationer/queries/list.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { aCountry, actAt, anAgent, aPerson, aService, aSlot, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let clerk: AgentActor
beforeAll(async () => {
  country = await aCountry()
  clerk = await anAgent(country.court, 'execution_office_agent')
})

const found = async (actor: AgentActor, text: string) =>
  (await actAt(actor, monday, (ctx) => searchProbationers(ctx, { text }))).map(({ id }) => id)

describe('the number of the case', () => {
  it('finds who was convoked under it, for the execution office of the jurisdiction, however it is spaced', async () => {
    const { id: probationerId } = await aPerson([country.spip, country.court])
    const slot = await aSlot(country.spip, 'hearing_exit_probation', '2026-10-13', '09:00')
    await actAt(clerk, monday, (ctx) =>
      bookAppointment(ctx, {
        ...{
          probationerId,
          typeCode: 'hearing_exit_probation',
          placeId: country.spip.placeId,
          slotId: slot.id,
        },
        ...{ prosecutionNumber: '26 123 000-456 a', inform: 'reminder_only' },
      }),
    )
    for (const text of ['26 123 000-456 a', '26123000456A', '26.123.000 456 A'])
      expect([text, await found(clerk, text)]).toEqual([text, [probationerId]])
    expect(await found(clerk, '26 123 000')).toEqual([])
    // Nobody else looks for a case; another jurisdiction finds nobody of it.
    expect(await found(await anAgent(country.spip, 'probation_counsellor'), '26123000456A')).toEqual([])
    const elsewhere = await aService('TJ de Tulle', 'court', { departmentCode: '19' })
    expect(await found(await anAgent(elsewhere, 'execution_office_agent'), '26123000456A')).toEqual([])
  })
})
