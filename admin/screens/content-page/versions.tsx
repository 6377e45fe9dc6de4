import { useState } from 'react'
import { layoutWords, legalStatusWords } from '../../../resources/content-page/fr'
import { formatDay, formatHour } from '../../../resources/shared/french'
import { Button } from '../../ui/button'
import { Card } from '../../ui/card'
import { Tag } from '../../ui/tag'
import styles from './content-page.module.css'
import { LineDifferences } from './line-differences'
import { typedOf, type PageRecord, type Typed, type Version } from './state'

/** What the page said before, by whom and when: compared with what is in hand, taken up again. */
export function Versions({
  page,
  typed,
  busy,
  onRestore,
}: {
  page: PageRecord
  typed: Typed
  busy: boolean
  onRestore: (versionId: number) => void
}) {
  const [compared, compare] = useState<number | null>(null)
  return (
    <Card title={`Versions (${page.versions.length})`}>
      <ul className={styles.versions}>
        {page.versions.map((version) => (
          <li key={version.id} className="stack tight">
            <p className="cluster">
              <b>{`${formatDay(version.on)} à ${formatHour(version.at)}`}</b>
              {version.by ?? 'Contenu de départ'}
              {version.restoredId !== null && ' (version reprise)'}
              {version.id === page.publishedVersionId && page.state === 'published' && (
                <Tag tone="ok">En ligne</Tag>
              )}
              {version.id === page.latest.id && <Tag tone="info">Dernière</Tag>}
            </p>
            {version.publishedOn && (
              <p className="hint">
                Mise en ligne le {formatDay(version.publishedOn)}
                {version.publishedBy && ` par ${version.publishedBy}`}
              </p>
            )}
            <div className="cluster">
              <Button
                look="quiet"
                aria-expanded={compared === version.id}
                aria-label={`Comparer la version du ${formatDay(version.on)} à ${formatHour(version.at)}`}
                onClick={() => compare(compared === version.id ? null : version.id)}
              >
                {compared === version.id ? 'Fermer la comparaison' : 'Comparer'}
              </Button>
              {version.id !== page.latest.id && (
                <Button
                  busy={busy}
                  aria-label={`Reprendre la version du ${formatDay(version.on)} à ${formatHour(version.at)}`}
                  onClick={() => onRestore(version.id)}
                >
                  Reprendre cette version
                </Button>
              )}
            </div>
            {compared === version.id && (
              <>
                <p className="hint">De cette version à ce qui est écrit plus haut&nbsp;:</p>
                <LineDifferences from={linesOf(typedOf(version))} to={linesOf(typed)} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** All that a version says, line by line. */
const linesOf = (said: ReturnType<typeof typedOf> | Version): string[] => [
  `Titre\u00a0: ${said.title}`,
  `Titre court\u00a0: ${said.shortTitle}`,
  `Description\u00a0: ${said.description}`,
  `Chapô\u00a0: ${said.lead}`,
  `Présentation\u00a0: ${layoutWords[said.layout]}`,
  `Rang\u00a0: ${said.order}`,
  `Contenu juridique\u00a0: ${legalStatusWords[said.legalStatus]}`,
  ...said.facts.map(
    ({ key, label, value, source, asOf }) => `Chiffre ${key}\u00a0: ${label}, ${value}, ${source}, ${asOf}`,
  ),
  ...said.sources.map(({ code, article, asOf }) => `Source\u00a0: ${code}, ${article ?? ''}, ${asOf}`),
  ...said.body.trim().split('\n'),
]
