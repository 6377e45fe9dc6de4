import { useId, useRef, useState } from 'react'
import { Link } from 'react-router-dom'
import { messageKindLabels } from '../../../resources/message/fr'
import { formatShortDate } from '../../../resources/shared/french'
import { paths } from '../../paths'
import { Button } from '../../ui/button'
import { Card } from '../../ui/card'
import { classes } from '../../ui/classes'
import { Field } from '../../ui/field'
import { Tag } from '../../ui/tag'
import type { Editor } from './editor'
import styles from './texts.module.css'

/**
 * Whose texts: those of all, then the services that have theirs, then the others. The pointer opens what it chooses;
 * the keys of a list choose at each press, and open what is chosen with Enter or the button.
 */
export function Services({
  editor: { services },
  chosen,
  onChoose,
  onShow,
}: {
  editor: Editor
  chosen: string
  onChoose: (service: string) => void
  onShow: (service: string) => void
}) {
  const byKeys = useRef(false)
  const hint = useId()
  const own = services.filter((one) => one.own + one.pending > 0)
  const others = services.filter((one) => one.own + one.pending === 0)
  const marks = (one: Editor['services'][number]) =>
    [
      one.own > 0 && `${one.own} ${one.own > 1 ? 'personnalisés' : 'personnalisé'}`,
      one.pending > 0 && `${one.pending} à traiter`,
    ]
      .filter(Boolean)
      .join(', ')
  return (
    <form
      className={styles.services}
      role="search"
      aria-label="Choisir le service"
      onSubmit={(event) => {
        event.preventDefault()
        onShow(chosen)
      }}
    >
      <Field label="Textes de">
        {(field) => (
          <select
            {...field}
            aria-describedby={hint}
            name="service"
            value={chosen}
            onPointerDown={() => (byKeys.current = false)}
            onKeyDown={(event) => {
              byKeys.current = true
              if (event.key !== 'Enter' || event.ctrlKey) return
              event.preventDefault()
              onShow(chosen)
            }}
            onChange={({ target }) => {
              onChoose(target.value)
              if (!byKeys.current) onShow(target.value)
            }}
          >
            <option value="">Textes communs à tous les services</option>
            {own.length > 0 && (
              <optgroup label="Services qui ont des textes à eux">
                {own.map((one) => (
                  <option key={one.id} value={one.id}>
                    {`${one.name} (${marks(one)})`}
                  </option>
                ))}
              </optgroup>
            )}
            <optgroup label="Services qui suivent les textes communs">
              {others.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </optgroup>
          </select>
        )}
      </Field>
      <Button type="submit">Afficher</Button>
      <p className="hint" id={hint}>
        Le service choisi s’ouvre aussitôt&nbsp;; au clavier, avec Entrée. Ce qui est écrit reste en
        brouillon.
      </p>
    </form>
  )
}

/** Of which type. */
export function Types({ editor: { types, type, service, kind } }: { editor: Editor }) {
  const [open, setOpen] = useState(false)
  return (
    <Card title="Types" flush>
      <div className={styles.unfold}>
        <Button icon="menu" aria-expanded={open} aria-controls="types" onClick={() => setOpen(!open)}>
          {type.label}
        </Button>
      </div>
      <ul id="types" className={classes(styles.types, !open && styles.folded)}>
        {types.map(({ code, label, own, pending }) => (
          <li key={code}>
            <Link
              to={paths.textOfSms({ service: service?.id ?? null, type: code, kind })}
              aria-current={code === type.code ? 'page' : undefined}
              onClick={() => setOpen(false)}
            >
              {label}
              {(pending > 0 || (own > 0 && service !== null)) && (
                <Tag tone={pending > 0 ? 'warn' : 'info'} icon={pending > 0 ? 'clock' : 'pen'}>
                  {pending > 0 ? pending : own}
                  <span className="visually-hidden">
                    {pending > 0 ? ' en attente' : own > 1 ? ' personnalisés' : ' personnalisé'}
                  </span>
                </Tag>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Which of its five messages. */
export function Messages({ editor: { texts, type, service, kind } }: { editor: Editor }) {
  return (
    <nav aria-label="Message">
      <ul className={styles.messages}>
        {texts.map((text) => (
          <li key={text.kind}>
            <Link
              to={paths.textOfSms({ service: service?.id ?? null, type: type.code, kind: text.kind })}
              aria-current={text.kind === kind ? 'page' : undefined}
            >
              {messageKindLabels[text.kind]}
              <span className="subline">{statusOf(text, service !== null)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function statusOf({ own, pending, on, changed }: Editor['texts'][number], inService: boolean): string {
  if (pending) return 'Proposition en attente'
  const since = on ? ` le ${formatShortDate(on)}` : ''
  if (own) return `Personnalisé${since}`
  return inService ? 'Texte commun' : changed ? `Modifié${since}` : 'Texte d’origine'
}
