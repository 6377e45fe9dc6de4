import { useId, useRef } from 'react'
import { blockWords, faultSentence } from '../../../resources/content-page/fr'
import type { PageFault } from '../../../resources/content-page/parse'
import { Button } from '../../ui/button'
import { classes } from '../../ui/classes'
import { ErrorText } from '../../ui/error-text'
import { fieldAnchor } from '../../ui/field'
import styles from './content-page.module.css'

/** The text of a page, and what is wrong with it, each with its line. */
export function BodyField({
  text,
  faults,
  dead,
  error,
  onChange,
}: {
  text: string
  faults: readonly PageFault[]
  /** Addresses of the site at which there is no page. */
  dead: readonly { to: string; line: number }[]
  error: string | undefined
  onChange: (text: string) => void
}) {
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const show = (line: number) => {
    const lines = text.split('\n')
    const from = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0)
    area.current?.focus()
    area.current?.setSelectionRange(from, from + (lines[line - 1] ?? '').length)
    // The browser does not bring what it selects into sight.
    if (area.current) area.current.scrollTop = (area.current.scrollHeight * (line - 2)) / lines.length
  }
  const sentences = faults.map((fault) => `Ligne ${fault.line}\u00a0: ${faultSentence(fault)}`)
  const wrong = faults.length > 0 || error !== undefined
  return (
    <div className={styles.body} id={fieldAnchor('body')} data-error={wrong ? '' : undefined}>
      <label htmlFor={id}>Texte de la page</label>
      <textarea
        ref={area}
        id={id}
        value={text}
        spellCheck
        rows={24}
        aria-invalid={wrong || undefined}
        aria-describedby={classes(wrong && `${id}e`, `${id}h`)}
        onChange={(event) => onChange(event.target.value)}
      />
      {wrong && (
        <div id={`${id}e`} className="stack tight">
          {error !== undefined && !sentences.includes(error) && <ErrorText>{error}</ErrorText>}
          {faults.map((fault, rank) => (
            <div key={`${fault.line} ${fault.code} ${fault.found}`} className={styles.fault}>
              <ErrorText>{sentences[rank]}</ErrorText>
              <Button
                look="quiet"
                aria-label={`Montrer la ligne ${fault.line}`}
                onClick={() => show(fault.line)}
              >
                Montrer
              </Button>
            </div>
          ))}
        </div>
      )}
      {dead.map(({ to, line }) => (
        <div key={`${line} ${to}`} className={styles.fault}>
          <p className="hint">
            Ligne {line}&nbsp;: rien n’est en ligne à l’adresse {to}.
          </p>
          <Button look="quiet" aria-label={`Montrer la ligne ${line}`} onClick={() => show(line)}>
            Montrer
          </Button>
        </div>
      ))}
      <details id={`${id}h`}>
        <summary>Comment écrire</summary>
        <ul className={styles.help}>
          <li>
            <code>## Titre</code>, <code>### Sous-titre</code>, <code>**gras**</code>, <code>- liste</code>,{' '}
            <code>1. liste</code>
          </li>
          <li>
            <code>[le nom de la page](/son-adresse)</code>, <code>[3039](tel:3039)</code>
          </li>
          <li>
            <code>:chiffre[nom]</code>&nbsp;: un chiffre de la liste
          </li>
          <li>
            <code>![ce que montre l’image](/images/aide/convoquer.avif)</code>&nbsp;: une image du site, seule
            sur sa ligne
          </li>
          {blockWords.map(({ mark, means }) => (
            <li key={mark}>
              <code>{mark}</code>&nbsp;: {means}. Se ferme par <code>{mark.match(/^:+/)?.[0]}</code>
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}
