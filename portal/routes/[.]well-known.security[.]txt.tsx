import { day } from '../../resources/shared/duration'
import { env } from '../../resources/shared/env.server'
import { presently } from '../../resources/shared/transact.server'

const year = 365 * day

export function loader() {
  const text = [
    `Contact: mailto:${env.SUPPORT_EMAIL}`,
    `Expires: ${new Date(presently().getTime() + year).toISOString()}`,
    'Preferred-Languages: fr, en',
    `Canonical: ${new URL('/.well-known/security.txt', env.PUBLIC_URL).href}`,
    '',
  ].join('\n')
  return new Response(text, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}
