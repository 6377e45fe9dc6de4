import type { MetaFunction } from '@remix-run/node'
import { publicHeaders } from '../caching'
import { LegalPage } from '../components/legal-page'
import { pageTitle } from '../components/page'

export const headers = publicHeaders

export const meta: MetaFunction = () => [{ title: pageTitle('Gestion des cookies') }]

export default function Cookies() {
  return (
    <LegalPage title="Gestion des cookies">
      <p>
        Un cookie est un petit fichier qu’un site laisse dans votre appareil. Les pages publiques de ce site
        n’en laissent aucun&nbsp;: il n’y a donc rien à accepter ni à refuser.
      </p>
      <p>
        Un seul cookie existe, pour les agents qui se connectent. Il garde leur session ouverte, ne sert à
        rien d’autre et disparaît au plus tard douze heures après la connexion.
      </p>
    </LegalPage>
  )
}
