/** In place of AdminJS's own messages (see bundle.ts): a screen that breaks, an address that is wrong. */
import { Component, type ReactNode } from 'react'
import { paths } from '../paths'
import { Button, ButtonLink, Card, Empty, Page } from './ui'

export function NotFoundPage() {
  return (
    <Page title="Introuvable">
      <Card label="Introuvable">
        <Empty icon="search" title="Rien à cette adresse">
          <p className="hint">Elle est fausse, ou la fiche n’est plus là.</p>
          <ButtonLink to={paths.home}>Que faire maintenant</ButtonLink>
        </Empty>
      </Card>
    </Page>
  )
}

export { NotFoundPage as NoResourceError, NotFoundPage as NoActionError, NotFoundPage as NoRecordError }

export function ErrorMessageBox({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Page title={title}>
      <Card label={title}>{children}</Card>
    </Page>
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
              Vos autres écrans fonctionnent, et ce qui était enregistré l’est toujours. Si cela dure, écrivez
              au support.
            </p>
            <Button onClick={() => window.location.reload()}>Recharger la page</Button>
          </Empty>
        </Card>
      </Page>
    )
  }
}

export default ErrorBoundary
