import type { ReactNode } from 'react'
import { Page } from './page'

/** A page of plain text at the foot of the site. */
export function LegalPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Page here={title}>
      <div className="msj-stack msj-prose">
        <h1>{title}</h1>
        {children}
      </div>
    </Page>
  )
}
