import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { agentActor } from '../resources/agent/queries.server'
import type { AgentActor, SystemActor } from '../resources/shared/actor'
import { env } from '../resources/shared/env.server'
import { read } from '../resources/shared/transact.server'
import { paths } from './paths'

declare module 'express-session' {
  interface SessionData {
    /** What AdminJS calls the current admin: this request's actor. Never stored. */
    adminUser: { email: string; actor: AgentActor }
  }
}

const doorkeeper: SystemActor = { kind: 'system', task: 'back-office-door' }

const isApi = (req: Request) => req.originalUrl.startsWith(`${paths.home}/api/`)

/** Answers in the caller's language: JSON to a script, a page to a person. */
export function answerError(req: Request, res: Response, status: number, message: string): void {
  if (isApi(req)) {
    res.status(status).json({ ok: false, message, fieldErrors: {} })
    return
  }
  res.status(status).type('html').send(errorPage(status, message))
}

/**
 * Lets in agents who are signed in and have accepted the charter, as they are at this very request:
 * a role, a service or a lock takes effect at once.
 */
export const admitAgent: RequestHandler = async (req, res, next) => {
  try {
    const { agentId, impersonatorId } = req.session
    const actor = agentId ? await read(doorkeeper, (ctx) => agentActor(ctx, agentId, impersonatorId ?? null)) : null
    if (!actor) {
      if (isApi(req)) answerError(req, res, 401, 'Votre session est terminée. Connectez-vous à nouveau.')
      else res.redirect(302, paths.signIn(req.originalUrl))
      return
    }
    if (!actor.charterAccepted) {
      if (isApi(req)) answerError(req, res, 403, 'Acceptez d’abord la charte de sécurité.')
      else res.redirect(302, paths.charter(req.originalUrl))
      return
    }
    // Not enumerable: read by AdminJS during this request, and never written with the session.
    Object.defineProperty(req.session, 'adminUser', {
      value: { email: '', actor },
      enumerable: false,
      configurable: true,
    })
    next()
  } catch (error) {
    next(error)
  }
}

/** The actor that `admitAgent` let in. */
export function actorOf(req: Request): AgentActor {
  const user = req.session.adminUser
  if (!user) throw new Error('The door was not passed')
  return user.actor
}

/**
 * Refuses what another site sends, and methods nobody uses here. Browsers say where a request comes
 * from; old ones at least its origin.
 */
export const refuseForgery: RequestHandler = (req, res, next) => {
  if (!['GET', 'HEAD', 'POST'].includes(req.method)) {
    res.set('Allow', 'GET, HEAD, POST')
    answerError(req, res, 405, 'Cette adresse ne peut pas être utilisée ainsi.')
    return
  }
  if (req.method === 'POST' && isForeign(req)) {
    answerError(req, res, 403, 'Cette demande vient d’un autre site : elle est refusée.')
    return
  }
  next()
}

function isForeign(req: Request): boolean {
  const site = req.get('Sec-Fetch-Site')
  if (site) return site !== 'same-origin'
  const origin = req.get('Origin')
  if (origin === undefined) return false
  return !URL.canParse(origin) || ![req.get('host'), new URL(env.PUBLIC_URL).host].includes(new URL(origin).host)
}

/** Bad bodies and wrong addresses are answered here; what is ours to mend goes on to the host. */
export function badRequests(error: unknown, req: Request, res: Response, next: NextFunction): void {
  const status = statusOf(error)
  if (res.headersSent || status === null) next(error)
  else if (status === 413) answerError(req, res, 413, 'Envoi trop volumineux : raccourcissez ce que vous avez écrit.')
  else answerError(req, res, status, 'Ce que le navigateur a envoyé n’est pas lisible. Recommencez.')
}

function statusOf(error: unknown): number | null {
  if (error instanceof URIError) return 400
  if (typeof error !== 'object' || error === null) return null
  const status = 'status' in error ? error.status : 'httpCode' in error ? error.httpCode : null
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null
}

function errorPage(status: number, message: string): string {
  const title = status === 404 ? 'Page introuvable' : 'Demande refusée'
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Mon Suivi Justice</title></head>
<body><main><h1>${title}</h1><p>${message}</p><p><a href="${paths.home}">Revenir à l’accueil</a></p></main></body></html>`
}
