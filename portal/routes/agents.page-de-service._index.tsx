import type { MetaFunction } from '@remix-run/node'
import { publicHeaders } from '../caching'
import { Page, pageTitle } from '../components/page'
import { Tiles } from '../components/content/tiles'

export const headers = publicHeaders

const here = 'Créer la page de mon service'

export const meta: MetaFunction = () => [
  { title: pageTitle(here, 'Espace agents') },
  {
    name: 'description',
    content:
      'Demander la page publique d’un SPIP ou d’un tribunal\u00a0: adresse, téléphone, horaires et accès.',
  },
]

const about = (text: string) => [{ kind: 'text' as const, text }]

/** A form for each of the two kinds of service. */
export default function ChooseServicePage() {
  return (
    <Page trail={[{ to: '/agents', label: 'Espace agents' }]} here={here}>
      <div className="msj-stack">
        <div className="msj-stack-s msj-read">
          <h1>{here}</h1>
          <p className="msj-lead">
            Les SMS mènent à cette page&nbsp;: la personne y trouve l’adresse, le téléphone, les horaires et
            les papiers à apporter. Choisissez le formulaire de votre service.
          </p>
          <p>
            Votre service utilise déjà Mon Suivi Justice&nbsp;? Sa page existe&nbsp;: son administrateur local
            la modifie dans l’application, à «&nbsp;Pages des services&nbsp;».
          </p>
        </div>
        <Tiles
          level={2}
          of={[
            {
              to: '/agents/page-de-service/spip',
              title: 'Un SPIP ou une antenne',
              about: about('Service pénitentiaire d’insertion et de probation.'),
            },
            {
              to: '/agents/page-de-service/tribunal',
              title: 'Un tribunal judiciaire',
              about: about('Service de l’application des peines, bureau de l’exécution des peines.'),
            },
          ]}
        />
      </div>
    </Page>
  )
}
