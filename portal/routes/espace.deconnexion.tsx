import { data, redirect, type ActionFunctionArgs } from '@remix-run/node'

/** A link, a picture or a preview must not sign anyone out. */
export function loader() {
  throw data(null, { status: 405, headers: { Allow: 'POST' } })
}

/** What the browser kept of the space goes with the session: the phone may be somebody else's. */
export async function action({ context }: ActionFunctionArgs) {
  await context.spaceSession.signOut()
  return redirect('/espace/connexion?deconnexion', {
    status: 303,
    headers: { 'Clear-Site-Data': '"cache", "storage"' },
  })
}

/** Makes it a page, so that following it is answered by the error page. */
export default function SignOut() {
  return null
}
