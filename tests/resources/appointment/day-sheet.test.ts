import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../resources/appointment/commands/book.server'
import { cancelAppointment } from '../../../resources/appointment/commands/settle.server'
import { daySheet } from '../../../resources/appointment/queries/day-sheet.server'
import type { AgentActor } from '../../../resources/shared/actor'
import { prisma } from '../../../resources/shared/db.server'
import { agendasRunningOut } from '../../../resources/slot/queries/running-out.server'
import { aCountry, actAt, anAgent, aPerson, aSlot, monday } from '../../support/world'

let country: Awaited<ReturnType<typeof aCountry>>
let counsellor: AgentActor
let secretary: AgentActor
beforeAll(async () => {
  country = await aCountry()
  counsellor = await anAgent(country.spip, 'probation_counsellor')
  secretary = await anAgent(country.spip, 'probation_secretary')
  await prisma.placeAppointmentType.createMany({
    data: ['phone_appointment'].map((typeCode) => ({ placeId: country.spip.placeId, typeCode })),
    skipDuplicates: true,
  })
})

const date = '2026-10-13'
async function booked(lastName: string, time: string, typeCode = 'probation_follow_up', day = date) {
  const { id: probationerId } = await aPerson([country.spip, country.court], { lastName })
  const { id } = await actAt(counsellor, monday, (ctx) =>
    bookAppointment(ctx, {
      ...{ probationerId, typeCode, placeId: country.spip.placeId, inform: 'reminder_only' },
      ...{ date: day, time },
    }),
  )
  return id
}
const sheetOf = (actor: AgentActor, asked = {}) =>
  actAt(actor, monday, (ctx) => daySheet(ctx, { date, ...asked }))

describe('the sheet of a day', () => {
  it('has who is expected at each place of the service, by the hour, with the year of birth and no more', async () => {
    await booked('TROIS', '14:30')
    await booked('UN', '09:00')
    await booked('APPELÉ', '11:15', 'phone_appointment')
    await booked('DEMAIN', '09:00', 'probation_follow_up', '2026-10-14')
    const cancelled = await booked('ANNULÉ', '10:00')
    await actAt(counsellor, monday, (ctx) => cancelAppointment(ctx, { appointmentId: cancelled }))
    const { sheets } = await sheetOf(secretary)
    expect(sheets).toHaveLength(1)
    expect(sheets[0]?.expected).toMatchObject([
      { time: '09:00', person: { lastName: 'UN', yearOfBirth: 1991 } },
      { time: '14:30', person: { lastName: 'TROIS', yearOfBirth: 1991 } },
    ])
    // Who is called is only mentioned, without a name.
    expect(sheets[0]?.elsewhere).toMatchObject([{ time: '11:15', agent: { lastName: counsellor.lastName } }])
    expect(JSON.stringify(sheets)).not.toMatch(/APPELÉ|phone|appi/i)
  })

  it('leaves a trace of how many were printed, by whom', async () => {
    await sheetOf(secretary)
    const trace = await prisma.auditEntry.findFirstOrThrow({
      where: { agentId: secretary.id, action: 'export' },
      orderBy: { id: 'desc' },
    })
    expect(trace.fields).toEqual(['day sheet', '3 lines'])
  })

  it('is of the agent’s own service, be they of its jurisdiction', async () => {
    const clerk = await anAgent(country.court, 'court_secretary')
    expect((await sheetOf(clerk)).sheets).toEqual([])
    const { placeId } = country.spip
    expect((await sheetOf(clerk, { placeId })).sheets).toEqual([])
    expect((await sheetOf(secretary, { placeId })).sheets).toHaveLength(1)
  })

  it('leads from an empty day to the nearest ones that have somebody, at the place that is asked', async () => {
    const nearestOf = async (day: string, asked = {}, actor = secretary) =>
      (await sheetOf(actor, { date: day, ...asked })).nearest
    expect(await nearestOf(date)).toBeNull()
    expect(await nearestOf('2026-10-20')).toEqual({ before: '2026-10-14', after: null })
    expect(await nearestOf('2026-10-12')).toEqual({ before: null, after: date })
    const { placeId } = country.branch
    expect(await nearestOf('2026-10-12', { placeId })).toEqual({ before: null, after: null })
    const clerk = await anAgent(country.court, 'court_secretary')
    expect(await nearestOf('2026-10-12', {}, clerk)).toEqual({ before: null, after: null })
  })

  it('says that it is cut, on a day that has more than it holds', async () => {
    const [{ id: probationerId }, slot] = [
      await aPerson([country.branch]),
      await aSlot(country.branch, 'probation_follow_up', date, '08:00', {
        capacity: 1_001,
        seatsTaken: 1_001,
      }),
    ]
    const { id: organizationId, placeId } = country.branch
    const expecting = (many: number) =>
      prisma.appointment.createMany({
        data: Array.from({ length: many }, (_, rank) => ({
          ...{ probationerId, slotId: slot.id, typeCode: 'probation_follow_up', organizationId, placeId },
          creatingOrganizationId: organizationId,
          startsAt: new Date(slot.startsAt.getTime() + rank * 10_000 + many),
        })),
      })
    const reception = await anAgent(country.branch, 'probation_secretary')
    const read = async () => {
      const { cutAt, sheets } = await sheetOf(reception)
      return { cutAt, shown: sheets[0]?.expected.length }
    }
    await expecting(1_000)
    expect(await read()).toEqual({ cutAt: null, shown: 1_000 })
    await expecting(1)
    expect(await read()).toEqual({ cutAt: 1_000, shown: 1_000 })
  })

  it('has the day of the service, overseas too', async () => {
    // 20 h in Paris is the next morning in Nouméa: the day that begins there is theirs.
    const zone = 'Pacific/Noumea'
    await prisma.organization.update({ where: { id: country.foreign.id }, data: { timeZone: zone } })
    const there = await anAgent(country.foreign, 'probation_counsellor')
    const { date: today } = await actAt(there, new Date('2026-10-12T18:00:00Z'), (ctx) => daySheet(ctx, {}))
    expect(today).toBe('2026-10-13')
  })
})

describe('the seats that run out', () => {
  it('are said of an agenda that has two left, or a tenth; not of one that has opened none', async () => {
    const director = await anAgent(country.spip, 'probation_director')
    const runningOut = () => actAt(director, monday, (ctx) => agendasRunningOut(ctx))
    expect(await runningOut()).toEqual([])
    const slot = await aSlot(country.spip, 'hearing_exit_probation', '2026-10-07', '09:00', { capacity: 3 })
    expect(await runningOut()).toEqual([])
    await prisma.slot.update({ where: { id: slot.id }, data: { seatsTaken: 2 } })
    expect(await runningOut()).toMatchObject([{ agendaId: country.spip.agendaId, free: 1 }])
    // Beyond the days ahead, nobody is pressed.
    await prisma.slot.update({ where: { id: slot.id }, data: { startsAt: new Date('2026-10-30T07:00:00Z') } })
    expect(await runningOut()).toEqual([])
  })
})
