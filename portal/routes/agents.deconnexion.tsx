import { data, redirect, type ActionFunctionArgs } from '@remix-run/node'

/** A link, a picture or a preview must not sign anyone out. */
export function loader() {
  throw data(null, { status: 405, headers: { Allow: 'POST' } })
}

export async function action({ context }: ActionFunctionArgs) {
  await context.agentSession.signOut()
  return redirect('/agents/connexion?deconnexion', 303)
}

/** Makes it a page, so that following it is answered by the error page. */
export default function SignOut() {
  return null
}
