import { data, redirect, type ActionFunctionArgs } from '@remix-run/node'
import { closeOtherSpaceSessions } from '../../resources/probationer-space/commands/choices.server'
import { act } from '../door.server'
import { personHere } from '../space.server'

export function loader() {
  throw data(null, { status: 405, headers: { Allow: 'POST' } })
}

/** Signs out everywhere but here. */
export async function action({ request, context }: ActionFunctionArgs) {
  const outcome = await act(request, personHere(context, request), closeOtherSpaceSessions, () => ({}))
  if (!outcome.done) throw data(null, 400)
  return redirect('/espace/compte?appareils', 303)
}

/** Makes it a page, so that following it is answered by the error page. */
export default function Devices() {
  return null
}
