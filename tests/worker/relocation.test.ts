import { expect, it } from 'vitest'
import { bookAppointment } from '../../resources/appointment/commands/book.server'
import { registerRelocation } from '../../resources/place-relocation/commands/register.server'
import { preparationKey } from '../../resources/place-relocation/jobs'
import { addDays, civilOf, dbDateOf } from '../../resources/shared/civil-time'
import { prisma } from '../../resources/shared/db.server'
import { perform } from '../../resources/shared/transact.server'
import { dueAt, schedule } from '../../worker/schedule'
import { tasks } from '../../worker/tasks'
import { bringForward, drainQueue } from '../support/queue'
import { aCountry, anAgent, aPerson, workingDay } from '../support/world'

it('A place moves: prepared an hour after it is registered, told by mail, archived at three on its day', async () => {
  const { spip } = await aCountry()
  const central = await anAgent(spip, 'central_admin')
  const day = workingDay(10)
  const person = await aPerson([spip])
  const { id } = await perform(central, bookAppointment, {
    ...{ probationerId: person.id, placeId: spip.placeId, typeCode: 'probation_follow_up' },
    ...{ date: day, time: '09:00', inform: 'reminder_only' },
  })
  const { id: relocationId } = await perform(central, registerRelocation, {
    ...{ oldPlaceId: spip.placeId, date: day, name: 'Maison de justice' },
    ...{ address: '2 quai des Saules, 92000 Nanterre', phone: '01 99 00 77 88', mainContactMethod: 'phone' },
    confirmation: 'spip de nanterre',
  })
  const relocation = () => prisma.placeRelocation.findUniqueOrThrow({ where: { id: relocationId } })
  await drainQueue(tasks)
  expect((await relocation()).preparedAt).toBeNull()

  await bringForward(preparationKey(relocationId))
  await drainQueue(tasks)
  const { preparedAt, newPlaceId } = await relocation()
  expect(preparedAt).not.toBeNull()
  expect(await prisma.appointment.findUniqueOrThrow({ where: { id } })).toMatchObject({ placeId: newPlaceId })
  const account = await prisma.agent.findUniqueOrThrow({ where: { id: central.id } })
  const [mail] = await prisma.outboxItem.findMany({ where: { channel: 'email', recipient: account.email } })
  expect(mail?.body).toMatch(/1\s+personne attendue/u)
  expect(mail?.body).toContain('Maison de justice')
  expect(mail?.body).not.toContain(person.lastName)

  // Its day has come, as far as the row says; the night starts at three in Paris, not at four.
  const today = civilOf(new Date(), 'Europe/Paris').date
  await prisma.placeRelocation.update({ where: { id: relocationId }, data: { date: dbDateOf(today) } })
  const night = async (ts: string) => {
    const payload = JSON.stringify({ _cron: { ts, backfilled: false } })
    await prisma.$executeRaw`SELECT graphile_worker.add_job('start-scheduled', ${payload}::json)`
    await drainQueue(tasks)
  }
  await night('2026-07-01T00:00:00.000Z')
  expect((await relocation()).state).toBe('pending')
  await night('2026-07-01T01:00:00.000Z')
  expect((await relocation()).state).toBe('done')
  const old = await prisma.place.findUniqueOrThrow({ where: { id: spip.placeId } })
  expect(old.archivedAt).not.toBeNull()

  await prisma.placeRelocation.update({
    where: { id: relocationId },
    data: { date: dbDateOf(addDays(today, -40)) },
  })
  await night('2026-07-01T03:00:00.000Z')
  expect(await prisma.placeRelocation.count({ where: { id: relocationId } })).toBe(0)
})

it('Three at night comes once, the days when clocks change too, on the clock of each territory', () => {
  const ofRelocations = (zone: string) =>
    schedule.filter((entry) => entry.job.name === 'settle-relocations' && entry.zone === zone)
  const runs = (day: string, zone: string) =>
    Array.from({ length: 200 }, (_, n) => new Date(Date.parse(`${day}T00:00Z`) + (n - 52) * 900_000)).filter(
      (instant) => civilOf(instant, zone).date === day && dueAt(instant, ofRelocations(zone)).length > 0,
    )
  for (const day of ['2026-10-24', '2026-10-25', '2027-03-28'])
    expect(runs(day, 'Europe/Paris').map((instant) => civilOf(instant, 'Europe/Paris').time)).toEqual([
      '03:00',
    ])
  expect(runs('2026-11-01', 'America/Miquelon')).toHaveLength(1)
  expect(runs('2026-10-26', 'America/Cayenne')).toEqual([new Date('2026-10-26T06:00:00Z')])
})
