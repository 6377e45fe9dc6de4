import { data, type ActionFunctionArgs } from '@remix-run/node'
import { personHere } from '../space.server'

export function loader() {
  throw data(null, { status: 405, headers: { Allow: 'POST' } })
}

/** "I am still here" (portal/scripts/session.ts): this very request prolongs the session. */
export function action({ request, context }: ActionFunctionArgs) {
  personHere(context, request)
  return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } })
}
