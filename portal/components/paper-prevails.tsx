import { Icon } from './icon'

/** Said wherever a date or an obligation is shown. */
export function PaperPrevails() {
  return (
    <p className="msj-legal">
      <Icon name="paper" />
      <span>
        Seule la convocation papier a une valeur juridique. Si une information est différente ici, suivez le
        papier et appelez le service.
      </span>
    </p>
  )
}
