import type { ReactNode } from 'react'
import { Page } from './page'

/** A sheet of paper: shown as it will be, printed alone on one page of A4. */
export function Sheet({ here, children }: { here: string; children: ReactNode }) {
  return (
    <Page
      trail={[
        { to: '/agents', label: 'Espace agents' },
        { to: '/agents/aide', label: 'Aide' },
        { to: '/agents/aide/documents', label: 'Documents et formation' },
      ]}
      here={here}
    >
      <p className="msj-small msj-screen">
        Pour imprimer cette feuille, en A4&nbsp;: touches Ctrl&nbsp;P, ou le menu «&nbsp;Imprimer&nbsp;» du
        navigateur.
      </p>
      <article className="msj-sheet">{children}</article>
    </Page>
  )
}
