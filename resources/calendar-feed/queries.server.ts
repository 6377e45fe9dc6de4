import { Prisma } from '@prisma/client'
import { actorFrom, actorSql, type ActorRow } from '../agent/queries/actor.server'
import { appointmentsVisibleTo } from '../appointment/policy'
import type { AgentActor } from '../shared/actor'
import { civilOf, type CivilDate } from '../shared/civil-time'
import { query } from '../shared/command'
import type { Context } from '../shared/context'
import { sha256 } from '../shared/digest.server'
import { minute } from '../shared/duration'
import { NotFound } from '../shared/errors'
import { rowsOf } from '../shared/prepared.server'
import { countCalendarReading } from '../shared/throttle.server'
import { hasCalendar } from './policy'
import { calendarReach, initialsOf } from './rules'
import { calendarFeedInput } from './schema'

/** What a calendar keeps of an appointment: nothing that names the person or says why they come. */
export interface CalendarEvent {
  id: number
  /** Grows with what is said of it. */
  version: number
  changedAt: Date
  from: Date
  to: Date
  initials: string
  /** What the person is told it is. */
  title: string
  /** Null when nobody comes to the place. */
  place: { name: string; address: string } | null
}

/**
 * The booked appointments of whom a secret address belongs to, with the rights they have at this reading. An
 * address that is unknown, stopped, or of an account that reads nothing any more is one thing: not found.
 *
 * @throws TooMany when it is read more often than calendars do.
 */
export const calendarFeed = query(calendarFeedInput, async (ctx: Context, { token }) => {
  const [row] = await rowsOf<ActorRow>(
    ctx,
    actorSql(
      Prisma.sql`a.id = (SELECT feed.agent_id FROM calendar_feed feed WHERE feed.token_hash = ${sha256(token)})`,
    ),
  )
  const agent = row && actorFrom(row, null, null)
  if (!agent || !hasCalendar(agent)) throw new NotFound('calendar')
  await countCalendarReading(agent.id)
  const now = ctx.now.getTime()
  const appointments = await ctx.tx.appointment.findMany({
    where: {
      AND: [appointmentsVisibleTo(agent)],
      agentId: agent.id,
      state: 'booked',
      startsAt: { gte: new Date(now - calendarReach.before), lte: new Date(now + calendarReach.after) },
    },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      version: true,
      startsAt: true,
      updatedAt: true,
      slot: { select: { durationMinutes: true, updatedAt: true } },
      place: { select: { name: true, shortAddress: true, updatedAt: true } },
      type: { select: { publicLabel: true, heldAtPlace: true } },
      probationer: { select: { firstName: true, lastName: true } },
    },
  })
  return appointments.map(
    ({ id, version, startsAt, updatedAt, slot, place, type, probationer }): CalendarEvent => ({
      id,
      version,
      changedAt: new Date(Math.max(...[updatedAt, slot.updatedAt, place.updatedAt].map(Number))),
      from: startsAt,
      to: new Date(startsAt.getTime() + slot.durationMinutes * minute),
      initials: initialsOf(probationer),
      title: type.publicLabel,
      place: type.heldAtPlace ? { name: place.name, address: place.shortAddress } : null,
    }),
  )
})

/** The day on which the actor's address was made; null when there is none. */
export async function calendarMadeOn(ctx: Context<AgentActor>): Promise<CivilDate | null> {
  const feed = await ctx.tx.calendarFeed.findUnique({
    where: { agentId: ctx.actor.id },
    select: { madeAt: true },
  })
  return feed && civilOf(feed.madeAt, ctx.actor.organization.timeZone).date
}
