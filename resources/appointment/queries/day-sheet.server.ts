import type { Prisma } from '@prisma/client'
import { recordAudit } from '../../audit/commands.server'
import type { AgentActor } from '../../shared/actor'
import { addDays, civilDateFromDb, civilOf, instantOf, type CivilTime } from '../../shared/civil-time'
import { query } from '../../shared/command'
import type { Context } from '../../shared/context'
import { assertAllowed } from '../../shared/errors'
import { appointmentsVisibleTo, mayOpenAppointments } from '../policy'
import { daySheetInput } from '../schema'

/** A day of one service, at most: what a reception goes through by hand. */
const mostExpected = 1_000

/**
 * Who is expected that day at the service of the agent, a place at a time, for the reception: the year of birth, neither
 * phone nor number. Those who are called or visited are only mentioned. The trace says how many were shown.
 */
export const daySheet = query(daySheetInput, async (ctx: Context<AgentActor>, asked) => {
  const { organization } = ctx.actor
  assertAllowed(mayOpenAppointments(ctx.actor), 'print the sheet of a day')
  const zone = organization.timeZone
  const now = civilOf(ctx.now, zone)
  const date = asked.date ?? now.date
  const places = await ctx.tx.place.findMany({
    where: { organizationId: organization.id, archivedAt: null },
    select: { id: true, name: true, address: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  const [begins, ends] = [instantOf(date, '00:00', zone), instantOf(addDays(date, 1), '00:00', zone)]
  const expectedWhen = (startsAt: Prisma.DateTimeFilter): Prisma.AppointmentWhereInput => ({
    AND: [
      {
        ...{ organizationId: organization.id, startsAt },
        state: { in: ['booked', 'attended', 'missed'] },
        ...(asked.placeId && { placeId: asked.placeId }),
      },
      appointmentsVisibleTo(ctx.actor),
    ],
  })
  const found = await ctx.tx.appointment.findMany({
    where: expectedWhen({ gte: begins, lt: ends }),
    select: {
      id: true,
      startsAt: true,
      placeId: true,
      type: { select: { label: true, heldAtPlace: true } },
      slot: { select: { agenda: { select: { name: true } } } },
      agent: { select: { firstName: true, lastName: true } },
      place: { select: { name: true, address: true } },
      probationer: { select: { firstName: true, lastName: true, dateOfBirth: true } },
    },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: mostExpected + 1,
  })
  const rows = found.slice(0, mostExpected)
  const nearest = async (startsAt: Prisma.DateTimeFilter, order: 'asc' | 'desc') => {
    const one = await ctx.tx.appointment.findFirst({
      where: expectedWhen(startsAt),
      select: { startsAt: true },
      orderBy: { startsAt: order },
    })
    return one && civilOf(one.startsAt, zone).date
  }
  await recordAudit(ctx, {
    ...{ action: 'export', subject: 'appointment' },
    fields: ['day sheet', `${rows.length} lines`],
  })
  const lineOf = (row: (typeof rows)[number]) => ({
    id: row.id,
    time: civilOf(row.startsAt, zone).time,
    type: row.type.label,
    agent: row.agent,
    agenda: row.slot.agenda.name,
    person: {
      lastName: row.probationer.lastName,
      firstName: row.probationer.firstName,
      yearOfBirth: row.probationer.dateOfBirth
        ? Number(civilDateFromDb(row.probationer.dateOfBirth).slice(0, 4))
        : null,
    },
  })
  // A place that was archived since may still expect somebody.
  const met = new Map(rows.map(({ placeId: id, place }) => [id, { id, ...place }]))
  const shown = [...new Map([...places.map((place) => [place.id, place] as const), ...met]).values()]
  return {
    date,
    service: organization.name,
    places: places.map(({ id, name }) => ({ id, name })),
    placeId: asked.placeId,
    /** Of a day on which nobody is expected: the last day before and the first after on which somebody is. */
    nearest:
      rows.length > 0
        ? null
        : { before: await nearest({ lt: begins }, 'desc'), after: await nearest({ gte: ends }, 'asc') },
    /** More are expected than a sheet holds: how many are shown. */
    cutAt: found.length > mostExpected ? mostExpected : null,
    sheets: shown.flatMap((place) => {
      const here = rows.filter((row) => row.placeId === place.id)
      if (here.length === 0) return []
      return [
        {
          ...place,
          expected: here.filter(({ type }) => type.heldAtPlace).map(lineOf),
          elsewhere: here
            .filter(({ type }) => !type.heldAtPlace)
            .map((row): { time: CivilTime; type: string; agent: (typeof rows)[number]['agent'] } => ({
              time: civilOf(row.startsAt, zone).time,
              type: row.type.label,
              agent: row.agent,
            })),
        },
      ]
    }),
    printed: { ...now, by: { firstName: ctx.actor.firstName, lastName: ctx.actor.lastName } },
  }
})
