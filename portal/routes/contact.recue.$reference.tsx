import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { yourRequest } from '../../resources/site-request/fr'
import { requestReceived } from '../../resources/site-request/queries/requests.server'
import { formatPhone } from '../../resources/shared/phone'
import { Alert } from '../components/alert'
import { Focused } from '../components/form'
import { Page, pageTitle } from '../components/page'
import { visit, visitor } from '../door.server'
import { useFrame } from '../frame'

export async function loader({ params: { reference = '' } }: LoaderFunctionArgs) {
  return visit(visitor, (ctx) => requestReceived(ctx, { reference }))
}

export const meta: MetaFunction<typeof loader> = () => [
  { title: pageTitle('C’est envoyé', 'Contact') },
  { name: 'robots', content: 'noindex' },
]

export default function RequestReceived() {
  const { kind, reference, mailFollows, service } = useLoaderData<typeof loader>()
  const { isDemo } = useFrame()
  return (
    <Page trail={[{ to: '/contact', label: 'Contact' }]} here="C’est envoyé">
      <div className="msj-narrow msj-stack">
        <h1>C’est envoyé</h1>
        <Focused>
          <Alert
            kind="success"
            title={
              service ? 'Votre message est transmis au service' : `Nous avons reçu votre ${yourRequest[kind]}`
            }
            live
          >
            <p>
              Référence&nbsp;: <b className="msj-nowrap">{reference}</b>. Notez-la.
            </p>
            {mailFollows && <p>Un e-mail de confirmation vous est envoyé.</p>}
            {isDemo && (
              <p>
                Démonstration&nbsp;: aucun e-mail ne part.{' '}
                <a href="/boite-d-envoi">Ouvrir la boîte d’envoi</a>
              </p>
            )}
          </Alert>
        </Focused>
        {service && (
          <p>
            Ce message ne vaut pas excuse. Sans réponse de ce service ({service.title}), appelez
            {service.phone ? (
              <>
                {' '}
                le <a href={`tel:${service.phone}`}>{formatPhone(service.phone)}</a>
              </>
            ) : (
              ' le numéro écrit sur votre convocation'
            )}
            &nbsp;: vous devez venir à la date de votre convocation.
          </p>
        )}
        {!service && mailFollows && <p>L’équipe vous répond par e-mail.</p>}
        <p>
          <a href="/">Revenir à l’accueil</a>
        </p>
      </div>
    </Page>
  )
}
