import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Page } from '../components/page'
import { spaceTitle } from '../components/space-page'

export function loader({ context }: LoaderFunctionArgs) {
  const { person, isEnabled } = context.spaceSession
  if (!person || isEnabled) throw redirect('/espace', 303)
  return null
}

export const meta: MetaFunction = () => [
  { title: spaceTitle('Espace fermé') },
  { name: 'robots', content: 'noindex' },
]

export default function Closed() {
  return (
    <Page here="Mon espace">
      <div className="msj-narrow msj-stack">
        <h1>Votre service n’ouvre pas d’espace en ligne</h1>
        <p>
          Vos rendez-vous continuent, et les SMS aussi. Seule la convocation papier compte. Pour une question,
          appelez le service qui vous suit.
        </p>
        <p>
          <a href="/preparer-ma-convocation">Trouver mon service</a>
        </p>
        <form method="post" action="/espace/deconnexion">
          <button className="fr-btn fr-btn--secondary" type="submit">
            Me déconnecter
          </button>
        </form>
      </div>
    </Page>
  )
}
