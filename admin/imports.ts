/**
 * Files, which JSON does not carry: one received to be imported, the report of one sent back. Mounted before
 * the reader of JSON; the commands and queries decide, as everywhere.
 */
import express, { Router, type RequestHandler } from 'express'
import { startImport } from '../resources/import/commands/start.server'
import { importRefusals } from '../resources/import/fr'
import { mayStartImport } from '../resources/import/policy'
import { importReportFile } from '../resources/import/queries/report.server'
import { importKinds, importLimits } from '../resources/import/schema'
import { csvOf } from '../resources/shared/csv'
import { auditRefusal, perform, read } from '../resources/shared/transact.server'
import { actorOf, answering, refuseRequest, type AsyncHandler } from './door'

const outcomeWords = {
  // Asked of persons only: of other files the report holds what was not taken.
  created: 'Créée',
  linked: 'Rattachée',
  left_alone: 'Laissée de côté',
  refused: 'Refusée',
}

export function importRouter(): Router {
  const router = Router()
  router.post('/:kind', admitSender, readFile, answering(receive))
  router.get('/:importId/rapport', answering(sendReport))
  router.use((req, res, next) => refuseRequest(req, res, next, 404, 'Cette adresse n’existe pas.'))
  return router
}

const kindOf = (name: string | undefined) => importKinds.find((kind) => kind === name)

/** Before the file is read: whoever may not send one sends nothing. */
const admitSender: RequestHandler = (req, res, next) => {
  const kind = kindOf(req.params.kind)
  if (!kind) return refuseRequest(req, res, next, 404, 'Cette adresse n’existe pas.')
  // No form of another site can send this type.
  if (!req.is('text/csv')) return refuseRequest(req, res, next, 400, 'Cette demande n’est pas comprise.')
  const actor = actorOf(req)
  if (mayStartImport(actor, kind)) return next()
  auditRefusal(actor, `import ${kind}`).then(
    () => refuseRequest(req, res, next, 403, 'Votre rôle ne permet pas cette action.'),
    next,
  )
}

const raw: RequestHandler = express.raw({ type: 'text/csv', limit: importLimits.bytes, inflate: false })

const readFile: RequestHandler = (req, res, next) => {
  raw(req, res, (error?: unknown) => {
    if (!error) return next()
    if ((error as { status?: number }).status !== 413) return next(error)
    const message = importRefusals['import.too_large']
    res.status(413).json({ ok: false, message, fieldErrors: { file: message } })
  })
}

const receive: AsyncHandler = async (req, res) => {
  const kind = kindOf(req.params.kind) ?? 'agents'
  const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0)
  const fileName = nameIn(req.get('X-File-Name') ?? '')
  const result = await perform(actorOf(req), startImport, {
    ...{ kind, fileName, bytes },
    organizationId: serviceIn(req.query.service),
  })
  res.json({ ok: true, result })
}

const serviceIn = (asked: unknown) =>
  typeof asked === 'string' && /^\d{1,9}$/.test(asked) ? Number(asked) : null

/** A header has no accents: the name travels as in an address. */
function nameIn(header: string): string {
  try {
    return decodeURIComponent(header)
      .replace(/\0|\p{Cc}|\p{Cs}/gu, '')
      .slice(0, 200)
  } catch {
    return ''
  }
}

const sendReport: AsyncHandler = async (req, res) => {
  const importId = Number(req.params.importId)
  const lines = await read(actorOf(req), (ctx) => importReportFile(ctx, { importId }))
  const rows = lines.map(({ line, outcome, reason, recordId }) => [
    String(line),
    outcome ? outcomeWords[outcome] : '',
    reason ?? '',
    String(recordId ?? ''),
  ])
  res.attachment(`rapport-import-${importId}.csv`).type('text/csv; charset=utf-8')
  res.send(csvOf([['Ligne', 'Résultat', 'Raison', 'Fiche'], ...rows]))
}
