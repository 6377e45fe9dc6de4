import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { createRequestHandler } from '@remix-run/express'
import express, { type Request, type Response, type Router } from 'express'
import { env } from '../resources/shared/env.server'
import type { AgentSession, SpaceSession } from './context'
import { mails } from './host/mails'

const built = join(import.meta.dirname, '../build/portal')
const dsfrFonts = join(import.meta.dirname, '../node_modules/@gouvfr/dsfr/dist/fonts')

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

/** The pages that may ask where somebody is (portal/components/nearest-services.tsx). */
const offersNearest = new Set(['/', '/preparer-ma-convocation'])

/** The addresses of the routes that act: Remix answers a POST to the others in English. */
function addressesThatAct({ routes }: ServerBuild): RegExp[] {
  return Object.values(routes).flatMap((route) =>
    route.module.action ? [new RegExp(`^/${(route.path ?? '').replace(/:\w+/g, '[^/]+')}/?$`, 'i')] : [],
  )
}

/** Why a request is answered by an error page before any route reads it; null for the others. */
function refusalOf(req: Request, acting: readonly RegExp[]): 400 | 405 | null {
  const reads = ['GET', 'HEAD'].includes(req.method)
  if (!reads && !(req.method === 'POST' && acting.some((address) => address.test(req.path)))) return 405
  // How Remix's own scripts would ask for a part of a page: ours never do, and what is answered so has other headers.
  if ('_data' in req.query || /\.data$/i.test(req.path)) return 400
  try {
    return decodeURIComponent(req.originalUrl).includes('\0') ? 400 : null
  } catch {
    return 400
  }
}

interface PortalOptions {
  agentSessionOf: (req: Request, res: Response) => AgentSession
  spaceSessionOf: (req: Request) => SpaceSession
}

/** The portal as one Express router: built assets, headers of its own, then every page. */
export async function createPortal({ agentSessionOf, spaceSessionOf }: PortalOptions): Promise<Router> {
  const build = (await import(pathToFileURL(join(built, 'server/index.js')).href)) as ServerBuild
  const acting = addressesThatAct(build)
  const router = express.Router()
  router.use(
    '/assets',
    express.static(join(built, 'client/assets'), { immutable: true, maxAge: '1y', index: false }),
  )
  // Named by texts that outlive a release, so that a name is never another image for long.
  router.use(
    '/images',
    express.static(join(built, 'client/images'), {
      ...{ maxAge: '1h', index: false },
      // Express 4 knows of no AVIF: half of WebP's weight, as legible.
      setHeaders: (res, path) => path.endsWith('.avif') && res.setHeader('Content-Type', 'image/avif'),
    }),
  )
  if (env.BRAND === 'etat')
    router.use('/dsfr/fonts', express.static(dsfrFonts, { immutable: true, maxAge: '1y' }))

  router.use((req, res, next) => {
    res.locals.requestId ??= randomBytes(8).toString('hex')
    res.set({
      'Content-Security-Policy': contentSecurityPolicy,
      'Permissions-Policy': `camera=(), geolocation=${offersNearest.has(req.path) ? '(self)' : '()'}, microphone=()`,
    })
    if (/^\/(espace|i|mdp)(\/|$)/i.test(req.path)) res.set('X-Robots-Tag', 'noindex, nofollow')
    // The address is a secret: it goes nowhere, not even to the next page.
    if (/^\/(i|mdp)(\/|$)/i.test(req.path)) res.set('Referrer-Policy', 'no-referrer')
    // The host has judged where the request comes from; Remix would ask again without knowing PUBLIC_URL.
    delete req.headers.origin
    const refusal = refusalOf(req, acting)
    if (refusal) {
      res.locals.refusal = refusal
      req.method = 'GET'
      req.url = req.originalUrl = '/'
    }
    next()
  })
  router.get('/boite-d-envoi/e-mails/:mail', mails)
  router.all(
    '*',
    createRequestHandler({
      build,
      mode: 'production',
      getLoadContext: (req, res) => ({
        agentSession: agentSessionOf(req, res),
        spaceSession: spaceSessionOf(req),
        requestId: String(res.locals.requestId),
        ip: req.ip ?? '',
        refusal: res.locals.refusal as number | undefined,
      }),
    }),
  )
  return router
}

declare module '@remix-run/server-runtime' {
  interface AppLoadContext {
    /** Set when the request was refused before its route: the status of the error page. */
    refusal?: number | undefined
  }
}
