import { useId, useRef } from 'react'
import { faultSentence, placeholderWords, type lengthSentence } from '../../../resources/message/template/fr'
import { signsReplaced, type TextFault } from '../../../resources/message/template/rules'
import { textMax, type Placeholder } from '../../../resources/message/template/schema'
import { count } from '../../../resources/shared/french'
import { Button } from '../../ui/button'
import { classes } from '../../ui/classes'
import { ErrorText } from '../../ui/error-text'
import { fieldAnchor } from '../../ui/field'
import { Icon } from '../../ui/icon'
import styles from './texts.module.css'

/**
 * A text being written: its faults are underlined and named, each with its place; its data are inserted where the
 * cursor is.
 */
export function TextField({
  label,
  text,
  data,
  faults,
  stopCharacters,
  error,
  length,
  onChange,
}: {
  label: string
  text: string
  data: readonly Placeholder[]
  faults: readonly TextFault[]
  /** What the link that ends each SMS takes. */
  stopCharacters: number
  /** What the last try was refused for, beside them. */
  error?: string | undefined
  /** What is said of how many SMS it makes, when they are too many. */
  length: ReturnType<typeof lengthSentence>
  onChange: (text: string) => void
}) {
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const select = (from: number, to: number) => {
    area.current?.focus()
    area.current?.setSelectionRange(from, to)
  }
  const insert = (placeholder: Placeholder) => {
    const [from, to] = [
      area.current?.selectionStart ?? text.length,
      area.current?.selectionEnd ?? text.length,
    ]
    // Glued to no word, and to no other datum.
    const before = /[\p{L}\p{N}}.,:;!?]$/u.test(text.slice(0, from)) ? ' ' : ''
    const after = /^[\p{L}\p{N}{]/u.test(text.slice(to)) ? ' ' : ''
    const datum = `${before}{${placeholder}}${after}`
    onChange(text.slice(0, from) + datum + text.slice(to))
    // Once it is drawn, the next word is typed after it.
    requestAnimationFrame(() => select(from + datum.length, from + datum.length))
  }
  const isTooLong = length?.refused ?? false
  const wrong = faults.length > 0 || error !== undefined || isTooLong
  const sentences = [...faults.map(faultSentence), ...(length ? [length.sentence] : [])]
  const replaced = signsReplaced(text)
  const isWritable = !faults.some(
    ({ code }) => code === 'message_template.foreign_letters' || code === 'message_template.unsendable_sign',
  )
  return (
    <div className={styles.field} id={fieldAnchor('text')} data-error={wrong ? '' : undefined}>
      <label htmlFor={id}>{label}</label>
      <div className={styles.writing}>
        <div className={styles.underlines} aria-hidden="true">
          <Underlined text={text} faults={faults} />
        </div>
        <textarea
          ref={area}
          id={id}
          value={text}
          maxLength={textMax}
          required
          spellCheck
          aria-invalid={wrong || undefined}
          aria-describedby={classes((wrong || length) && `${id}e`, `${id}h`)}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      {(wrong || length) && (
        <div id={`${id}e`} className="stack tight">
          {error !== undefined && !sentences.includes(error) && <ErrorText>{error}</ErrorText>}
          {faults.map((fault, index) => (
            <div key={`${fault.code} ${fault.at} ${fault.found}`} className={styles.fault}>
              <ErrorText>{sentences[index]}</ErrorText>
              {fault.at !== null && fault.found !== '' && (
                <Button
                  look="quiet"
                  aria-label={`Montrer «\u00a0${fault.found}\u00a0» dans le texte`}
                  onClick={() => select(fault.at ?? 0, (fault.at ?? 0) + fault.found.length)}
                >
                  Montrer
                </Button>
              )}
            </div>
          ))}
          {length && <ErrorText tone={isTooLong ? 'bad' : 'warn'}>{length.sentence}</ErrorText>}
        </div>
      )}
      <div className="stack tight" role="group" aria-labelledby={`${id}d`}>
        <span className={styles.small} id={`${id}d`}>
          Ajouter une donnée
        </span>
        <div className={styles.data}>
          {data.map((placeholder) => (
            <Button
              key={placeholder}
              title={placeholderWords[placeholder]}
              aria-label={`Ajouter ${placeholderWords[placeholder]}, {${placeholder}}`}
              onClick={() => insert(placeholder)}
            >
              {`{${placeholder}}`}
            </Button>
          ))}
        </div>
      </div>
      <p className="hint cluster beside" id={`${id}h`}>
        <Icon name="check" />
        <span>
          {count(text.length, 'caractère')} avant les données. Alphabet{' '}
          {isWritable ? 'standard' : 'à corriger'}
          {replaced.length > 0
            ? `\u00a0: ${replaced.map(({ sign, by }) => `${sign} devient ${by}`).join(', ')} à l’envoi. `
            : '. '}
          Le lien STOP est ajouté à la fin, {count(stopCharacters, 'caractère')}.
        </span>
      </p>
    </div>
  )
}

/** The text under the one that is typed: only the lines under its faults are seen. */
function Underlined({ text, faults }: { text: string; faults: readonly TextFault[] }) {
  const pieces: { text: string; wrong: boolean }[] = []
  let done = 0
  for (const { at, found } of faults) {
    if (at === null || at < done || found === '') continue
    pieces.push({ text: text.slice(done, at), wrong: false }, { text: found, wrong: true })
    done = at + found.length
  }
  pieces.push({ text: text.slice(done), wrong: false })
  return (
    <>
      {pieces.map((piece, index) =>
        piece.wrong ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
      )}{' '}
    </>
  )
}
