import { env, isProduction } from '../../resources/shared/env.server'

/** What is somebody's own, or leads to it. */
const closed = [
  ...[
    '/espace',
    '/i/',
    '/mdp/',
    '/admin',
    '/apercu/',
    '/preparer-ma-convocation/apercu/',
    '/boite-d-envoi',
    '/calendrier/',
    '/s/',
    '/stop/',
    '/en/stop/',
    '/ar/stop/',
    '/stop_sms',
  ],
  ...['charte', 'connexion', 'deconnexion', 'invitation/', 'mot-de-passe-oublie', 'reinitialisation/'].map(
    (door) => `/agents/${door}`,
  ),
]

export function loader() {
  const rules = isProduction ? closed : ['/']
  const lines = ['User-agent: *', ...rules.map((path) => `Disallow: ${path}`), '']
  const text = [...lines, `Sitemap: ${env.PUBLIC_URL}/sitemap.xml`, ''].join('\n')
  return new Response(text, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}
