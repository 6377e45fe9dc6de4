import { randomBytes } from 'node:crypto'
import type { ResourceWithOptions } from 'adminjs'
import { Router, type ErrorRequestHandler, type RequestHandler } from 'express'
import formidable from 'express-formidable'
import { AdminJS, AdminJSExpress } from './adminjs/adminjs'
import { tableRouter } from './api'
import { serveAssets } from './adminjs/assets'
import { adminAssets } from './adminjs/bundle'
import { admitAgent, readOrPost, refuseRequest } from './door'
import { french } from './adminjs/locale'
import { pages } from './pages'
import { paths } from './paths'
import { resources as allResources } from './resources'
import { contentSecurityPolicy, shell } from './adminjs/shell'

/** Forms of AdminJS are small and hold no file. */
const longestForm = 200_000

interface AdminOptions {
  /** Gives `req.session` to every request but those of assets. */
  sessions: RequestHandler
  resources?: ResourceWithOptions[]
}

/**
 * The back office as one Express router, to be mounted at /admin before any body parser: assets,
 * sessions, the door, our JSON tables, AdminJS's API, and one page for every other address. Foreign
 * origins, compression and unexpected errors are the host's.
 */
export async function createAdmin({ sessions, resources = allResources }: AdminOptions): Promise<Router> {
  const assets = await adminAssets()
  const admin = new AdminJS({
    rootPath: paths.home,
    loginPath: '/agents/connexion',
    logoutPath: paths.signOut,
    resources,
    pages,
    branding: { companyName: 'Mon Suivi Justice', withMadeWithLove: false, logo: false },
    locale: french,
    version: { admin: false },
  })
  // All that AdminJS does there is to make a bundle: ours is served.
  admin.initialize = () => Promise.resolve()

  const router = Router()
  router.use('/assets', serveAssets)
  router.use((_req, res, next) => {
    const nonce = randomBytes(16).toString('base64url')
    res.locals.nonce = nonce
    res.set({
      'Content-Security-Policy': contentSecurityPolicy(nonce),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
      // Pages show persons: nothing stays in a shared browser after signing out.
      'Cache-Control': 'no-store',
    })
    next()
  })
  router.use(readOrPost, sessions, admitAgent)
  router.use('/api/msj', tableRouter())
  router.use('/api', knownActionsOnly(admin), honestStatus)
  router.get(/^(?!\/api\/)/, async (req, res, next) => {
    try {
      const user = req.session.adminUser
      if (!user) return next()
      if (!isKnownPage(admin, req.path)) res.status(404)
      res.type('html').send(await shell(admin, user, { assets, nonce: String(res.locals.nonce) }))
    } catch (error) {
      next(error)
    }
  })
  router.use(shortForms, readForm)
  AdminJSExpress.buildRouter(admin, router)
  router.use((req, res, next) => refuseRequest(req, res, next, 404, 'Cette adresse n’existe pas.'))
  router.use(refusedByAdminJs, unreadableForm)
  return router
}

/**
 * The form reader of AdminJS, run before it: run by AdminJS it tells an error twice, and the second time
 * cuts the answer to the first.
 */
const readForm = formidable({ maxFieldsSize: longestForm, maxFields: 200, maxFileSize: 1 }, [
  { event: 'error', action: () => undefined },
])

const notPermitted = 'Votre rôle ne permet pas cette action.'

/** AdminJS throws what it refuses: answers, not failures. */
const refusedByAdminJs: ErrorRequestHandler = (error: unknown, req, res, next) => {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : null
  if (status === 404)
    refuseRequest(req, res, next, 404, 'Introuvable\u00a0: l’adresse est fausse, ou la fiche n’est plus là.')
  else if (status === 403) refuseRequest(req, res, next, 403, notPermitted)
  else next(error)
}

/** The form reader of AdminJS gives its complaints no status: they are the sender's, not ours. */
const unreadableForm: ErrorRequestHandler = (error: unknown, req, _res, next) => {
  const isUnreadable =
    error instanceof Error &&
    !('status' in error) &&
    /formidable|IncomingForm|maxF|content-type|parser/i.test(`${error.stack}`)
  // It stops reading where it stumbles: the rest of the body is let through, or the connection would hang.
  if (isUnreadable) req.resume()
  next(isUnreadable ? Object.assign(error, { status: 400 }) : error)
}

const shortForms: RequestHandler = (req, res, next) => {
  if (Number(req.get('Content-Length') ?? 0) <= longestForm) return next()
  refuseRequest(req, res, next, 413, 'Envoi trop volumineux : raccourcissez ce que vous avez écrit.')
}

/** AdminJS answers an unknown resource or action with a 500, and runs any action for any method. */
function knownActionsOnly(admin: AdminJS): RequestHandler {
  return (req, res, next) => {
    const [, kind, resourceId = '', family, ...rest] = decodeURIComponent(req.path).split('/')
    if (kind !== 'resources') {
      refuseRequest(req, res, next, 404, 'Cette adresse n’existe pas.')
      return
    }
    const name = family === 'records' ? rest[1] : rest[0]
    const resource = admin.resources.find((candidate) => candidate.decorate().id() === resourceId)
    const actions = resource?.decorate().actions ?? {}
    const action = name && Object.hasOwn(actions, name) ? actions[name] : undefined
    const type = { actions: 'resource', records: 'record', bulk: 'bulk' }[family ?? '']
    const described = action?.toJSON(req.session.adminUser)
    const isMisnamed = family === 'records' && !/^\d{1,10}$/.test(rest[0] ?? '')
    if (!action || !described || described.actionType !== type || isMisnamed) {
      refuseRequest(req, res, next, 404, 'Cette adresse n’existe pas.')
      return
    }
    // Before its form is read.
    if (!action.isAccessible(req.session.adminUser)) {
      refuseRequest(req, res, next, 403, notPermitted)
      return
    }
    // An action without a page of its own is one that acts: never by following a link.
    const reads = ['list', 'show', 'search'].includes(described.name)
    const loadsItsForm = described.name === 'edit' || typeof described.component === 'string'
    if (req.method === 'POST' ? reads : !reads && !loadsItsForm) {
      res.set('Allow', reads ? 'GET' : 'POST')
      refuseRequest(req, res, next, 405, 'Cette adresse ne peut pas être utilisée ainsi.')
      return
    }
    next()
  }
}

/** AdminJS says with a 200 that a record is not there, or not for this role. */
const honestStatus: RequestHandler = (_req, res, next) => {
  const send = res.send.bind(res)
  res.send = (body: unknown) => {
    const failure = failureIn(body)
    if (failure === 'NotFoundError') res.status(404)
    if (failure === 'ForbiddenError') res.status(403)
    return send(body)
  }
  next()
}

function failureIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  return (body as { record?: { baseError?: { type?: string } | null } }).record?.baseError?.type
}

function isKnownPage(admin: AdminJS, path: string): boolean {
  const [, kind, name = ''] = path.split('/')
  if (!kind) return true
  if (kind === 'pages') return name in (admin.options.pages ?? {})
  return kind === 'resources' && admin.resources.some((resource) => resource.decorate().id() === name)
}
