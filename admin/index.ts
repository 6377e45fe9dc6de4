import { randomBytes } from 'node:crypto'
import type { ResourceWithOptions } from 'adminjs'
import express, { Router, type ErrorRequestHandler, type RequestHandler } from 'express'
import { AdminJS, AdminJSExpress } from './adminjs/adminjs'
import { serveAssets } from './adminjs/assets'
import { adminAssets } from './adminjs/bundle'
import { actorOf, admitAgent, readOrPost, refuseRequest } from './door'
import { french } from './adminjs/locale'
import { DomainResource } from './define/domain-resource'
import { refusalAnswer } from './define/resource'
import type { ActionWords } from './define/wire'
import { fileRouter } from './files'
import { importRouter } from './imports'
import { lookupRouter } from './lookups'
import { auditRefusal } from '../resources/shared/transact.server'
import { paths } from './paths'
import { resources as allResources } from './resources'
import { contentSecurityPolicy, shell } from './adminjs/shell'

interface AdminOptions {
  /** Gives `req.session` to every request but those of assets. */
  sessions: RequestHandler
  resources?: ResourceWithOptions[]
}

/**
 * The back office as one Express router, to be mounted at /admin before any body parser: assets,
 * sessions, the door, look-ups, AdminJS's API, and one page for every other address. Foreign
 * origins, compression and unexpected errors are the host's.
 */
export async function createAdmin({
  sessions,
  resources = Object.values(allResources).map(({ adminjs }) => adminjs),
}: AdminOptions): Promise<Router> {
  const assets = await adminAssets()
  const admin = new AdminJS({
    rootPath: paths.home,
    loginPath: '/agents/connexion',
    logoutPath: paths.signOut,
    resources,
    branding: { companyName: 'Mon Suivi Justice', withMadeWithLove: false, logo: false },
    locale: french,
    version: { admin: false },
  })
  // All that AdminJS does there is to make a bundle: ours is served.
  admin.initialize = () => Promise.resolve()

  const router = Router()
  router.use('/assets', serveAssets)
  router.use((_req, res, next) => {
    res.set({
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
      // Pages show persons: nothing stays in a shared browser after signing out.
      'Cache-Control': 'no-store',
    })
    next()
  })
  router.use(readOrPost, sessions, admitAgent)
  router.use('/api', getOrPost)
  router.use('/api/imports', importRouter())
  router.use('/api', readJson)
  router.use('/api/files', fileRouter())
  router.use('/api', lookupRouter())
  const adminJs = AdminJSExpress.buildRouter(admin, Router())
  router.all('/api/resources/:resourceId/actions/:name', guard(admin, 'resource'), honestAnswer, adminJs)
  router.all(
    '/api/resources/:resourceId/records/:recordId/:name',
    guard(admin, 'record'),
    honestAnswer,
    adminJs,
  )
  router.all('/api/resources/:resourceId/bulk/:name', guard(admin, 'bulk'), honestAnswer, adminJs)
  router.get(/^(?!\/api\/)/, async (req, res, next) => {
    try {
      const user = req.session.adminUser
      if (!user) return next()
      if (!isKnownPage(admin, req.path)) res.status(404)
      const nonce = randomBytes(16).toString('base64url')
      res.set('Content-Security-Policy', contentSecurityPolicy(nonce))
      res.type('html').send(await shell(admin, user, { assets, nonce }))
    } catch (error) {
      next(error)
    }
  })
  router.use((req, res, next) => refuseRequest(req, res, next, 404, 'Cette adresse n’existe pas.'))
  router.use(refusedByAdminJs)
  return router
}

const notPermitted = 'Votre rôle ne permet pas cette action.'
const notFound = 'Introuvable\u00a0: l’adresse est fausse, ou la fiche n’est plus là.'

/** AdminJS throws what it refuses: answers, not failures. */
const refusedByAdminJs: ErrorRequestHandler = (error: unknown, req, res, next) => {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : null
  if (status === 404) refuseRequest(req, res, next, 404, notFound)
  else if (status === 403) refuseRequest(req, res, next, 403, notPermitted)
  else next(error)
}

/** Express gives HEAD to GET routes; nothing here answers it. */
const getOrPost: RequestHandler = (req, res, next) => {
  if (req.method === 'GET' || req.method === 'POST') return next()
  res.set('Allow', 'GET, POST')
  refuseRequest(req, res, next, 405, 'Cette adresse ne peut pas être utilisée ainsi.')
}

