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
      <p className="hint">
        Chaque SMS envoyé garde la version qui l’a produit.
        {may.write &&
          ' «\u00a0Remettre en vigueur\u00a0» vaut dès les prochains SMS\u00a0; «\u00a0Copier dans le champ\u00a0» n’enregistre rien.'}
      </p>
      <ul className={styles.versions}>
        {versions.map((version) => (
          <li key={version.id} className="stack tight">
            <p>
              <b>{momentOf(version)}</b>, {version.by ?? 'texte d’origine'}
              {version.id === inForce.id && ' (en vigueur)'}
            </p>
            {version.id === inForce.id ? (
              <p className={classes('hint', styles.lines)}>{version.text}</p>
            ) : version.text === inForce.text ? (
              <p className="hint">Le même texte que celui en vigueur.</p>
            ) : (
              <>
                <p className="hint">Par rapport au texte en vigueur&nbsp;:</p>
                <Differences from={inForce.text} to={version.text} />
                <div className="cluster">
                  {may.write && (
                    <Button
                      aria-label={`Remettre en vigueur la version du ${momentOf(version)}`}
                      onClick={() => onRestore(version.id, version.text)}
                    >
                      Remettre en vigueur
                    </Button>
                  )}
                  <Button
                    look="quiet"
                    aria-label={`Copier dans le champ la version du ${momentOf(version)}`}
                    onClick={() => onTake(version.text)}
                  >
                    Copier dans le champ
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

const momentOf = ({ on, at }: Editor['versions'][number]) => `${formatDay(on)} à ${formatHour(at)}`
