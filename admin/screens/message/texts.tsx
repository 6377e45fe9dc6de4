import { useEffect, useState } from 'react'
import { useLocation, useNavigate } from 'react-router-dom'
import { useOpenedByName } from '../../client/action'
import { EmptyPage, StaleNote } from '../../frame/failures'
import { paths } from '../../paths'
import { ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Empty } from '../../ui/empty'
import { Loading } from '../../ui/loading'
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
  const navigate = useNavigate()
  const shown = String(opened?.data.service?.id ?? '')
  const [choice, choose] = useState<string | null>(null)
  const chosen = choice ?? shown
  useEffect(() => choose(null), [shown])
  if (!opened) return <EmptyPage title={title} what="les textes" failure={failure} onRetry={reload} />
  const { data } = opened
  const { services, may, type, kind } = data
  const show = (wanted: string) =>
    navigate(paths.textOfSms({ service: wanted === '' ? null : Number(wanted), type: type.code, kind }))
  return (
    <Page title={title} lede={ledeOf(data)} actions={<Lists editor={data} />}>
      <StaleNote failure={failure} onRetry={reload} />
      {may.write && <Services editor={data} chosen={chosen} onChoose={choose} onShow={show} />}
      {chosen === shown ? (
        <Writing key={`${shown} ${type.code} ${kind}`} editor={data} onReload={reload} />
      ) : (
        // What is written for one is never kept for the other.
        <Card label="Textes à afficher">
          {(new URLSearchParams(search).get('service') ?? '') === chosen && !failure ? (
            <Loading what="les textes" lines={8} />
          ) : (
            <Empty icon="message" title={nameOf(services, chosen)} role="status">
              <p className="hint">
                Appuyez sur Entrée, ou sur «&nbsp;Afficher&nbsp;», pour ouvrir ces textes.
              </p>
            </Empty>
          )}
        </Card>
      )}
    </Page>
  )
}

const nameOf = (services: Editor['services'], chosen: string) =>
  services.find(({ id }) => String(id) === chosen)?.name ?? 'Textes communs à tous les services'

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
