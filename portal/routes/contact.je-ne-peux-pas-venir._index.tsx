import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findServices } from '../../resources/public-page/queries/public.server'
import { publicHeaders } from '../caching'
import { Alert } from '../components/alert'
import { NationalDirectory } from '../components/national-directory'
import { cut } from '../../resources/shared/cut'
import { Page, pageTitle } from '../components/page'
import { PaperPrevails } from '../components/paper-prevails'
import { ServiceCards } from '../components/service-card'
import { ServiceSearch } from '../components/service-search'
import { visit, visitor } from '../door.server'

export const headers = publicHeaders

const here = '/contact/je-ne-peux-pas-venir'

export async function loader({ request }: LoaderFunctionArgs) {
  const text = cut(new URL(request.url).searchParams.get('q') ?? '', 100)
  const found = text.trim() ? await visit(visitor, (ctx) => findServices(ctx, { text })) : null
  return { text, services: found ? found.groups.flatMap(({ services }) => services) : null }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: pageTitle(
      ...(data?.services ? [`Recherche «\u00a0${data.text}\u00a0»`] : []),
      'Je ne peux pas venir',
      'Contact',
    ),
  },
  { name: 'description', content: 'Prévenir le service qui vous convoque, par téléphone ou par message.' },
]

export default function CannotCome() {
  const { text, services } = useLoaderData<typeof loader>()
  return (
    <Page trail={[{ to: '/contact', label: 'Contact' }]} here="Je ne peux pas venir">
      <div className="msj-stack">
        <div className="msj-stack-s msj-read">
          <h1>Je ne peux pas venir à ma convocation</h1>
          <p className="msj-lead">
            Trouvez le service qui vous convoque. Le plus sûr est de l’appeler, avant le rendez-vous.
          </p>
        </div>
        <ServiceSearch text={text} action={here} />
        {services && (
          <section className="msj-stack-s" aria-labelledby="resultats">
            <h2 id="resultats">Résultats pour «&nbsp;{text}&nbsp;»</h2>
            {services.length > 0 ? (
              <ServiceCards services={services} under={here} />
            ) : (
              <p role="status">
                Aucun service trouvé. Appelez le numéro écrit sur votre convocation. <NationalDirectory />
              </p>
            )}
          </section>
        )}
        <Alert kind="warning" title="Prévenir n’est pas être excusé">
          <p>Gardez un justificatif. Sans réponse du service, vous devez venir.</p>
        </Alert>
        <PaperPrevails />
      </div>
    </Page>
  )
}
