import { redirect, type LoaderFunctionArgs } from '@remix-run/node'
import { pathOfShortLink } from '../../resources/public-page/queries/public.server'
import { visit, visitor } from '../door.server'

/** The short link of an SMS. */
export async function loader({ params: { code = '' } }: LoaderFunctionArgs) {
  return redirect(await visit(visitor, (ctx) => pathOfShortLink(ctx, { code })), 302)
}

/** Makes it a page: a link that leads nowhere is answered by the error page, with its search. */
export default function ShortLink() {
  return null
}
