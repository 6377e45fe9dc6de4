import { data, redirect, type ActionFunctionArgs } from '@remix-run/node'
import { votePage } from '../../resources/page-vote/commands.server'
import { countAgainst } from '../../resources/shared/throttle.server'
import { act, visitor } from '../door.server'

/** Opened by hand, it is the home page: a vote is sent from the foot of a page. */
export function loader() {
  return redirect('/', 302)
}

/** Counts whether a page helped, then shows it again. */
export async function action({ request, context }: ActionFunctionArgs) {
  if (await countAgainst('page-vote', context.ip)) throw data(null, 429)
  const outcome = await act(request, visitor, votePage, ({ page = '', helped = '' }) => ({
    page,
    helped: helped as 'oui',
  }))
  if (!outcome.done) throw data(null, 400)
  return redirect(`${outcome.result.page}?avis=merci#avis`, 303)
}

/** Drawn by nobody: with it, a vote that cannot be read is answered by a page. */
export default function Vote() {
  return null
}
