import type { LoaderFunctionArgs } from '@remix-run/node'
import { ownCalendar } from '../../resources/probationer-space/queries/mine.server'
import { ownAppointmentInput } from '../../resources/probationer-space/schema'
import { visit } from '../door.server'
import { calendarFile } from '../own-calendar.server'
import { personHere } from '../space.server'

/** One appointment, for the calendar of a phone. */
export async function loader({ request, params: { id = '' }, context }: LoaderFunctionArgs) {
  const person = personHere(context, request)
  const asked = ownAppointmentInput.safeParse({ appointmentId: id })
  const events = asked.success ? await visit(person, (ctx) => ownCalendar(ctx, asked.data)) : []
  if (events.length > 0) return calendarFile(events)
  return new Response('Ce rendez-vous n’existe pas.', {
    status: 404,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'private, no-store' },
  })
}
