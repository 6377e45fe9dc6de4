import { useLocation } from '@remix-run/react'
import { serviceWords } from '../../resources/public-page/languages'
import type { ServiceWords } from '../../resources/public-page/languages/words'
import { sitePage } from '../../resources/site-request/schema'
import { Focused } from './form'

/** At the foot of a page that informs: whether it helped, and a way to say what is wrong on it. */
export function PageVote({ words = serviceWords.fr.votes }: { words?: ServiceWords['votes'] }) {
  const { pathname, search } = useLocation()
  // A vote names its page, and a preview's address is a secret.
  if (!sitePage.safeParse(pathname).success) return null
  const answered = new URLSearchParams(search).has('avis')
  return (
    <aside className="msj-avis msj-screen" id="avis" aria-label={words.label}>
      {answered ? (
        <Focused>
          <p role="status">{words.thanks}</p>
        </Focused>
      ) : (
        <form className="msj-stack-s" method="post" action="/avis">
          <p id="avis-question">{words.question}</p>
          <input type="hidden" name="page" value={pathname} />
          <div className="fr-btns-group" role="group" aria-labelledby="avis-question">
            <button className="fr-btn fr-btn--secondary" type="submit" name="helped" value="oui">
              {words.yes}
            </button>{' '}
            <button className="fr-btn fr-btn--secondary" type="submit" name="helped" value="non">
              {words.no}
            </button>
          </div>
        </form>
      )}
      <p>
        <a href={`/contact/ecrire?page=${encodeURIComponent(pathname)}`}>{words.error}</a>
      </p>
    </aside>
  )
}
