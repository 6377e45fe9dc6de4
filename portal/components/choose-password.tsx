import type { Refusal } from '../door.server'
import { ErrorSummary, Field, PasswordField } from './form'

interface ChoosePasswordProps {
  email: string
  submit: string
  refusal: Refusal | undefined
}

/** The form behind a link of a mail: a password, twice. */
export function ChoosePassword({ email, submit, refusal }: ChoosePasswordProps) {
  const errors = refusal?.fields ?? {}
  return (
    <>
      {refusal && <ErrorSummary fields={errors} message={refusal.message} />}
      <form className="msj-stack" method="post" noValidate>
        <div className="msj-stack-s msj-small">
          <p>Tous les champs sont obligatoires.</p>
          <p>Votre mot de passe a de 12 à 128 caractères. Tous les signes sont admis, rien n’est imposé.</p>
          <p>
            Le plus simple&nbsp;: quatre mots sans rapport entre eux. Évitez votre nom, votre service, les
            dates et les mots de passe déjà utilisés ailleurs.
          </p>
        </div>
        <Field
          name="email"
          label="Votre e-mail de connexion"
          type="email"
          autoComplete="username"
          value={email}
          readOnly
        />
        <PasswordField
          name="password"
          label="Nouveau mot de passe"
          hint="12 caractères au moins"
          autoComplete="new-password"
          error={errors.password}
        />
        <PasswordField
          name="passwordAgain"
          label="Le même mot de passe, une seconde fois"
          autoComplete="new-password"
          error={errors.passwordAgain}
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
