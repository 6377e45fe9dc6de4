import type { Refusal } from '../door.server'
import { ErrorSummary, PasswordField } from './form'

interface Props {
  /** What the browser keeps the password under. */
  phone: string
  submit: string
  refusal?: Refusal | null | undefined
}

/** One field, that JavaScript lets one read: no second one to type blind. */
export function ChooseSpacePassword({ phone, submit, refusal }: Props) {
  return (
    <>
      {refusal && <ErrorSummary fields={refusal.fields} message={refusal.message} />}
      <form className="msj-stack" method="post" noValidate>
        {/* For the browser's own keeper of passwords. */}
        <input
          className="fr-sr-only"
          type="text"
          name="phone"
          autoComplete="username"
          value={phone}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <PasswordField
          name="password"
          label="Mot de passe"
          hint="12 caractères au moins. Le plus simple&nbsp;: quatre mots sans rapport, que vous retenez."
          autoComplete="new-password"
          error={refusal?.fields.password}
        />
        <div className="fr-btns-group">
          <button className="fr-btn" type="submit">
            {submit}
          </button>
        </div>
      </form>
    </>
  )
}
