import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { departmentLabel } from '../../resources/city/departments'
import { allServices } from '../../resources/public-page/queries.server'
import { publicHeaders } from '../caching'
import { LegalPage } from '../components/legal-page'
import { pageTitle } from '../components/page'
import { visit, visitor } from '../door.server'

export const headers = publicHeaders

export const meta: MetaFunction = () => [{ title: pageTitle('Plan du site') }]

export async function loader() {
  return visit(visitor, allServices)
}

const pages = [
  { to: '/', label: 'Accueil' },
  { to: '/preparer-ma-convocation', label: 'Préparer ma convocation' },
  { to: '/agents/connexion', label: 'Espace agents' },
  { to: '/accessibilite', label: 'Accessibilité' },
  { to: '/mentions-legales', label: 'Mentions légales' },
  { to: '/donnees-personnelles', label: 'Données personnelles' },
  { to: '/gestion-des-cookies', label: 'Gestion des cookies' },
]

export default function SiteMap() {
  const services = useLoaderData<typeof loader>()
  const codes = [...new Set(services.map(({ departmentCode }) => departmentCode))]
  return (
    <LegalPage title="Plan du site">
      <ul className="msj-list">
        {pages.map(({ to, label }) => (
          <li key={to}>
            <a href={to}>{label}</a>
          </li>
        ))}
      </ul>
      {codes.length > 0 && (
        <section className="msj-stack-s">
          <h2>Pages des services</h2>
          {codes.map((code) => (
            <div className="msj-stack-s" key={code}>
              <h3>
                <a href={`/preparer-ma-convocation/departements/${code}`}>{departmentLabel(code)}</a>
              </h3>
              <ul className="msj-list">
                {services
                  .filter(({ departmentCode }) => departmentCode === code)
                  .map(({ slug, title }) => (
                    <li key={slug}>
                      <a href={`/preparer-ma-convocation/${slug}`}>{title}</a>
                    </li>
                  ))}
              </ul>
            </div>
          ))}
        </section>
      )}
    </LegalPage>
  )
}
