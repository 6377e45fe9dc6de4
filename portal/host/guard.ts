import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { env } from '../../resources/shared/env.server'
import { log, logContext, maskedPath } from '../../resources/shared/log.server'
import { observeRequest } from '../../resources/watch/metrics.server'
import { answer } from './answers'

const largestBody = 1024 * 1024

/** Gives each request an id, carried by every line of the log and by the answer; one line at its end. */
export const traceRequest: RequestHandler = (req, res, next) => {
  const given = req.get('X-Request-Id')
  const requestId = given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
  // The sessions add whose request it is.
  const ids = { requestId }
  const path = maskedPath(req.originalUrl)
  const { method } = req
  const from = performance.now()
  res.locals.requestId = requestId
  res.set('X-Request-Id', requestId)
  res.once('close', () => {
    const ms = Math.round(performance.now() - from)
    observeRequest({ path, status: res.statusCode, ms })
    const level = /\/assets\/|^\/(healthz|readyz|metrics)/.test(path)
      ? 'debug'
      : res.statusCode >= 500
        ? 'warn'
        : 'info'
    const cut = res.writableFinished ? {} : { cut: true }
    log[level]({ ...ids, method, path, status: res.statusCode, ms, ...cut }, 'request')
  })
  logContext.run(ids, next)
}

/**
 * Refuses what no browser asks: a whole address as a target, a protocol or a host that no address can
 * hold, for addresses are made of them. A forwarded host is believed from our own proxies only.
 */
export const refuseUnreadableHost: RequestHandler = (req, res, next) => {
  const forwarded = env.PROXY_HOPS > 0 ? req.get('X-Forwarded-Host')?.split(',')[0]?.trim() : undefined
  if (forwarded) req.headers['x-forwarded-host'] = forwarded
  else delete req.headers['x-forwarded-host']
  const hosts = [req.get('Host') ?? '', forwarded ?? 'none']
  const { originalUrl, protocol } = req
  if (originalUrl.startsWith('/') && /^https?$/.test(protocol) && hosts.every(isHost)) next()
  else answer(req, res, 400)
}

const isHost = (host: string) =>
  /^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i.test(host) && URL.canParse(`http://${host}`)

/**
 * Refuses what another site makes a browser send, at every door. Browsers say where a write comes
 * from, old ones at least its origin; a program says nothing, and carries nobody's cookie.
 */
export const refuseForgery: RequestHandler = (req, res, next) => {
  const reads = ['GET', 'HEAD', 'OPTIONS'].includes(req.method)
  if (!reads && isForeign(req)) answer(req, res, 403)
  else next()
}

function isForeign(req: Request): boolean {
  const site = req.get('Sec-Fetch-Site')
  if (site) return site !== 'same-origin' && site !== 'none'
  const origin = req.get('Origin')
  // A page whose address is a secret hides its origin too; who sends its form has the secret.
  if (origin === undefined || (origin === 'null' && isSecret(req.path))) return false
  return (
    !URL.canParse(origin) || ![req.get('host'), new URL(env.PUBLIC_URL).host].includes(new URL(origin).host)
  )
}

/** The links of a person's space (portal/handler.server.ts). */
const isSecret = (path: string) => /^\/(i|mdp)\/[^/]+$/i.test(path)

/** No form of ours is that long; a body of unknown length is not sent by a browser. */
export const refuseOversized: RequestHandler = (req, res, next) => {
  if (req.get('Transfer-Encoding') && !req.get('Content-Length')) answer(req, res, 411)
  else if (Number(req.get('Content-Length') ?? 0) > largestBody && !isFile(req)) answer(req, res, 413)
  else next()
}

/** Files are longer than any form; their own doors measure them, and answer beside their field. */
const isFile = (req: Request) =>
  req.method === 'POST' &&
  (req.path.startsWith('/admin/api/imports/') ||
    /^\/admin\/api\/resources\/PublicPage\/records\/\d+\/photo$/.test(req.path))
