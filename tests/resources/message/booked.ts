import { randomInt } from 'node:crypto'
import { seedReference } from '../../../prisma/seed/reference'
import { newSmsOptOutToken } from '../../../resources/probationer/commands/opt-out.server'
import type { Actor } from '../../../resources/shared/actor'
import { civilOf, dbDateOf } from '../../../resources/shared/civil-time'
import type { Context } from '../../../resources/shared/context'
import { prisma } from '../../../resources/shared/db.server'

export const test: Actor = { kind: 'system', task: 'test' }

/** A transaction at an instant of the test's choosing. */
export function at<Result>(now: Date, work: (ctx: Context) => Promise<Result>): Promise<Result> {
  return prisma.$transaction((tx) => work({ tx, actor: test, now }), { timeout: 15_000 })
}

export const inHours = (hours: number, from = new Date()) => new Date(from.getTime() + hours * 3_600_000)

/** A service with one place, one agenda and a public page. */
export async function aService(timeZone = 'Europe/Paris') {
  await prisma.$transaction((tx) => seedReference(tx), { timeout: 30_000 })
  const name = `SPIP de Nanterre ${randomInt(1e9)}`
  const organization = await prisma.organization.create({
    data: { name, kind: 'probation_service', departmentCode: '92', timeZone },
  })
  const page = await prisma.publicPage.create({
    data: {
      slug: `spip-${organization.id}`,
      code: `k7p2m9${organization.id % 10}${randomInt(10)}`,
      kind: 'probation_service',
      title: 'SPIP de Nanterre',
      officialName: name,
      departmentCode: '92',
      addressLine: '14 rue des Peupliers',
      postalCode: '92000',
      cityName: 'Nanterre',
      timeZone,
      state: 'published',
    },
  })
  const place = await prisma.place.create({
    data: {
      organizationId: organization.id,
      name: 'SPIP de Nanterre',
      address: '14 rue des Peupliers, 92000 Nanterre',
      shortAddress: '14 rue des Peupliers',
      departmentCode: '92',
      phone: '+33199001020',
      publicPageId: page.id,
    },
  })
  const agenda = await prisma.agenda.create({ data: { placeId: place.id, name: 'Agenda' } })
  return { organization, place, agenda, page }
}
export type Service = Awaited<ReturnType<typeof aService>>

export async function aPerson(data: { phone?: string | null; smsOptOut?: boolean } = {}) {
  return prisma.probationer.create({
    data: {
      lastName: `BENSALEM ${randomInt(1e9)}`,
      firstName: 'Karim',
      phone: `+336399${String(randomInt(20_000, 89_999))}`,
      smsOptOutToken: newSmsOptOutToken(),
      ...data,
    },
  })
}

/** An appointment as booking leaves it, without its messages. */
export async function anAppointment(service: Service, probationerId: number, startsAt: Date) {
  const { date, time } = civilOf(startsAt, service.organization.timeZone)
  const slot = await prisma.slot.create({
    data: {
      agendaId: service.agenda.id,
      typeCode: 'probation_follow_up',
      date: dbDateOf(date),
      startTime: time,
      startsAt,
      seatsTaken: 1,
    },
  })
  return prisma.appointment.create({
    data: {
      probationerId,
      slotId: slot.id,
      typeCode: 'probation_follow_up',
      organizationId: service.organization.id,
      creatingOrganizationId: service.organization.id,
      placeId: service.place.id,
      startsAt,
    },
  })
}
