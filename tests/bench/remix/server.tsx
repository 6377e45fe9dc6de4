import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { createRequestHandler } from '@remix-run/express'
import { createReadableStreamFromReadable, type EntryContext, type ServerBuild } from '@remix-run/node'
import { Outlet, RemixServer, useLoaderData } from '@remix-run/react'
import compression from 'compression'
import express from 'express'
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5'
import { createElement, type ReactNode } from 'react'
import { renderToPipeableStream } from 'react-dom/server'

/**
 * Remix as it comes, on Express as its own template has it: one page, the elements and the words of the HTML whose
 * file it is given, and a loader that asks nobody. What the bench compares a page of the portal of that size with.
 */
const isElement = (node: Tree.ChildNode): node is Tree.Element => 'tagName' in node
const isText = (node: Tree.ChildNode): node is Tree.TextNode => node.nodeName === '#text'

const [html] = parse(readFileSync(process.env.PAGE_FILE ?? '', 'utf8')).childNodes.filter(isElement)
if (!html) throw new Error('PAGE_FILE holds no page')

/** The elements, made anew at each drawing, as a page written by hand makes them. */
function drawn(nodes: readonly Tree.ChildNode[]): ReactNode[] {
  return nodes.map((node, key) => {
    if (isText(node)) return node.value
    if (!isElement(node)) return null
    const { tagName, attrs, childNodes } = node
    const props = Object.fromEntries(attrs.map(({ name, value }) => [name, value === '' ? true : value]))
    const [only] = childNodes
    if (tagName === 'script' && only && isText(only))
      return createElement(tagName, { ...props, key, dangerouslySetInnerHTML: { __html: only.value } })
    return createElement(tagName, { ...props, key }, ...drawn(childNodes))
  })
}

const [head, body] = html.childNodes.filter(isElement)

function Root() {
  return (
    <html lang="fr">
      <head>{drawn(head?.childNodes ?? [])}</head>
      <body>
        <Outlet />
      </body>
    </html>
  )
}

function Page() {
  const { shown } = useLoaderData<typeof loader>()
  return shown && <>{drawn(body?.childNodes ?? [])}</>
}

const loader = () => ({ shown: true })

function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext) {
  return new Promise<Response>((resolve, reject) => {
    const { pipe } = renderToPipeableStream(<RemixServer context={context} url={request.url} />, {
      onShellReady() {
        const drawn = new PassThrough()
        headers.set('Content-Type', 'text/html')
        resolve(new Response(createReadableStreamFromReadable(drawn), { headers, status }))
        pipe(drawn)
      },
      onShellError: reject,
    })
  })
}

const routes = {
  root: { id: 'root', path: '' },
  page: { id: 'page', parentId: 'root', index: true },
}
const inTheBrowser = {
  module: '',
  hasAction: false,
  hasClientAction: false,
  hasClientLoader: false,
  hasErrorBoundary: false,
}
const build: ServerBuild = {
  mode: 'production',
  entry: { module: { default: handleRequest } },
  routes: {
    root: { ...routes.root, module: { default: Root } },
    page: { ...routes.page, module: { default: Page, loader } },
  },
  assets: {
    entry: { imports: [], module: '' },
    routes: {
      root: { ...routes.root, ...inTheBrowser, hasLoader: false },
      page: { ...routes.page, ...inTheBrowser, hasLoader: true },
    },
    url: '',
    version: '',
  },
  publicPath: '/',
  assetsBuildDirectory: '',
  isSpaMode: false,
  future: {
    v3_fetcherPersist: true,
    v3_lazyRouteDiscovery: true,
    v3_relativeSplatPath: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
  },
}

const app = express()
app.disable('x-powered-by')
app.get('/readyz', (_req, res) => void res.json({ status: 'ready' }))
app.use(compression())
app.all('*', createRequestHandler({ build }))
app.listen(Number(process.env.PORT))
