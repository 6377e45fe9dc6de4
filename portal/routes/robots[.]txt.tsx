import { isProduction } from '../../resources/shared/env.server'

const closed = [
  '/espace',
  '/admin',
  '/agents',
  '/stop/',
  '/stop_sms',
  '/s/',
  '/boite-d-envoi',
  '/calendrier/',
]

export function loader() {
  const rules = isProduction ? closed : ['/']
  const text = ['User-agent: *', ...rules.map((path) => `Disallow: ${path}`), ''].join('\n')
  return new Response(text, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}
