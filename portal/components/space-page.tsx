import type { ReactNode } from 'react'
import { spaceIdle } from '../../resources/probationer-space/rules'
import { minute } from '../../resources/shared/duration'
import { warnedBefore } from '../scripts/session'
import { Page, pageTitle } from './page'

/** Titles of the space say nothing of anybody: they stay in the history of a phone that others use. */
export const spaceTitle = (...parts: string[]): string => pageTitle(...parts, 'Mon espace')

/** A page of a person who is signed in. What ends it, and when, is said without a script too. */
export function SpacePage({ children }: { children: ReactNode }) {
  return (
    <Page>
      {children}
      <p className="msj-small msj-below msj-screen">
        Par sécurité, votre espace se ferme après {spaceIdle / minute} minutes sans activité.
      </p>
      <dialog
        className="msj-dialog"
        role="alertdialog"
        aria-labelledby="session-title"
        aria-describedby="session-text"
        data-session={spaceIdle}
      >
        <h2 id="session-title">Êtes-vous toujours là&nbsp;?</h2>
        <p id="session-text">Sans réponse, votre espace se ferme dans {warnedBefore / minute} minutes.</p>
        <div className="fr-btns-group">
          <button className="fr-btn" type="button" data-stay>
            Oui, continuer
          </button>
          <button className="fr-btn fr-btn--secondary" type="button" data-leave>
            Me déconnecter
          </button>
        </div>
      </dialog>
    </Page>
  )
}
