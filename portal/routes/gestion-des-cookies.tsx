import type { MetaFunction } from '@remix-run/node'
import { spaceIdle } from '../../resources/probationer-space/rules'
import { minute } from '../../resources/shared/duration'
import { publicHeaders } from '../caching'
import { LegalPage } from '../components/legal-page'
import { pageTitle } from '../components/page'

export const headers = publicHeaders

export const meta: MetaFunction = () => [
  { title: pageTitle('Gestion des cookies') },
  {
    name: 'description',
    content: 'Les pages publiques de ce site ne laissent aucun cookie. Ceux des espaces, et pourquoi.',
  },
]

export default function Cookies() {
  return (
    <LegalPage title="Gestion des cookies">
      <p>
        Un cookie est un petit fichier qu’un site laisse dans votre appareil. Les pages publiques de ce site
        n’en laissent aucun&nbsp;: il n’y a donc rien à accepter ni à refuser.
      </p>
      <p>
        Dans «&nbsp;Mon espace&nbsp;», un cookie garde votre espace ouvert. Il disparaît quand vous vous
        déconnectez, ou après {spaceIdle / minute} minutes sans activité.
      </p>
      <p>
        Les agents des services en reçoivent aussi. Un cookie garde leur session ouverte&nbsp;: il disparaît
        au plus tard douze heures après la connexion. Un autre retient, six heures au plus, la page à rouvrir
        quand ils changent un mot de passe oublié. Ils ne servent à rien d’autre.
      </p>
    </LegalPage>
  )
}
