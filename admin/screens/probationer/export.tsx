import { useParams } from 'react-router-dom'
import { useOpened } from '../../client/action'
import { EmptyPage } from '../../frame/failures'
import { paths } from '../../paths'
import { buttonClass, ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Icon } from '../../ui/icon'
import { Page } from '../../ui/page'
import { recordCrumbs } from './crumbs'

/** All that is held about a person, as a file to be handed to them. */
export function ExportPerson() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useOpened('Probationer', 'export', recordId)
  const crumbs = recordCrumbs(recordId)
  const title = 'Toutes les données de cette personne'
  if (!opened)
    return <EmptyPage title={title} crumbs={crumbs} what="cette page" failure={failure} onRetry={reload} />
  const file = (kind: 'pdf' | 'json') => `/admin/api/files/probationers/${recordId}/donnees.${kind}`
  return (
    <Page
      title={title}
      windowTitle={`Données de la fiche ${recordId}`}
      crumbs={crumbs}
      lede="À remettre à la personne qui demande à voir ce que l’outil garde d’elle (droit d’accès)."
    >
      <Card
        label="Fichiers"
        footer={
          <div className="cluster">
            <a className={buttonClass({ look: 'main' })} href={file('pdf')} download>
              <Icon name="download" /> Télécharger en PDF
            </a>
            <a className={buttonClass()} href={file('json')} download>
              <Icon name="download" /> Télécharger en JSON
            </a>
            <ButtonLink to={paths.probationer(Number(recordId))}>Revenir à la fiche</ButtonLink>
          </div>
        }
      >
        <p>
          Identité, services, convocations, SMS, dessaisissements, demandes, espace personnel, historique, et
          les jours où la fiche a été lue, avec le service&nbsp;: aucun nom d’agent.
        </p>
        <p className="hint">Le PDF se lit et s’imprime&nbsp;; le JSON se reprend dans un autre outil.</p>
        <p className="hint">
          Chaque téléchargement est tracé. Remettez le fichier à la personne elle-même, puis effacez-le de
          votre poste.
        </p>
      </Card>
    </Page>
  )
}
