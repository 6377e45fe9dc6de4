import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { changeSpacePassword } from '../../resources/probationer-space/commands/password.server'
import { ErrorSummary, PasswordField } from '../components/form'
import { SpacePage, spaceTitle } from '../components/space-page'
import { act } from '../door.server'
import { personHere } from '../space.server'

export const handle = { scripts: true, space: true }

export function loader({ request, context }: LoaderFunctionArgs) {
  personHere(context, request)
  return { refused: context.refused ?? false }
}

export async function action({ request, context }: ActionFunctionArgs) {
  context.refused = true
  const person = personHere(context, request)
  const outcome = await act(
    request,
    person,
    changeSpacePassword,
    ({ presentPassword = '', password = '' }) => ({
      presentPassword,
      password,
    }),
  )
  if (!outcome.done) return outcome.answer
  await context.spaceSession.signIn(outcome.result.accountId)
  return redirect('/espace/compte?mot-de-passe', 303)
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: spaceTitle(...(data?.refused ? ['Erreur'] : []), 'Changer mon mot de passe') },
  { name: 'robots', content: 'noindex' },
]

export default function ChangePassword() {
  const refusal = useActionData<typeof action>()
  return (
    <SpacePage>
      <div className="msj-narrow msj-stack">
        <h1>Changer mon mot de passe</h1>
        {refusal && <ErrorSummary fields={refusal.fields} message={refusal.message} />}
        <form className="msj-stack" method="post" noValidate>
          <PasswordField
            name="presentPassword"
            label="Mot de passe actuel"
            autoComplete="current-password"
            error={refusal?.fields.presentPassword}
          />
          <PasswordField
            name="password"
            label="Nouveau mot de passe"
            hint="12 caractères au moins. Le plus simple&nbsp;: quatre mots sans rapport, que vous retenez."
            autoComplete="new-password"
            error={refusal?.fields.password}
          />
          <div className="fr-btns-group">
            <button className="fr-btn" type="submit">
              Changer le mot de passe
            </button>
            <a className="fr-btn fr-btn--tertiary" href="/espace/compte">
              Renoncer
            </a>
          </div>
        </form>
        <p className="msj-small">Vos autres appareils seront déconnectés.</p>
      </div>
    </SpacePage>
  )
}
