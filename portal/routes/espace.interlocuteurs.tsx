import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ownContacts } from '../../resources/probationer-space/queries/mine.server'
import { Alert } from '../components/alert'
import { ContactCard } from '../components/own-contacts'
import { SpacePage, spaceTitle } from '../components/space-page'
import { visit } from '../door.server'
import { personHere } from '../space.server'

export const handle = { scripts: true, space: true }

export async function loader({ request, context }: LoaderFunctionArgs) {
  return visit(personHere(context, request), (ctx) => ownContacts(ctx, {}))
}

export const meta: MetaFunction = () => [
  { title: spaceTitle('Mes interlocuteurs') },
  { name: 'robots', content: 'noindex' },
]

export default function Contacts() {
  const { referent, services, isOver } = useLoaderData<typeof loader>()
  return (
    <SpacePage>
      <div className="msj-narrow msj-stack">
        <h1>Mes interlocuteurs</h1>
        {isOver ? (
          <Alert kind="info" title="Votre suivi est terminé">
            <p>Pour une question, appelez l’accueil du service.</p>
          </Alert>
        ) : (
          !referent && (
            <p>
              Vous n’avez pas encore d’interlocuteur à votre nom. Appelez l’accueil du service&nbsp;: il vous
              répond.
            </p>
          )
        )}
        {referent && !referent.phone && !referent.email && (
          <p>
            Votre interlocuteur n’a pas de numéro direct ici. L’accueil du service lui transmet votre message.
          </p>
        )}
        <ContactCard referent={referent} services={services} isOver={isOver} />
      </div>
    </SpacePage>
  )
}
