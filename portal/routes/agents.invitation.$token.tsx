import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { acceptInvitation } from '../../resources/agent/commands/invitation.server'
import { holderOfLink } from '../../resources/agent/queries/actor.server'
import type { SystemActor } from '../../resources/shared/actor'
import { env } from '../../resources/shared/env.server'
import { knowingBrowser } from '../agent.server'
import { Alert } from '../components/alert'
import { ChoosePassword } from '../components/choose-password'
import { Page, pageTitle } from '../components/page'
import { act, visit } from '../door.server'

const invited: SystemActor = { kind: 'system', task: 'invitation' }

export const handle = { scripts: true }

/** The address is a secret: it goes to no other site. */
export const headers = () => ({ 'Referrer-Policy': 'same-origin' })

export async function loader({ params: { token = '' }, context }: LoaderFunctionArgs) {
  const person = await visit(invited, (ctx) => holderOfLink(ctx, { token, purpose: 'invitation' }))
  const page = { refused: context.refused ?? false, person, supportEmail: env.SUPPORT_EMAIL }
  return data(page, person ? 200 : 404)
}

export async function action({ request, params: { token = '' }, context }: ActionFunctionArgs) {
  context.refused = true
  const outcome = await act(request, invited, acceptInvitation, ({ password = '', passwordAgain = '' }) => ({
    token,
    password,
    passwordAgain,
  }))
  if (!outcome.done) return outcome.answer
  const { agentId } = outcome.result
  await context.agentSession.signIn(agentId)
  return redirect('/agents/charte', { status: 303, headers: await knowingBrowser(request, agentId) })
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: pageTitle(...(data?.refused || !data?.person ? ['Erreur'] : []), 'Invitation', 'Espace agents'),
  },
  { name: 'robots', content: 'noindex' },
]

export default function AcceptInvitation() {
  const { person, supportEmail } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  return (
    <Page trail={[{ to: '/agents/connexion', label: 'Espace agents' }]} here="Invitation">
      <div className="msj-narrow msj-stack">
        {person ? (
          <>
            <div className="msj-stack-s">
              <h1>Bienvenue {person.firstName}</h1>
              <p>
                Votre compte pour le service «&nbsp;{person.organizationName}&nbsp;» est prêt. Il reste à
                choisir votre mot de passe, puis à lire la charte de sécurité.
              </p>
            </div>
            <ChoosePassword email={person.email} submit="Ouvrir mon compte" refusal={refusal} />
          </>
        ) : (
          <>
            <h1>Invitation</h1>
            <Alert kind="warning" title="Ce lien n’est plus valable" live>
              <p>Il a déjà servi, ou ses 30 jours sont passés.</p>
              <p>
                Vous avez déjà choisi votre mot de passe&nbsp;? Connectez-vous. Sinon, demandez à un
                administrateur local de votre service de renvoyer l’invitation, ou écrivez à{' '}
                <a href={`mailto:${supportEmail}`}>l’équipe support</a>.
              </p>
            </Alert>
            <div className="fr-btns-group">
              <a className="fr-btn" href="/agents/connexion">
                Se connecter
              </a>
            </div>
          </>
        )}
      </div>
    </Page>
  )
}
