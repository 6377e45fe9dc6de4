import type { LoaderFunctionArgs } from '@remix-run/node'
import { ownCalendar } from '../../resources/probationer-space/queries/mine.server'
import { visit } from '../door.server'
import { calendarFile } from '../own-calendar.server'
import { personHere } from '../space.server'

/** Every appointment, for the calendar of a phone. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  return calendarFile(await visit(personHere(context, request), (ctx) => ownCalendar(ctx, {})))
}