/** PostgreSQL has no character for NUL, nor for half of one. */
const reviver = (_key: string, value: unknown) =>
  typeof value === 'string' ? value.replace(/\0|\p{Cs}/gu, '') : value
const json: RequestHandler = express.json({ limit: '200kb', reviver })
/** What carries a photo of two megabytes, in base 64. */
const jsonOfPhoto: RequestHandler = express.json({ limit: '3mb', reviver })
const photoAddress = /^\/resources\/PublicPage\/records\/\d+\/photo$/

/**
 * Reads what is posted, JSON only: a form of another site cannot send it. AdminJS's own reader, which
 * takes anything and rewrites values named as a column, then steps aside.
 */
const readJson: RequestHandler = (req, res, next) => {
  Object.assign(req, { fields: {}, express_formidable: { parsed: true } })
  if (req.method !== 'POST') return next()
  if (!req.is('application/json'))
    return refuseRequest(req, res, next, 400, 'Cette demande n’est pas comprise.')
  // Whoever left while their session was read took the body along: nobody is there to be answered.
  if (req.destroyed) return
  ;(photoAddress.test(req.path) ? jsonOfPhoto : json)(req, res, next)
}

/** As many records as a list shows, twice over. */
const mostIds = 100

/** AdminJS answers an unknown resource or action with a 500, and runs any action for any method. */
function guard(admin: AdminJS, kind: 'resource' | 'record' | 'bulk'): RequestHandler {
  return (req, res, next) => {
    const { resourceId = '', recordId, name = '' } = req.params
    const resource = admin.resources.find((candidate) => candidate.decorate().id() === resourceId)
    const actions = resource?.decorate().actions ?? {}
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined
    const described = action?.toJSON(req.session.adminUser)
    const { recordIds } = req.query
    const named =
      kind === 'record' ? [recordId ?? ''] : typeof recordIds === 'string' ? recordIds.split(',') : ['']
    const areIds =
      resource instanceof DomainResource &&
      named.length <= mostIds &&
      named.every((id) => resource.keyOf(id) !== null)
    const isMisnamed = kind !== 'resource' && !areIds
    if (!action || described?.actionType !== kind || isMisnamed) {
      refuseRequest(req, res, next, 404, 'Cette adresse n’existe pas.')
      return
    }
    if (!action.isAccessible(req.session.adminUser)) {
      auditRefusal(actorOf(req), `${resourceId}.${name}`).then(
        () => refuseRequest(req, res, next, 403, notPermitted),
        next,
      )
      return
    }
    const reads = name === 'list' || name === 'show'
    const words = described.custom as Partial<ActionWords>
    // A list is asked by POST too: what is looked for may be somebody's name.
    const posts = name === 'list' || (!reads && words.writes === true)
    const opens = reads || words.opens === true
    if (req.method === 'POST' ? !posts : !opens) {
      res.set('Allow', [opens && 'GET', posts && 'POST'].filter(Boolean).join(', '))
      refuseRequest(req, res, next, 405, 'Cette adresse ne peut pas être utilisée ainsi.')
      return
    }
    next()
  }
}

/** AdminJS says with a 200, in a shape of its own, that a record is not there or not for this role. */
const honestAnswer: RequestHandler = (req, res, next) => {
  // AdminJS's own router replaces them.
  const { resourceId, name } = req.params
  const send = res.send.bind(res)
  res.send = (body: unknown) => {
    const failure = failureIn(body)
    if (!failure) return send(body)
    const status = failure === 'ForbiddenError' ? 403 : 404
    res.status(status)
    const answer = () =>
      send(refusalAnswer({ message: status === 403 ? notPermitted : notFound, fieldErrors: {} }))
    if (status === 404) return answer()
    auditRefusal(actorOf(req), `${resourceId}.${name}`).then(answer, next)
    return res
  }
  next()
}

function failureIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const type = (body as { record?: { baseError?: { type?: string } | null } | null }).record?.baseError?.type
  return type === 'ForbiddenError' || type === 'NotFoundError' ? type : undefined
}

function isKnownPage(admin: AdminJS, path: string): boolean {
  const [, kind, name = ''] = path.split('/')
  if (!kind) return true
  return kind === 'resources' && admin.resources.some((resource) => resource.decorate().id() === name)
}
