import type { ProbationerActor } from '../resources/shared/actor'

/** The session of an agent, as the doors see it: an id, and two acts. */
export interface AgentSession {
  /** The agent signed in, or null. Who they are is re-read with `agentActor` at each request. */
  readonly agentId: number | null
  /** The central admin behind an impersonation. */
  readonly impersonatorId: number | null
  /** Opens a session under a new id: an id known before the sign-in is worth nothing after. */
  signIn(agentId: number): Promise<void>
  /** Ends the session and forgets its cookie. */
  signOut(): Promise<void>
}

/** The session of a person in their space, as the pages see it. */
export interface SpaceSession {
  /** Who is signed in, re-read at this request; null for nobody. */
  readonly person: ProbationerActor | null
  /** Whether their services have the space open. */
  readonly isEnabled: boolean
  /** Opens a session under a new id; the one there was ends. */
  signIn(accountId: number): Promise<void>
  signOut(): Promise<void>
}

/** What server.ts hands to every loader and action (`getLoadContext`). */
export interface PortalContext {
  /** Of a page that is no door of identity: nobody, without looking. */
  agentSession: AgentSession
  /** Of a page outside the space: nobody, without looking. */
  spaceSession: SpaceSession
  /** The correlation id shown on error pages and written in the logs. */
  requestId: string
  ip: string
  /** Set by an action that draws its form again: the loader, then the title, say "Erreur". */
  refused?: boolean
  /** Set when the database went away while the page was being made: the page is a 503. */
  databaseAway?: boolean
}

declare module '@remix-run/server-runtime' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an augmentation, not a new type
  interface AppLoadContext extends PortalContext {}
}
