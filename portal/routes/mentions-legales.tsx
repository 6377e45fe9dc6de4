import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { env } from '../../resources/shared/env.server'
import { publicHeaders } from '../caching'
import { LegalPage } from '../components/legal-page'
import { pageTitle } from '../components/page'

export const headers = publicHeaders

export const meta: MetaFunction = () => [
  { title: pageTitle('Mentions légales') },
  { name: 'description', content: 'Qui édite ce site, ce qu’il vaut, et ce qu’on peut en reprendre.' },
]

export function loader() {
  return { email: env.SUPPORT_EMAIL, official: env.BRAND === 'etat' }
}

export default function LegalNotice() {
  const { email, official } = useLoaderData<typeof loader>()
  return (
    <LegalPage title="Mentions légales">
      <section>
        <h2>Éditeur</h2>
        <p>
          {official
            ? 'Ministère de la Justice, 13 place Vendôme, 75042 Paris CEDEX 01.'
            : 'Ce site est une installation non officielle du logiciel Mon Suivi Justice. Il n’est édité par aucun ministère.'}
        </p>
        <p>
          Contact&nbsp;: <a href={`mailto:${email}`}>{email}</a>.
        </p>
      </section>
      <section>
        <h2>Ce que ce site vaut</h2>
        <p>
          Seule la convocation papier a une valeur juridique. Les pages de ce site et les SMS aident à venir
          au bon endroit et à la bonne heure. Ils ne remplacent ni la convocation ni la décision du juge.
        </p>
      </section>
      <section>
        <h2>Logiciel et contenus</h2>
        <p>
          Le logiciel est libre, sous licence EUPL 1.2. Les textes sont sous licence Ouverte 2.0 (Etalab),
          sauf mention contraire. La liste des communes vient des données ouvertes de l’Insee et de La Poste,
          la position des villes de GeoNames (CC BY 4.0).
        </p>
      </section>
    </LegalPage>
  )
}
