import { TZDate } from '@date-fns/tz'
import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventClass, ICalEventStatus } from 'ical-generator'
import { tzlib_get_ical_block } from 'timezones-ical-library'
import type { ownCalendar } from '../resources/probationer-space/queries/mine.server'

type Events = Awaited<ReturnType<typeof ownCalendar>>

const aDay = 24 * 60 * 60

/**
 * RFC 5545: a file that a phone opens. Its hours are those of the wall of the place, with its zone; a date taken in again
 * replaces the former one, and what is cancelled leaves. Whoever sees the calendar learns nothing: "Rendez-vous".
 */
export function calendarFile(events: Events): Response {
  const calendar = ical({
    name: 'Mes rendez-vous',
    prodId: { company: 'Mon Suivi Justice', product: 'Mon espace', language: 'FR' },
    method: ICalCalendarMethod.PUBLISH,
    timezone: { name: null, generator: (zone) => String(tzlib_get_ical_block(zone)[0]) },
  })
  for (const { id, version, changedAt, date, time, timeZone, durationMinutes, isOff, place } of events) {
    const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
    const [hours = 0, minutes = 0] = time.split(':').map(Number)
    calendar.createEvent({
      id: `rendez-vous-${id}@mon-suivi-justice`,
      sequence: version,
      stamp: changedAt,
      lastModified: changedAt,
      timezone: timeZone,
      start: new TZDate(year, month - 1, day, hours, minutes, 0, timeZone),
      end: new TZDate(year, month - 1, day, hours, minutes + durationMinutes, 0, timeZone),
      summary: 'Rendez-vous',
      location: place,
      status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      class: ICalEventClass.PRIVATE,
      alarms: isOff ? [] : [{ type: ICalAlarmType.display, trigger: aDay }],
    })
  }
  return new Response(calendar.toString(), {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'attachment; filename="rendez-vous.ics"',
      'Cache-Control': 'private, no-store',
    },
  })
}
