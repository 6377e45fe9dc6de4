import express, { Router, type RequestHandler } from 'express'
import type { AgentActor } from '../resources/shared/actor'
import type { Context } from '../resources/shared/context'
import { read, transact } from '../resources/shared/transact.server'
import { commands, queries } from './api-table'
import { actorOf, refuseRequest } from './door'
import { refusalOf } from '../resources/refusals'

type Entry = (ctx: Context<AgentActor>, raw: never) => Promise<unknown>
type Run = (actor: AgentActor, work: (ctx: Context<AgentActor>) => Promise<unknown>) => Promise<unknown>

/**
 * The tables of api-table.ts, served as JSON. Reading is a POST too: names, phones and dates of birth
 * are searched, and must not be left in addresses, which proxies write down.
 */
export function tableRouter(): Router {
  const router = Router()
  // PostgreSQL has no character for NUL, nor for half of one.
  const reviver = (_key: string, value: unknown) =>
    typeof value === 'string' ? value.replace(/\0|\p{Cs}/gu, '') : value
  router.use(express.json({ limit: '100kb', reviver }))
  router.all('/queries/:name', serve(queries, read))
  router.all('/commands/:name', serve(commands, transact))
  return router
}

function serve(table: Readonly<Record<string, Entry>>, run: Run): RequestHandler {
  return async (req, res, next) => {
    const name = req.params.name ?? ''
    const entry = Object.hasOwn(table, name) ? table[name] : undefined
    if (!entry) return refuseRequest(req, res, next, 404, 'Cette adresse n’existe pas.')
    if (req.method !== 'POST') {
      res.set('Allow', 'POST')
      return refuseRequest(req, res, next, 405, 'Cette adresse ne peut pas être utilisée ainsi.')
    }
    if (!req.is('application/json'))
      return refuseRequest(req, res, next, 400, 'Cette demande n’est pas comprise.')
    try {
      const result = await run(actorOf(req), (ctx) => entry(ctx, req.body as never))
      res.json({ ok: true, result: result ?? null })
    } catch (error) {
      const refusal = refusalOf(error)
      if (!refusal) return next(error)
      const { status, ...body } = refusal
      res.status(status).json({ ok: false, ...body })
    }
  }
}
