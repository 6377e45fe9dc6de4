import { redirect, type LoaderFunctionArgs } from '@remix-run/node'

/** The STOP link of the texts sent before this site. */
export function loader({ request }: LoaderFunctionArgs) {
  const token = new URL(request.url).searchParams.get('token') ?? '-'
  return redirect(`/stop/${encodeURIComponent(token)}`, 302)
}
