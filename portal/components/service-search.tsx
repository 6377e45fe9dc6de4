import { Hint } from './form'
import { Icon } from './icon'

/** The one field that answers most visits: a plain GET form, to the page that shows what it found. */
export function ServiceSearch({
  text = '',
  action = '/preparer-ma-convocation',
}: {
  text?: string
  action?: string
}) {
  return (
    <form className="fr-input-group" role="search" action={action} method="get">
      <label className="fr-label" htmlFor="recherche">
        Votre commune, votre département ou le nom du service
        <Hint>Exemples&nbsp;: Nanterre, 92, Cayenne. C’est écrit sur votre convocation.</Hint>
      </label>
      <div className="msj-search__line">
        <input
          className="fr-input"
          id="recherche"
          type="search"
          name="q"
          defaultValue={text}
          maxLength={100}
        />
        <button className="fr-btn" type="submit">
          <Icon name="search" />
          Trouver mon service
        </button>
      </div>
    </form>
  )
}
