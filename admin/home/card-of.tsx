import type { ReactNode } from 'react'
import { Button } from '../ui/button'
import { Card } from '../ui/card'

/** A card by what was read for it: nothing where the role has none; failed, it says so, and the others are there. */
export function CardOf<Data>({
  answer,
  title,
  onRetry,
  children,
}: {
  answer: { failed: false; data: Data } | { failed: true } | null
  title: string
  onRetry: () => void
  children: (data: Data) => ReactNode
}) {
  if (!answer) return null
  if (!answer.failed) return children(answer.data)
  return (
    <Card title={title}>
      <p className="hint">Cette partie n’a pas pu être lue. Le reste de la page est à jour.</p>
      <div className="cluster">
        <Button onClick={onRetry}>Réessayer</Button>
      </div>
    </Card>
  )
}
