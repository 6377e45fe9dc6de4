import { Icon } from './icon'
import { Linked } from './linked'

interface MailCardProps {
  subject: string
  /** From whom, to whom, when. */
  notes: readonly string[]
  text: string
  /** Where it is read as HTML; one of an older release was text alone. */
  path: string | null
}

/** A mail, as its text; as HTML it has a page of its own. */
export function MailCard({ subject, notes, text, path }: MailCardProps) {
  return (
    <article className="msj-mail">
      <h2 className="msj-mail__subject">
        <Icon name="mail" /> {subject}
      </h2>
      <p className="msj-phone__note">
        {notes.map((note) => (
          <span className="msj-mail__note" key={note}>
            {note}
          </span>
        ))}
      </p>
      <p className="msj-mail__body">
        <Linked text={text} />
      </p>
      {path && (
        <p>
          <a href={path}>
            Voir mis en forme<span className="fr-sr-only">&nbsp;: {subject}</span>
          </a>
        </p>
      )}
    </article>
  )
}
