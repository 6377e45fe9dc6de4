import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { resetPassword } from '../../resources/agent/commands/password.server'
import { holderOfLink } from '../../resources/agent/queries/actor.server'
import type { SystemActor } from '../../resources/shared/actor'
import { pageKept, rememberingPage } from '../agent.server'
import { Alert } from '../components/alert'
import { ChoosePassword } from '../components/choose-password'
import { Page, pageTitle } from '../components/page'
import { act, visit } from '../door.server'

const holder: SystemActor = { kind: 'system', task: 'password-reset' }

export const handle = { scripts: true }

/** The address is a secret: it goes to no other site. */
export const headers = () => ({ 'Referrer-Policy': 'same-origin' })

export async function loader({ params: { token = '' }, context }: LoaderFunctionArgs) {
  const person = await visit(holder, (ctx) => holderOfLink(ctx, { token, purpose: 'password_reset' }))
  return data({ refused: context.refused ?? false, email: person?.email ?? null }, person ? 200 : 404)
}

export async function action({ request, params: { token = '' }, context }: ActionFunctionArgs) {
  context.refused = true
  const outcome = await act(request, holder, resetPassword, ({ password = '', passwordAgain = '' }) => ({
    token,
    password,
    passwordAgain,
  }))
  if (!outcome.done) return outcome.answer
  await context.agentSession.signOut()
  const { page, headers } = await pageKept(request)
  return redirect(rememberingPage('/agents/connexion?mot-de-passe', page), { status: 303, headers })
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: pageTitle(
      ...(data?.refused || !data?.email ? ['Erreur'] : []),
      'Nouveau mot de passe',
      'Espace agents',
    ),
  },
  { name: 'robots', content: 'noindex' },
]

export default function ResetPassword() {
  const { email } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  return (
    <Page trail={[{ to: '/agents/connexion', label: 'Espace agents' }]} here="Nouveau mot de passe">
      <div className="msj-narrow msj-stack">
        <h1>Choisir un nouveau mot de passe</h1>
        {email ? (
          <ChoosePassword email={email} submit="Enregistrer le mot de passe" refusal={refusal} />
        ) : (
          <>
            <Alert kind="warning" title="Ce lien n’est plus valable" live>
              <p>Il a déjà servi, ou ses 6 heures sont passées.</p>
              <p>Si vous venez de choisir votre mot de passe, il est enregistré&nbsp;: connectez-vous.</p>
            </Alert>
            <div className="fr-btns-group">
              <a className="fr-btn" href="/agents/mot-de-passe-oublie">
                Recevoir un autre lien
              </a>
              <a className="fr-btn fr-btn--tertiary" href="/agents/connexion">
                Se connecter
              </a>
            </div>
          </>
        )}
      </div>
    </Page>
  )
}
