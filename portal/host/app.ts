import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import helmet from 'helmet'
import { createPortal } from '../handler.server'
import { agentSessionOf, agentSessions, spaceSessionOf, spaceSessions } from './sessions.server'
import { isDatabaseAway } from '../../resources/shared/database-away'
import { env, isProduction } from '../../resources/shared/env.server'
import { log } from '../../resources/shared/log.server'
import { answer, isApi } from './answers'
import { refuseForgery, refuseOversized, refuseUnreadableHost, traceRequest } from './guard'
import { calendar } from './calendar'
import { receipts } from './receipts'
import { healthz, needsDatabase, readyz } from './health'
import { metrics } from './metrics'
import { packJson, packPages } from './packing'

/** The pages that read or write a session of agents. Elsewhere its cookie would leave again in answers that caches may keep. */
const identityDoors = [
  ...['connexion', 'deconnexion', 'charte', 'invitation', 'reinitialisation', 'mot-de-passe-oublie'],
].map((door) => `/agents/${door}`)

/** The pages of a person's space, and those of the links that lead to it. */
const spaceDoors = ['/espace', '/i', '/mdp']

/** What the doors did not expect: the visitor gets a code, the log says the rest. */
const lastResort: ErrorRequestHandler = (error: unknown, req, res, next) => {
  const status = statusOf(error)
  if (status >= 500) log.error({ err: error, requestId: String(res.locals.requestId) }, 'request failed')
  // The answer has left whole, or is leaving: what failed after it (a session not written) takes nothing back.
  if (res.writableEnded || res.locals.answered) return
  if (res.headersSent) next(error)
  else answer(req, res, status)
}

function statusOf(error: unknown): number {
  if (error instanceof URIError) return 400
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500
  if (status >= 400 && status < 500) return status
  return isDatabaseAway(error) ? 503 : 500
}

interface AppOptions {
  /** Makes the router of the back office, given the agents' sessions. */
  backOffice: (options: { sessions: RequestHandler }) => Promise<RequestHandler>
}

/** The doors of the web on one port: back office, agents' identity and public pages. */
export async function createApp({ backOffice }: AppOptions): Promise<Express> {
  const sessions = agentSessions()
  const [admin, portal] = await Promise.all([
    backOffice({ sessions }),
    createPortal({ agentSessionOf, spaceSessionOf }),
  ])
  const app = express()
  app.disable('x-powered-by')
  // What is kept by browsers has tags of its own; nothing else is.
  app.disable('etag')
  app.set('trust proxy', env.PROXY_HOPS)
  app.use(traceRequest)
  app.get('/healthz', healthz)
  app.get('/readyz', readyz)
  app.get('/metrics', metrics)
  // Each door writes the policy of its own pages.
  app.use(
    helmet({
      contentSecurityPolicy: false,
      strictTransportSecurity: isProduction,
      xFrameOptions: { action: 'deny' },
      referrerPolicy: { policy: 'same-origin' },
    }),
  )
  app.use(refuseUnreadableHost, refuseForgery, refuseOversized)
  app.use((req, res, next) => (isApi(req.path) ? packJson : packPages)(req, res, next))
  app.use(needsDatabase)
  app.get('/calendrier/:token/convocations.ics', calendar)
  app.post('/recepisses/:secret', ...receipts)
  app.use(identityDoors, sessions)
  app.use(spaceDoors, spaceSessions())
  app.use('/admin', admin)
  app.use(portal)
  app.use(lastResort)
  return app
}
