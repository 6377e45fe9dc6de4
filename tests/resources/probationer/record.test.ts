import { beforeAll, describe, expect, it } from 'vitest'
import { probationerRecord } from '../../../resources/probationer/queries/record.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { aCountry, actAt, anAgent, aPerson, aService, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor')
})

const recordOf = (probationerId: number, actor = counsellor) =>
  actAt(actor, monday, (ctx) => probationerRecord(ctx, { probationerId }))

describe('the record of a person', () => {
  it('says what became of the last SMS that left, and of none yet', async () => {
    const { id } = await aPerson([country.spip])
    expect((await recordOf(id)).lastSms).toBeNull()
    const sms = (cause: string, state: 'planned' | 'delivered' | 'failed', createdAt: string) => ({
      ...{ probationerId: id, causeKey: `${cause}:${id}`, kind: 'summons' as const, state },
      ...{ dueAt: monday, deadline: monday, createdAt: new Date(createdAt) },
      ...(state !== 'planned' && { sentAt: new Date(createdAt), textSent: 'RDV', phone: '+33639980000' }),
    })
    await prisma.message.createMany({
      data: [
        sms('first', 'delivered', '2026-09-01T08:00:00Z'),
        sms('second', 'failed', '2026-09-20T22:30:00Z'),
        sms('third', 'planned', '2026-10-01T08:00:00Z'),
      ],
    })
    expect((await recordOf(id)).lastSms).toMatchObject({ state: 'failed', on: '2026-09-21' })
  })

  it('says where the personal space stands', async () => {
    const { id } = await aPerson([country.spip])
    expect((await recordOf(id)).space).toMatchObject({ state: 'never', invitedOn: null, acceptedOn: null })
    await prisma.spaceAccount.create({
      data: { probationerId: id, invitationCount: 2, lastInvitedAt: monday },
    })
    expect((await recordOf(id)).space).toMatchObject({
      state: 'reinvited',
      invitedOn: '2026-10-05',
      acceptedOn: null,
      whyNotInvited: 'space.no_invitation_left',
    })
  })

  it('says the commune to execution offices that book beyond their jurisdiction, and to nobody else', async () => {
    const court = await aService('TJ de Versailles', 'court', {
      departmentCode: '78',
      interJurisdiction: true,
    })
    const { id } = await aPerson([country.spip, court])
    await prisma.probationer.update({ where: { id }, data: { isHomeless: true } })
    expect((await recordOf(id)).residence).toBeNull()
    const office = await anAgent(court, 'execution_office_agent')
    expect((await recordOf(id, office)).residence).toEqual({
      city: null,
      isHomeless: true,
      livesAbroad: false,
    })
  })

  it('says them, and to nobody else, in which of its services the person may be convoked', async () => {
    const court = await aService('TJ de Chartres', 'court', { departmentCode: '28', interJurisdiction: true })
    const { id } = await aPerson([country.spip, country.branch, court])
    // Who follows, and receives nobody who leaves a hearing.
    await prisma.placeAppointmentType.deleteMany({ where: { placeId: country.branch.placeId } })
    expect((await recordOf(id)).bookableAt).toBeNull()
    const office = await anAgent(court, 'execution_office_agent')
    expect((await recordOf(id, office)).bookableAt).toEqual(['TJ de Chartres', 'SPIP de Nanterre'])
  })
})
