import type { LinkCard } from '../../../resources/content-page/tree'
import { Inlines } from './inlines'

/** Pages to open, each with a sentence: the link is its title, the tile only widens it. */
export function Tiles({ of, level }: { of: readonly LinkCard[]; level: 2 | 3 | 4 }) {
  const Heading = `h${level}` as const
  return (
    <ul className="msj-cards">
      {of.map(({ to, title, about }) => (
        <li className="fr-card" key={to}>
          <Heading className="fr-card__title">
            <a href={to}>{title}</a>
          </Heading>
          {about.length > 0 && (
            <p className="fr-card__desc">
              <Inlines of={about} />
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
