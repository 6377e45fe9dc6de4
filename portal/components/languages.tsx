import type { MetaDescriptor } from '@remix-run/node'
import { languages, languageWords, pathIn, type Language } from '../../resources/shared/language'

/** The same page in the other languages, each called by its own name. */
export function Languages({
  path,
  language,
  among = languages,
}: {
  /** In French. */
  path: string
  language: Language
  among?: readonly Language[]
}) {
  if (among.length < 2) return null
  return (
    <nav className="msj-languages msj-screen" aria-label="Langues">
      <ul>
        {languages
          .filter((other) => among.includes(other))
          .map((other) => (
            <li key={other}>
              {other === language ? (
                <span aria-current="true" lang={other}>
                  {languageWords[other].name}
                </span>
              ) : (
                <a href={pathIn(other, path)} lang={other} hrefLang={other}>
                  {languageWords[other].name}
                </a>
              )}
            </li>
          ))}
      </ul>
    </nav>
  )
}

/** What robots read of a page that has translations: its one address, and those of the others. */
export const translationLinks = (
  path: string,
  language: Language,
  origin: string,
  among: readonly Language[] = languages,
): MetaDescriptor[] => [
  { tagName: 'link', rel: 'canonical', href: origin + pathIn(language, path) },
  ...among.map((other) => ({
    tagName: 'link' as const,
    ...{ rel: 'alternate', hrefLang: other, href: origin + pathIn(other, path) },
  })),
  { tagName: 'link', rel: 'alternate', hrefLang: 'x-default', href: origin + path },
]
