import { data, redirect, type LoaderFunctionArgs } from '@remix-run/node'
import { legacyTarget } from '../../resources/public-page/queries.server'
import { visit, visitor } from '../door.server'

/** Every address no page answers: an old one leads to its successor for ever, the others nowhere. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { pathname, search } = new URL(request.url)
  const target = await visit(visitor, (ctx) => legacyTarget(ctx, { path: pathname }))
  if (!target) throw data(null, 404)
  const query = search && target.includes('?') ? search.replace('?', '&') : search
  return redirect(target + query, { status: 301, headers: { 'Cache-Control': 'public, max-age=86400' } })
}

export default function Nowhere() {
  return null
}
