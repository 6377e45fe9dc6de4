import { data, redirect } from '@remix-run/node'
import type { ProbationerActor, SystemActor } from '../resources/shared/actor'
import type { Context } from '../resources/shared/context'
import { countAgainst } from '../resources/shared/throttle.server'
import type { PortalContext } from './context'
import { visit, type Refusal } from './door.server'

/** Nobody yet: who comes to a door of the space. */
export const atTheDoor: SystemActor = { kind: 'system', task: 'space-door' }

const home = '/espace'

/** The person signed in; the others go to sign in, and come back to what they asked. */
export function personHere({ spaceSession }: PortalContext, request: Request): ProbationerActor {
  const { person, isEnabled } = spaceSession
  if (person && isEnabled) return person
  if (person) throw redirect('/espace/ferme', 303)
  const { pathname } = new URL(request.url)
  const back = request.method === 'GET' && pathname !== home ? `?retour=${encodeURIComponent(pathname)}` : ''
  throw redirect(`/espace/connexion${back}`, 303)
}

/** The page first asked, as the address remembers it: one of the space, else its home. */
export function ownPageAsked(request: Request): string {
  const asked = new URL(request.url).searchParams.get('retour') ?? ''
  return /^\/espace\/(?:convocations(?:\/\d{1,9})?|interlocuteurs|compte|sms|aide)$/.test(asked)
    ? asked
    : home
}

/** Reads what a link opens. One that opens nothing is counted: somebody may be trying codes. */
export async function readLink<Result>(
  { ip, refused }: PortalContext,
  query: (ctx: Context) => Promise<Result | null>,
): Promise<Result | null> {
  const found = await visit(atTheDoor, query)
  if (found === null && !refused && (await countAgainst('unknown-space-link', ip))) throw data(null, 429)
  return found
}

/** The answer of an act by a link. One that opened nothing is counted too. */
export async function countedIfUnknown<Answer extends ReturnType<typeof data<Refusal>>>(
  { ip }: PortalContext,
  answer: Answer,
): Promise<Answer> {
  if (answer.data.code === 'space.link_over' && (await countAgainst('unknown-space-link', ip)))
    throw data(null, 429)
  return answer
}
