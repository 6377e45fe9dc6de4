import type { ReactNode } from 'react'
import type { Refusal } from '../door.server'
import { ErrorSummary, Trap } from './form'

/** What the action of a form answered, as its page reads it. */
export type Refused = Pick<Refusal, 'fields' | 'message' | 'values'> | undefined

/** The frame of every form of the site: what is wrong first, what is compulsory, what becomes of it. */
export function RequestForm({
  refusal,
  requestKey,
  submit,
  keptFor = 'elles servent à vous répondre et sont effacées après douze mois.',
  children,
}: {
  refusal: Refused
  requestKey: string
  submit: string
  keptFor?: string
  children: ReactNode
}) {
  return (
    <>
      {refusal && <ErrorSummary fields={refusal.fields} message={refusal.message} />}
      <form className="msj-stack" method="post" noValidate>
        <p className="msj-small">Sauf mention contraire, tous les champs sont obligatoires.</p>
        {children}
        <input type="hidden" name="requestKey" value={requestKey} />
        <Trap />
        <p className="msj-small">
          Vos réponses&nbsp;: {keptFor} <a href="/donnees-personnelles">Données personnelles</a>
        </p>
        <div className="fr-btns-group">
          <button className="fr-btn" type="submit">
            {submit}
          </button>
        </div>
      </form>
    </>
  )
}
