import { useFrame } from '../frame'

const links = [
  { to: '/plan-du-site', label: 'Plan du site' },
  { to: '/contact', label: 'Contact' },
  { to: '/statistiques', label: 'Statistiques' },
  { to: '/accessibilite', label: 'Accessibilité' },
  { to: '/mentions-legales', label: 'Mentions légales' },
  { to: '/donnees-personnelles', label: 'Données personnelles' },
  { to: '/gestion-des-cookies', label: 'Gestion des cookies' },
]

/** Sites of the State that its own sites point to, in this order. */
const stateSites = ['info.gouv.fr', 'service-public.gouv.fr', 'legifrance.gouv.fr', 'data.gouv.fr']

export function Footer() {
  const { brand, accessibility } = useFrame()
  return (
    <footer className="fr-footer" role="contentinfo" id="footer" tabIndex={-1}>
      <div className="fr-container">
        <p className="fr-footer__content-desc">
          Mon Suivi Justice aide à venir aux convocations. Seule la convocation papier a une valeur juridique.
        </p>
        {brand === 'etat' && (
          <ul className="fr-footer__bottom-list">
            {stateSites.map((site) => (
              <li className="fr-footer__bottom-item" key={site}>
                <a
                  className="fr-footer__bottom-link"
                  href={`https://${site}`}
                  target="_blank"
                  rel="noopener external"
                  title={`${site} - nouvelle fenêtre`}
                >
                  {site}
                </a>
              </li>
            ))}
          </ul>
        )}
        <nav aria-label="Menu du pied de page">
          <ul className="fr-footer__bottom-list">
            {links.map(({ to, label }) => (
              <li className="fr-footer__bottom-item" key={to}>
                <a className="fr-footer__bottom-link" href={to}>
                  {to === '/accessibilite' ? `${label}\u00a0: ${accessibility}` : label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </footer>
  )
}
