import { randomInt } from 'node:crypto'
import type { SystemActor } from '../../resources/shared/actor'
import { civilOf, dbDateOf } from '../../resources/shared/civil-time'
import type { Context } from '../../resources/shared/context'
import { planMessages } from '../../resources/message/commands/plan.server'
import { templateFor } from '../../resources/message/template/queries/in-force.server'
import { canReceiveSms, reachFacts } from '../../resources/probationer/rules'
import { prisma, transaction } from '../../resources/shared/db.server'
import * as world from './world'

// Appointments and the messages they send, beneath the commands that book.

export const test: SystemActor = { kind: 'system', task: 'test' }

/** A transaction at an instant of the test's choosing. */
export function at<Result>(now: Date, work: (ctx: Context) => Promise<Result>): Promise<Result> {
  return transaction((tx) => work({ tx, actor: test, now }), { timeout: 15_000 })
}

export const inHours = (hours: number, from = new Date()) => new Date(from.getTime() + hours * 3_600_000)

/** A service with one place, one agenda and a public page. */
export async function aService(timeZone = 'Europe/Paris') {
  const name = `SPIP de Nanterre ${randomInt(1e9)}`
  const made = await world.aService(name, 'probation_service', { timeZone })
  const { placeId, agendaId, ...organization } = made
  const page = await prisma.publicPage.create({
    data: {
      slug: `spip-${organization.id}`,
      code: `k7p2${String(organization.id % 10_000).padStart(4, '0')}`,
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
  const place = await prisma.place.update({
    where: { id: placeId },
    data: { name: 'SPIP de Nanterre', shortAddress: '14 rue des Peupliers', publicPageId: page.id },
  })
  return { organization, place, agenda: { id: agendaId }, page }
}
export type Service = Awaited<ReturnType<typeof aService>>

/** Followed by nobody: these tests read no list. */
export const aPerson = (data: { phone?: string | null; smsOptOut?: boolean } = {}) => world.aPerson([], data)

/** An appointment as booking leaves it, without its messages. */
export async function anAppointment(
  service: {
    organization: { id: number; timeZone: string }
    place: { id: number }
    agenda: { id: number }
  },
  probationerId: number,
  startsAt: Date,
) {
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

/** Plans the messages of an appointment as booking it does. */
export async function planFor(ctx: Context, id: number, informNow: boolean): Promise<void> {
  const { startsAt, organization, probationer, organizationId, typeCode, ...appointment } =
    await ctx.tx.appointment.findUniqueOrThrow({
      where: { id },
      select: {
        id: true,
        version: true,
        probationerId: true,
        organizationId: true,
        typeCode: true,
        startsAt: true,
        organization: { select: { timeZone: true } },
        probationer: { select: reachFacts },
      },
    })
  const zone = organization.timeZone
  const reminder = await templateFor(ctx, { organizationId, typeCode, kind: 'reminder' })
  await planMessages(ctx, appointment, {
    act: 'booking',
    meeting: { ...civilOf(startsAt, zone), zone },
    informNow,
    reachable: canReceiveSms(probationer),
    reminderHours: reminder?.reminderHours ?? [],
  })
}
