import { useLocation } from '@remix-run/react'
import { useFrame } from '../frame'
import { Icon } from './icon'

interface Entry {
  to: string
  label: string
  section?: string
  /** Drawn in its stead where the menu is in one line. */
  icon?: 'search'
}

const entries: Entry[] = [
  { to: '/preparer-ma-convocation', label: 'Préparer ma convocation' },
  { to: '/comprendre-ma-peine', label: 'Comprendre ma peine' },
  { to: '/investir-ma-reinsertion', label: 'Investir ma réinsertion' },
  { to: '/qui-sommes-nous', label: 'Qui sommes-nous\u00a0?' },
  { to: '/recherche', label: 'Rechercher', icon: 'search' },
  { to: '/espace/connexion', label: 'Mon espace', section: '/espace' },
  { to: '/agents/connexion', label: 'Espace agents', section: '/agents' },
]

/** Of a person who is signed in. */
const ownEntries: Entry[] = [
  { to: '/espace', label: 'Mes rendez-vous', section: '/espace/convocations' },
  { to: '/espace/interlocuteurs', label: 'Mes interlocuteurs' },
  { to: '/espace/compte', label: 'Mon compte' },
  { to: '/espace/aide', label: 'Aide' },
]

/** Brand, name of the service and main menu. The State's block appears with BRAND=etat only. */
export function Header({ ofSpace }: { ofSpace: boolean }) {
  const { brand } = useFrame()
  const { pathname } = useLocation()
  return (
    <header className={`fr-header ${ofSpace ? 'msj-header--own' : ''}`} role="banner">
      <div className="fr-container msj-header">
        {brand === 'etat' && (
          <p className="fr-logo">
            Ministère
            <br />
            de la Justice
          </p>
        )}
        <div className="fr-header__service">
          {brand === 'neutre' && (
            <span className="msj-mark">
              <Icon name="mark" />
            </span>
          )}
          <div>
            <a className="fr-header__service-title" href="/" title="Accueil - Mon Suivi Justice">
              Mon Suivi Justice
            </a>
            <p className="fr-header__service-tagline">
              {ofSpace ? 'Mon espace' : 'Au bon endroit, au bon moment'}
            </p>
          </div>
        </div>
        {/* One menu, at its place; on a phone it opens under its button, without a script. */}
        <div className="msj-menu" id="menu" tabIndex={-1}>
          <nav className="msj-nav" role="navigation" aria-label="Menu principal">
            <Entries pathname={pathname} ofSpace={ofSpace} short />
          </nav>
          <details className="msj-menu__folded">
            <summary>
              <Icon name="menu" />
              Menu
            </summary>
            <nav role="navigation" aria-label="Menu principal">
              <Entries pathname={pathname} ofSpace={ofSpace} />
            </nav>
          </details>
          {ofSpace && (
            <a
              className="msj-leave"
              href="https://meteofrance.com"
              rel="noopener noreferrer external"
              data-leave-fast
            >
              Quitter vite
            </a>
          )}
        </div>
      </div>
    </header>
  )
}

const Entries = ({
  pathname,
  ofSpace,
  short = false,
}: {
  pathname: string
  ofSpace: boolean
  short?: boolean
}) => (
  <ul>
    {(ofSpace ? ownEntries : entries).map(({ to, label, icon, section = to }) => (
      <li key={to}>
        <a
          href={to}
          aria-current={pathname === to ? 'page' : pathname.startsWith(`${section}/`) ? 'true' : undefined}
        >
          {short && icon ? (
            <>
              <Icon name={icon} />
              <span className="fr-sr-only">{label}</span>
            </>
          ) : (
            label
          )}
        </a>
      </li>
    ))}
    {ofSpace && (
      <li>
        <form method="post" action="/espace/deconnexion">
          <button type="submit">Me déconnecter</button>
        </form>
      </li>
    )}
  </ul>
)
