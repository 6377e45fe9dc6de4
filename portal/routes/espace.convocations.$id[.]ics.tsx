import type { LoaderFunctionArgs } from '@remix-run/node'
import { ownCalendar } from '../../resources/probationer-space/queries/mine.server'
import { visit } from '../door.server'
import { calendarFile } from '../own-calendar.server'
import { personHere } from '../space.server'

/** One appointment, for the calendar of a phone. */
export async function loader({ request, params: { id = '' }, context }: LoaderFunctionArgs) {
  const events = await visit(personHere(context, request), (ctx) => ownCalendar(ctx, { appointmentId: id }))
  return calendarFile(events)
}
