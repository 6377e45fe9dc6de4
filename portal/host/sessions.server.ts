import connectPgSimple from 'connect-pg-simple'
import { Router, type Request, type RequestHandler } from 'express'
import session from 'express-session'
import { isSessionOver, sessionIdle } from '../../resources/agent/rules'
import { pool } from '../../resources/shared/db.server'
import { env } from '../../resources/shared/env.server'
import { presently } from '../../resources/shared/transact.server'
import type { AgentSession } from '../context'

declare module 'express-session' {
  interface SessionData {
    agentId: number
    /** Milliseconds: a session lasts 12 hours at most, however busy. */
    signedInAt: number
    impersonatorId?: number
  }
}

/** Served over TLS, or a demo on someone's machine, where a Secure cookie would never come back. */
const secure = env.PUBLIC_URL.startsWith('https:')
const cookieName = secure ? '__Host-msj_agent' : 'msj_agent'

/**
 * Agents' sessions: rows of the table `session`, an id in the cookie, nothing else. To be mounted on
 * /agents and /admin only: the public pages set no cookie and read none.
 *
 * A request that signs nobody in or out must leave `req.session` as it found it (or add what is not
 * enumerable): a session written back after it was ended by a lock or a new password would live again.
 */
export function agentSessions(): RequestHandler {
  const PgStore = connectPgSimple(session)
  const router = Router()
  router.use(
    session({
      name: cookieName,
      secret: env.SESSION_SECRET,
      store: new PgStore({ pool, tableName: 'session' }),
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: sessionIdle },
    }),
  )
  router.use((req, _res, next) => {
    const { agentId, signedInAt } = req.session
    if (agentId && (!signedInAt || isSessionOver({ signedInAt }, presently()))) req.session.regenerate(next)
    else next()
  })
  return router
}

/** The session of this request; nobody's where the sessions are not mounted. */
export function agentSessionOf(req: Request): AgentSession {
  const held = req.session as Request['session'] | undefined
  return {
    agentId: held?.agentId ?? null,
    impersonatorId: held?.impersonatorId ?? null,
    async signIn(agentId) {
      await settled((done) => req.session.regenerate(done))
      req.session.agentId = agentId
      req.session.signedInAt = presently().getTime()
      await settled((done) => req.session.save(done))
    },
    async signOut() {
      await settled((done) => req.session.destroy(done))
      req.res?.clearCookie(cookieName, { path: '/', secure })
    },
  }
}

function settled(act: (done: (error: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    act((error) => {
      if (error) reject(error instanceof Error ? error : new Error('The session could not be written'))
      else resolve()
    })
  })
}
