import { randomUUID } from 'node:crypto'
import { createCookie, redirect, type TypedResponse } from '@remix-run/node'
import { agentActor } from '../resources/agent/queries/actor.server'
import { browserKnownFor, resetLinkLasts, withAgent, type KnownBrowser } from '../resources/agent/rules'
import { knownBrowser } from '../resources/agent/schema'
import type { AgentActor } from '../resources/shared/actor'
import { env } from '../resources/shared/env.server'
import { presently } from '../resources/shared/transact.server'
import { visit, visitor } from './door.server'
import type { PortalContext } from './context'

const home = '/admin'

/** The agent signed in, as they are now; null for nobody, for a locked or a deleted account. */
export async function currentAgent({ agentSession }: PortalContext): Promise<AgentActor | null> {
  const { agentId, impersonatorId } = agentSession
  return agentId === null ? null : visit(visitor, (ctx) => agentActor(ctx, agentId, impersonatorId))
}

/** The page first asked, as the address of this one remembers it. */
export function pageAskedFirst(request: Request): string {
  return oursBehindSignIn(new URL(request.url).searchParams.get('retour'))
}

/** Addresses and cookies are typed by anyone: a page of the back office, else its home. */
function oursBehindSignIn(asked: unknown): string {
  if (typeof asked !== 'string' || !URL.canParse(asked, 'http://here')) return home
  const { origin, pathname, search } = new URL(asked, 'http://here')
  const ours = origin === 'http://here' && (pathname === home || pathname.startsWith(`${home}/`))
  return ours ? pathname + search : home
}

/** An address of the agents' doors that remembers the page first asked. */
export function rememberingPage(path: string, page: string): string {
  if (page === home) return path
  return `${path}${path.includes('?') ? '&' : '?'}retour=${encodeURIComponent(page)}`
}

/** The page first asked while a mail is fetched: its link says nothing of it, and is opened in this browser. */
const pageDuringReset = createCookie('msj_retour', {
  path: '/agents',
  httpOnly: true,
  sameSite: 'lax',
  secure: env.PUBLIC_URL.startsWith('https:'),
  maxAge: resetLinkLasts / 1000,
})

/** Headers that keep the page first asked until the password is chosen; none for the home. */
export async function keepingPage(page: string): Promise<HeadersInit> {
  return page === home ? {} : { 'Set-Cookie': await pageDuringReset.serialize(page) }
}

/** The page kept, and the headers that forget it. */
export async function pageKept(request: Request): Promise<{ page: string; headers: HeadersInit }> {
  const kept: unknown = await pageDuringReset.parse(request.headers.get('Cookie'))
  const forget = async () => ({ 'Set-Cookie': await pageDuringReset.serialize('', { maxAge: 0 }) })
  return { page: oursBehindSignIn(kept), headers: kept ? await forget() : {} }
}

/** Where a signed-in agent goes: the charter as long as it is not accepted, then the page first asked. */
export function onward(
  agent: Pick<AgentActor, 'charterAccepted'>,
  page: string,
  headers: HeadersInit = {},
): TypedResponse<never> {
  const to = agent.charterAccepted ? page : rememberingPage('/agents/charte', page)
  return redirect(to, { status: 303, headers })
}

/** Says, signed, which agents have signed in from this browser: it counts its own wrong passwords. */
const browserCookie = createCookie('msj_navigateur', {
  path: '/agents',
  httpOnly: true,
  sameSite: 'lax',
  secure: env.PUBLIC_URL.startsWith('https:'),
  secrets: [...env.SESSION_SECRET],
  maxAge: browserKnownFor / 1000,
})

/** The browser as its cookie says; null for one that nobody has signed in from. */
export async function browserOf(request: Request): Promise<KnownBrowser | null> {
  const said = knownBrowser.safeParse(await browserCookie.parse(request.headers.get('Cookie')))
  return said.success ? said.data : null
}

/** Headers that make this browser known to an agent who has just signed in. */
export async function knowingBrowser(request: Request, agentId: number): Promise<HeadersInit> {
  const browser = (await browserOf(request)) ?? { id: randomUUID(), agents: [] }
  return { 'Set-Cookie': await browserCookie.serialize(withAgent(browser, agentId, presently())) }
}
