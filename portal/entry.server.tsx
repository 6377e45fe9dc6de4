import { createHash } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { AppLoadContext, EntryContext } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { isDatabaseAway } from '../resources/shared/database-away'
import { env, isDemo } from '../resources/shared/env.server'
import { log } from '../resources/shared/log.server'
import { accessibilityState } from './accessibilite'
import { FrameProvider } from './frame'

const abortAfter = 10_000
const accessibility = accessibilityState()

/** Draws the whole page before its first byte: the status is known, and pages need no script. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  const { requestId, databaseAway } = context
  if (databaseAway) {
    // Thrown, it is the error of a second drawing, with its own status.
    context.databaseAway = false
    throw new Response(null, { status: 503 })
  }
  if (status === 503) headers.set('Retry-After', '10')
  const script = remixContext.manifest.entry.module
  const { person, isEnabled } = context.spaceSession
  const isSignedIn = person !== null && isEnabled
  return new Promise((resolve, reject) => {
    let failed = false
    const { pipe, abort } = renderToPipeableStream(
      <FrameProvider value={{ script, requestId, brand: env.BRAND, isDemo, accessibility, isSignedIn }}>
        <RemixServer context={remixContext} url={request.url} abortDelay={abortAfter} />
      </FrameProvider>,
      {
        onAllReady() {
          // React says so of a page that could not be drawn too: reading it would end the process.
          if (failed) return
          clearTimeout(timer)
          const body = new PassThrough()
          headers.set('Content-Type', 'text/html; charset=utf-8')
          if (status >= 400 || !headers.has('Cache-Control'))
            headers.set('Cache-Control', 'private, no-store')
          pipe(body)
          resolve(
            text(body).then((html) => answered(request, endedOnce(withoutNul(html)), { headers, status })),
          )
        },
        onShellError(error) {
          failed = true
          clearTimeout(timer)
          reject(error instanceof Error ? error : new Error('The page could not be drawn', { cause: error }))
        },
        onError: (error) => log.error({ requestId, err: error }, 'portal page not drawn'),
      },
    )
    const timer = setTimeout(abort, abortAfter)
  })
}

/** A page that is the same for everybody has a tag of what it says: who has it already is told so, and no more. */
function answered(request: Request, html: string, { headers, status }: { headers: Headers; status: number }) {
  if (status === 200 && headers.get('Cache-Control')?.startsWith('public')) {
    const tag = `W/"${createHash('sha1').update(html).digest('base64url')}"`
    headers.set('ETag', tag)
    const known = request.headers.get('If-None-Match')?.split(/,\s*/) ?? []
    if (known.includes(tag)) return new Response(null, { headers, status: 304 })
  }
  return new Response(html, { headers, status })
}

/** React 18 leaves a NUL where a letter of several bytes would cross the end of its buffer. */
const withoutNul = (html: string): string => html.replaceAll('\0', '')

/** Remix leaves the marks of a boundary after the end of the page, where HTML has no place for them. */
function endedOnce(html: string): string {
  const end = '</body></html>'
  const at = html.lastIndexOf(end)
  return at < 0 ? html : html.slice(0, at) + html.slice(at + end.length) + end
}

/** Everything a loader or an action did not expect. A visitor who left is not an error. */
export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: AppLoadContext },
) {
  if (error instanceof Response) return
  if (isDatabaseAway(error)) context.databaseAway = true
  if (!request.signal.aborted)
    log.error({ requestId: context.requestId, err: error }, 'portal request failed')
}
