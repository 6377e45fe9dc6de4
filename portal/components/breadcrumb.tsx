import { useLocation } from '@remix-run/react'
import { languageOf, languageWords } from '../../resources/shared/language'

export interface Step {
  to: string
  label: string
}

export function Breadcrumb({ trail, here }: { trail: readonly Step[]; here: string }) {
  const { home, youAreHere } = languageWords[languageOf(useLocation().pathname)]
  return (
    <div className="fr-container">
      <nav role="navigation" className="fr-breadcrumb" aria-label={youAreHere}>
        <ol className="fr-breadcrumb__list">
          {[{ to: '/', label: home }, ...trail].map(({ to, label }) => (
            <li key={to}>
              <a className="fr-breadcrumb__link" href={to}>
                {label}
              </a>
            </li>
          ))}
          <li>
            <span className="fr-breadcrumb__link" aria-current="page">
              {here}
            </span>
          </li>
        </ol>
      </nav>
    </div>
  )
}
