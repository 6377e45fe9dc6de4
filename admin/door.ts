import type { Request, RequestHandler, Response } from 'express'
import { actorFrom } from '../resources/agent/queries/actor.server'
import { refusalOf } from '../resources/refusals'
import type { AgentActor } from '../resources/shared/actor'
import { paths } from './paths'

declare module 'express-session' {
  interface SessionData {
    /** What AdminJS calls the current admin: the actor of this request. Never stored. */
    adminUser: { email: string; actor: AgentActor }
  }
}

/** Asked by a script of ours, which reads JSON; otherwise by a person, who reads pages. */
const isApi = (req: Request) => req.originalUrl.startsWith(`${paths.home}/api/`)

/** A request that cannot be served as it is: the host draws the page, a script gets a sentence. */
export function refuseRequest(
  req: Request,
  res: Response,
  next: (error: unknown) => void,
  status: 400 | 401 | 403 | 404 | 405 | 413,
  message: string,
): void {
  if (isApi(req)) res.status(status).json({ ok: false, message, fieldErrors: {} })
  else next(Object.assign(new Error(message), { status }))
}

/**
 * Lets in agents who are signed in and have accepted the charter, as they are at this very request:
 * a role, a service or a lock takes effect at once.
 */
export const admitAgent: RequestHandler = (req, res, next) => {
  const { agent, impersonatorId } = req.session
  const actor = agent ? actorFrom(agent, impersonatorId ?? null, req.sessionID) : null
  if (!actor) {
    if (isApi(req))
      refuseRequest(req, res, next, 401, 'Votre session est terminée. Connectez-vous à nouveau.')
    else res.redirect(302, paths.signIn(req.originalUrl))
    return
  }
  if (!actor.charterAccepted) {
    if (isApi(req)) refuseRequest(req, res, next, 403, 'Acceptez d’abord la charte de sécurité.')
    else res.redirect(302, paths.charter(req.originalUrl))
    return
  }
  // Not enumerable: AdminJS reads it during this request, and it is never written with the session.
  Object.defineProperty(req.session, 'adminUser', { value: { email: '', actor }, configurable: true })
  next()
}

/** The actor that `admitAgent` let in. */
export function actorOf(req: Request): AgentActor {
  const user = req.session.adminUser
  if (!user) throw new Error('The door was not passed')
  return user.actor
}

/** Methods nobody uses here. */
export const readOrPost: RequestHandler = (req, res, next) => {
  if (['GET', 'HEAD', 'POST'].includes(req.method)) return next()
  res.set('Allow', 'GET, HEAD, POST')
  refuseRequest(req, res, next, 405, 'Cette adresse ne peut pas être utilisée ainsi.')
}

export type AsyncHandler = (...parameters: Parameters<RequestHandler>) => Promise<void>

/** A handler that calls the core: its refusals in the one shape that the browser knows. */
export const answering =
  (handler: AsyncHandler): RequestHandler =>
  async (req, res, next) => {
    try {
      await handler(req, res, next)
    } catch (error) {
      const refusal = refusalOf(error)
      // Half of a file has left: it ends there.
      if (!refusal || res.headersSent) return next(error)
      const { status, ...body } = refusal
      res.status(status).json({ ok: false, ...body })
    }
  }
