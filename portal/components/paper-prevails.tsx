import { serviceWords } from '../../resources/public-page/languages'
import { Icon } from './icon'

/** Said wherever a date or an obligation is shown, in the language of the page. */
export function PaperPrevails({ words = serviceWords.fr.paperPrevails }: { words?: string }) {
  return (
    <p className="msj-legal">
      <Icon name="paper" />
      <span>{words}</span>
    </p>
  )
}
