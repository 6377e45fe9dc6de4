import { data, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  useLocation,
  useMatches,
  useRouteError,
} from '@remix-run/react'
import type { ReactNode } from 'react'
import { inFrench, languageOf, languageWords } from '../resources/shared/language'
import { Footer } from './components/footer'
import { Header } from './components/header'
import { Page, pageTitle } from './components/page'
import { ServiceSearch } from './components/service-search'
import { SkipLinks } from './components/skip-links'
import { SpacePage } from './components/space-page'
import { errorWords, ownErrorWords } from './errors'
import { useFrame } from './frame'
import favicon from './styles/favicon.svg?url'
import etat from './styles/etat.css?url'
import portal from './styles/portal.css?url'

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: portal },
  { rel: 'icon', href: favicon, type: 'image/svg+xml' },
]

/** Answers what the host refused before any route read it. */
export function loader({ context }: LoaderFunctionArgs) {
  if (context.refusal) throw data(null, context.refusal)
  return null
}

export const meta: MetaFunction = ({ error }) => {
  if (error === undefined) return []
  return [{ title: pageTitle(wordsOf(error).title) }, { name: 'robots', content: 'noindex' }]
}

/**
 * Pages are documents: a route that the browser may help (portal/entry.client.ts) says `handle = { scripts: true }`; one
 * of a person who is signed in, `space: true`.
 */
function says(handle: unknown, what: 'scripts' | 'space'): boolean {
  return typeof handle === 'object' && handle !== null && what in handle
}

export function Layout({ children }: { children: ReactNode }) {
  const { script, brand, isDemo, isSignedIn } = useFrame()
  const matches = useMatches()
  const { pathname } = useLocation()
  // What is wrong is said in French.
  const failed = Boolean(useRouteError())
  // An error page is of no route any more.
  const lost = failed && isSignedIn
  const scripts = lost || matches.some(({ handle }) => says(handle, 'scripts'))
  const ofSpace = lost || matches.some(({ handle }) => says(handle, 'space'))
  const language = failed ? 'fr' : languageOf(pathname)
  return (
    <html
      lang={language}
      dir={languageWords[language].direction}
      data-door="portal"
      data-demo={isDemo || undefined}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <Meta />
        <Links />
        {brand === 'etat' && <link rel="stylesheet" href={etat} />}
      </head>
      <body>
        <div className="msj-around" {...inFrench(language)}>
          <SkipLinks />
          <Header ofSpace={ofSpace} />
        </div>
        {children}
        <div className="msj-around" {...inFrench(language)}>
          <Footer />
        </div>
        {scripts && <script type="module" src={script} />}
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export function ErrorBoundary() {
  const error = useRouteError()
  const { requestId, isSignedIn } = useFrame()
  const status = statusOf(error)
  const words = wordsOf(error, isSignedIn)
  const isGone = [404, 410].includes(status)
  const Around = isSignedIn ? SpacePage : Page
  return (
    <Around>
      <div className="msj-narrow msj-stack">
        <div>
          <p className="msj-small">Erreur {status}</p>
          <h1>{words.title}</h1>
        </div>
        <p>{words.text}</p>
        {words.way && (
          <p>
            <a href={words.way.to}>{words.way.label}</a>
          </p>
        )}
        {isGone && !isSignedIn && <ServiceSearch />}
        <p>
          {isSignedIn ? <a href="/espace">Revenir à mes rendez-vous</a> : <a href="/">Revenir à l’accueil</a>}
        </p>
        {status >= 500 && requestId && (
          <p className="msj-small">
            Code à donner à l’assistance&nbsp;: <span className="msj-code">{requestId}</span>
          </p>
        )}
      </div>
    </Around>
  )
}

function statusOf(error: unknown): number {
  return isRouteErrorResponse(error) ? error.status : 500
}

interface ErrorWords {
  title: string
  text: string
  /** Where what was looked for is now. */
  way?: { to: string; label: string }
}

/** A route may say more than its status does: `throw data({ title, text }, 404)`. */
function wordsOf(error: unknown, isSignedIn = false): ErrorWords {
  const own: unknown = isRouteErrorResponse(error) ? error.data : null
  const status = statusOf(error)
  const words = (isSignedIn && ownErrorWords[status]) || errorWords(status)
  return { ...words, ...(typeof own === 'object' ? own : {}) }
}
