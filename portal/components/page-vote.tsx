import { useLocation } from '@remix-run/react'
import { Focused } from './form'

/** At the foot of a page that informs: whether it helped, and a way to say what is wrong on it. */
export function PageVote() {
  const { pathname, search } = useLocation()
  const answered = new URLSearchParams(search).has('avis')
  return (
    <aside className="msj-avis msj-screen" id="avis" aria-label="Votre avis sur cette page">
      {answered ? (
        <Focused>
          <p role="status">Merci, votre avis est compté.</p>
        </Focused>
      ) : (
        <form className="msj-stack-s" method="post" action="/avis">
          <p id="avis-question">Cette page vous a-t-elle aidé&nbsp;?</p>
          <input type="hidden" name="page" value={pathname} />
          <div className="fr-btns-group" role="group" aria-labelledby="avis-question">
            <button className="fr-btn fr-btn--secondary" type="submit" name="helped" value="oui">
              Oui
            </button>{' '}
            <button className="fr-btn fr-btn--secondary" type="submit" name="helped" value="non">
              Non
            </button>
          </div>
        </form>
      )}
      <p>
        <a href={`/contact/ecrire?page=${encodeURIComponent(pathname)}`}>
          Signaler une erreur sur cette page
        </a>
      </p>
    </aside>
  )
}
