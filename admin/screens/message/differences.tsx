import { compareTexts } from '../../../resources/message/template/compare'
import styles from './texts.module.css'

/** What the second text says more and less than the first: word by word, then said in a sentence each. */
export function Differences({ from, to }: { from: string; to: string }) {
  const stretches = compareTexts(from, to)
  const said = (kind: 'added' | 'removed') =>
    stretches
      .filter((stretch) => stretch.kind === kind)
      .map(({ text }) => (text.trim() ? `«\u00a0${text.trim()}\u00a0»` : 'un saut de ligne'))
      .join(', ')
  const [added, removed] = [said('added'), said('removed')]
  if (!added && !removed) return <p className="hint">Aucune différence.</p>
  return (
    <div className="stack tight">
      <p className={styles.differences}>
        {stretches.map(({ kind, text }, index) =>
          kind === 'added' ? (
            <ins key={index}>{withLineEnds(text)}</ins>
          ) : kind === 'removed' ? (
            <del key={index}>{withLineEnds(text)}</del>
          ) : (
            <span key={index}>{text}</span>
          ),
        )}
      </p>
      {added && (
        <p className="hint">
          <b>Ajouté</b>&nbsp;: {added}
        </p>
      )}
      {removed && (
        <p className="hint">
          <b>Retiré</b>&nbsp;: {removed}
        </p>
      )}
    </div>
  )
}

/** The end of a line that came or went is seen. */
const withLineEnds = (text: string) => text.replaceAll('\n', '↵\n')
