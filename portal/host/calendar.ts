import type { RequestHandler } from 'express'
import ical, { ICalCalendarMethod, ICalEventClass } from 'ical-generator'
import * as z from 'zod'
import { calendarFeed, type CalendarEvent } from '../../resources/calendar-feed/queries.server'
import { NotFound, TooMany } from '../../resources/shared/errors'
import { countAgainst } from '../../resources/shared/throttle.server'
import { read } from '../../resources/shared/transact.server'
import { visitor } from '../door.server'
import { answer } from './answers'

/**
 * The appointments of an agent, for the calendar that has their secret address. No cookie is read: whoever has the
 * address reads it. Only an address that leads nowhere is counted against its network.
 */
export const calendar: RequestHandler<{ token: string }> = async (req, res, next) => {
  try {
    const events = await read(visitor, (ctx) => calendarFeed(ctx, { token: req.params.token }))
    res
      .set({
        'Content-Type': 'text/calendar; charset=utf-8',
        'Content-Disposition': 'inline; filename="convocations.ics"',
        'Cache-Control': 'private, no-store',
        'X-Robots-Tag': 'noindex, nofollow',
      })
      .send(textOf(events))
  } catch (error) {
    if (error instanceof TooMany) answer(req, res, 429)
    else if (error instanceof NotFound || error instanceof z.ZodError)
      answer(req, res, (await countAgainst('unknown-calendar', req.ip ?? '')) ? 429 : 404)
    else next(error)
  }
}

/** RFC 5545. Instants in UTC: each calendar shows them on its own clock, right across a change of hour. */
function textOf(events: readonly CalendarEvent[]): string {
  const feed = ical({
    name: 'Mes convocations',
    prodId: { company: 'Mon Suivi Justice', product: 'Convocations', language: 'FR' },
    method: ICalCalendarMethod.PUBLISH,
    // Calendars that listen to it ask again no sooner, in seconds.
    ttl: 60 * 60,
  })
  for (const { id, version, changedAt, from, to, initials, title, place } of events)
    feed.createEvent({
      id: `convocation-${id}@mon-suivi-justice`,
      sequence: version,
      stamp: changedAt,
      lastModified: changedAt,
      start: from,
      end: to,
      summary: [initials, title].filter(Boolean).join('\u00a0– '),
      location: place && `${place.name}, ${place.address}`,
      class: ICalEventClass.PRIVATE,
    })
  return feed.toString()
}
