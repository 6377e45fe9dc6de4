import { useLocation } from 'react-router-dom'
import { useOpenedByName } from '../../client/action'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { paths } from '../../paths'
import { ButtonLink } from '../../ui/button'
import { Page } from '../../ui/page'
import type { Editor } from './editor'
import { Services } from './text-choice'
import { Writing } from './writing'

const title = 'Textes des SMS'

/** The texts of SMS: whose, of which type, which message, then the one that is written or proposed. */
export function MessageTexts() {
  const { search } = useLocation()
  const {
    data: opened,
    failure,
    reload,
  } = useOpenedByName<Editor>('MessageTemplate', 'texts', undefined, search, { live: true })
  if (!opened) return <EmptyPage title={title} what="les textes" failure={failure} onRetry={reload} />
  const { data } = opened
  const { service, may, type, kind } = data
  return (
    <Page title={title} lede={ledeOf(data)} actions={<Lists editor={data} />}>
      <StaleNote failure={failure} onRetry={reload} />
      {may.write && <Services key={service?.id ?? 'common'} editor={data} />}
      <Writing key={`${service?.id ?? 'common'} ${type.code} ${kind}`} editor={data} onReload={reload} />
    </Page>
  )
}

function ledeOf({ service, may }: Editor): string {
  if (!service) return 'Communs à tous les services, sauf à ceux qui ont le leur.'
  return may.propose
    ? `Les mêmes pour tout le service ${service.name}. Votre proposition part à l’équipe Mon Suivi Justice, qui la valide.`
    : `Les mêmes pour tout le service ${service.name}.`
}

function Lists({ editor: { may, services } }: { editor: Editor }) {
  const pending = services.reduce((sum, service) => sum + service.pending, 0)
  return (
    <>
      <ButtonLink to={paths.resource('MessageTemplateProposal')}>
        {may.propose
          ? 'Textes proposés'
          : `Textes proposés\u00a0: ${pending === 0 ? 'aucun à traiter' : `${pending} à traiter`}`}
      </ButtonLink>
      {may.write && <ButtonLink to={paths.resource('MessageTemplate')}>Textes personnalisés</ButtonLink>}
    </>
  )
}
