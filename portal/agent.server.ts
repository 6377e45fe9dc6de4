import { redirect, type TypedResponse } from '@remix-run/node'
import { agentActor } from '../resources/agent/queries.server'
import type { AgentActor } from '../resources/shared/actor'
import { visit, visitor } from './door.server'
import type { PortalContext } from './context'

const home = '/admin'

/** The agent signed in, as they are now; null for nobody, for a locked or a deleted account. */
export async function currentAgent({ agentSession }: PortalContext): Promise<AgentActor | null> {
  const { agentId, impersonatorId } = agentSession
  return agentId === null ? null : visit(visitor, (ctx) => agentActor(ctx, agentId, impersonatorId))
}

/** The page first asked, when it is one of ours behind the sign-in: `retour` is typed by anyone. */
export function pageAskedFirst(request: Request): string {
  const asked = new URL(request.url).searchParams.get('retour')
  if (!asked || !URL.canParse(asked, 'http://here')) return home
  const { origin, pathname, search } = new URL(asked, 'http://here')
  const ours = origin === 'http://here' && (pathname === home || pathname.startsWith(`${home}/`))
  return ours ? pathname + search : home
}

/** An address of the agents' doors that remembers the page first asked. */
export function rememberingPage(path: string, page: string): string {
  return page === home ? path : `${path}?retour=${encodeURIComponent(page)}`
}

/** Where a signed-in agent goes: the charter as long as it is not accepted, then the page first asked. */
export function onward(agent: Pick<AgentActor, 'charterAccepted'>, page: string): TypedResponse<never> {
  return redirect(agent.charterAccepted ? page : rememberingPage('/agents/charte', page), 303)
}
