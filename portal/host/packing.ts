import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import compression from 'compression'
import type { RequestHandler } from 'express'

/**
 * Pages are some kilobytes: the window that brotli would open by default, of four megabytes, costs six times
 * what packing them does.
 */
const light = { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 18 } }

/** Packs what a door sends, as the browser asks. */
export const packPages: RequestHandler = compression({ brotli: light })

/** Below, the headers weigh more. */
const leastPacked = 1_000

/**
 * Packs the JSON of an answer in one go. It is here whole, and short: handing it over to another thread,
 * as for a page that is written piece by piece, costs more than packing it.
 */
export const packJson: RequestHandler = (req, res, next) => {
  const encoding = (['br', 'gzip'] as const).find((one) => req.acceptsEncodings(one))
  res.vary('Accept-Encoding')
  if (encoding) {
    const json = res.json.bind(res)
    res.json = (body: unknown) => {
      const text = JSON.stringify(body)
      if (text.length < leastPacked) return json(body)
      res.set({ 'Content-Type': 'application/json; charset=utf-8', 'Content-Encoding': encoding })
      return res.send(encoding === 'br' ? brotliCompressSync(text, light) : gzipSync(text))
    }
  }
  next()
}
