import express, { type RequestHandler } from 'express'
import { assetsFolder } from './bundle'

const files = express.static(assetsFolder, {
  immutable: true,
  maxAge: '1y',
  index: false,
  setHeaders: (res, path) => {
    const encoding = path.endsWith('.br') ? 'br' : path.endsWith('.gz') ? 'gzip' : null
    if (!encoding) return
    res.setHeader('Content-Encoding', encoding)
    res.setHeader(
      'Content-Type',
      /\.css\.\w+$/.test(path) ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
    )
  },
})

/** The built files, already compressed; their names change with their content, so they are kept for ever. */
export const serveAssets: RequestHandler = (req, res, next) => {
  const isBuilt = /^\/back-office(\.[\w-]+)?\.[0-9A-Z]{8}\.(js|css)$/.test(req.path)
  if (!isBuilt) return next(Object.assign(new Error('No such asset'), { status: 404 }))
  res.vary('Accept-Encoding')
  // Browsers name the one that packs best last, and prefer none: asked of all at once, the first would win.
  if (req.acceptsEncodings('br')) req.url += '.br'
  else if (req.acceptsEncodings('gzip')) req.url += '.gz'
  files(req, res, () => next(Object.assign(new Error('No such asset'), { status: 404 })))
}
