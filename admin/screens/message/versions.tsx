import { formatDay, formatHour } from '../../../resources/shared/french'
import { Button } from '../../ui/button'
import { classes } from '../../ui/classes'
import { Differences } from './differences'
import type { Editor } from './editor'
import styles from './texts.module.css'

/** What was in force before, each beside what is now. */
export function Versions({
  editor: { versions, inForce, may },
  onTake,
  onRestore,
}: {
  editor: Editor
  onTake: (text: string) => void
  onRestore: (id: number, text: string) => void
}) {
  if (versions.length === 0) return null
  return (
    <details>
      <summary>Versions ({versions.length})</summary>
      <p className="hint">Chaque SMS envoyé garde la version qui l’a produit.</p>
      <ul className={styles.versions}>
        {versions.map((version) => (
          <li key={version.id} className="stack tight">
            <p>
              <b>{`${formatDay(version.on)} à ${formatHour(version.at)}`}</b>,{' '}
              {version.by ?? 'texte d’origine'}
              {version.id === inForce.id && ' (en vigueur)'}
            </p>
            {version.id === inForce.id ? (
              <p className={classes('hint', styles.lines)}>{version.text}</p>
            ) : (
              <>
                <p className="hint">Par rapport au texte en vigueur&nbsp;:</p>
                <Differences from={inForce.text} to={version.text} />
                <div className="cluster">
                  {may.write && (
                    <Button onClick={() => onRestore(version.id, version.text)}>
                      Reprendre cette version
                    </Button>
                  )}
                  <Button look="quiet" onClick={() => onTake(version.text)}>
                    Partir de ce texte
                  </Button>
                </div>
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
