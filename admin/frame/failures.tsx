/** What is said when a screen cannot be drawn. */
import { Component, type ReactNode } from 'react'
import { paths } from '../paths'
import type { Failure } from '../client/client'
import { SupportLink } from './support'
import { Alert } from '../ui/alert'
import { Button, ButtonLink } from '../ui/button'
import { Card } from '../ui/card'
import { Empty } from '../ui/empty'
import { Loading } from '../ui/loading'
import { Page } from '../ui/page'

function Nowhere() {
  return (
    <Empty icon="search" title="Rien à cette adresse">
      <p className="hint">Elle est fausse, ou la fiche n’est plus là.</p>
      <ButtonLink to={paths.home}>Que faire maintenant</ButtonLink>
    </Empty>
  )
}

export function NotFoundPage() {
  return (
    <Page title="Introuvable" lede="L’adresse est fausse, ou la fiche n’est plus là.">
      <div>
        <ButtonLink to={paths.home}>Que faire maintenant</ButtonLink>
      </div>
    </Page>
  )
}

/** A screen of which nothing has been read yet: it waits, it failed and can be tried again, or it is not there. */
export function EmptyPage({
  title,
  crumbs = [],
  what,
  lines = 10,
  failure,
  onRetry,
}: {
  title: string
  crumbs?: readonly { label: string; href: string }[]
  /** In a sentence: "la fiche". */
  what: string
  lines?: number
  failure: Failure | null
  onRetry: () => void
}) {
  return (
    <Page title={failure?.status === 404 ? 'Introuvable' : title} crumbs={crumbs}>
      <Card label={title}>
        {!failure && <Loading what={what} lines={lines} />}
        {failure?.status === 404 && <Nowhere />}
        {failure && failure.status !== 404 && (
          <FailureNote
            what={`Impossible de lire ${what}`}
            failure={failure}
            onRetry={onRetry}
            wayBack={<ButtonLink to={paths.home}>Que faire maintenant</ButtonLink>}
          />
        )}
      </Card>
    </Page>
  )
}

/** Which part failed, that the rest works, a code for the support. */
export function FailureNote({
  what,
  failure,
  onRetry,
  wayBack,
}: {
  what: string
  failure: Failure
  onRetry?: () => void
  /** Instead of trying again, where the answer would be the same. */
  wayBack?: ReactNode
}) {
  return (
    <Empty icon="warning" title={what} role="alert">
      <p className="hint">{failure.message}</p>
      {failure.requestId && (
        <p className="hint">
          Si cela dure, <SupportLink>écrivez au support</SupportLink> avec ce code{'\u00a0'}:{' '}
          <b className="breakable">{failure.requestId}</b>
        </p>
      )}
      {onRetry && mayPass(failure) && <Button onClick={onRetry}>Réessayer</Button>}
      {!mayPass(failure) && wayBack}
    </Empty>
  )
}

/** A refusal stands however often it is asked, and so does a session that ended; a limit passes, a server comes back. */
const mayPass = ({ status }: Failure) => ![400, 401, 403].includes(status)

/** Above what was read before: reading again failed, the rest stays. */
export function StaleNote({ failure, onRetry }: { failure: Failure | null; onRetry: () => void }) {
  if (!failure) return null
  return (
    <Alert tone="warn" announce="alert" title="La page n’a pas pu être actualisée">
      <p>Ce qui est affiché date de la dernière lecture. {failure.message}</p>
      <div className="cluster">
        <Button onClick={onRetry}>Réessayer</Button>
      </div>
    </Alert>
  )
}

export class ErrorBoundary extends Component<{ children?: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children ?? null
    return (
      <Page title="Cet écran ne s’affiche pas">
        <Card label="Erreur">
          <Empty icon="warning" title="Le problème vient de nous">
            <p className="hint">
              Vos autres écrans fonctionnent, et ce qui était enregistré l’est toujours. Si cela dure,{' '}
              <SupportLink>écrivez au support</SupportLink>.
            </p>
            <Button onClick={() => window.location.reload()}>Recharger la page</Button>
          </Empty>
        </Card>
      </Page>
    )
  }
}
