import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { personHere } from '../space.server'

/** Followed as a link, it leads where one would go on. */
export function loader() {
  return redirect('/espace')
}

/** "I am still here" (portal/scripts/session.ts): this very request prolongs the session. */
export function action({ request, context }: ActionFunctionArgs) {
  personHere(context, request)
  return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } })
}
