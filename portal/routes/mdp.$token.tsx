import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { resetSpacePassword } from '../../resources/probationer-space/commands/password.server'
import { holderOfSpaceLink } from '../../resources/probationer-space/queries/link.server'
import { Alert } from '../components/alert'
import { ChooseSpacePassword } from '../components/choose-space-password'
import { Page } from '../components/page'
import { spaceTitle } from '../components/space-page'
import { act } from '../door.server'
import { atTheDoor, countedIfUnknown, readLink } from '../space.server'

export const handle = { scripts: true }

export async function loader({ params: { token = '' }, context }: LoaderFunctionArgs) {
  const holder = await readLink(context, (ctx) =>
    holderOfSpaceLink(ctx, { token, purpose: 'password_reset' }),
  )
  return data({ refused: context.refused ?? false, holder }, holder ? 200 : 404)
}

export async function action({ request, params: { token = '' }, context }: ActionFunctionArgs) {
  context.refused = true
  const outcome = await act(request, atTheDoor, resetSpacePassword, ({ password = '' }) => ({
    token,
    password,
  }))
  if (!outcome.done) return countedIfUnknown(context, outcome.answer)
  await context.spaceSession.signIn(outcome.result.accountId)
  return redirect('/espace/compte?mot-de-passe', 303)
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: spaceTitle(...(data?.refused || !data?.holder ? ['Erreur'] : []), 'Nouveau mot de passe') },
  { name: 'robots', content: 'noindex' },
]

export default function NewPassword() {
  const { holder } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  return (
    <Page trail={[{ to: '/espace/connexion', label: 'Mon espace' }]} here="Nouveau mot de passe">
      <div className="msj-narrow msj-stack">
        <h1>Nouveau mot de passe</h1>
        {holder ? (
          <>
            <p>
              Pour le numéro <span className="msj-nowrap">{holder.maskedPhone}</span>. Les appareils déjà
              connectés seront déconnectés.
            </p>
            <ChooseSpacePassword phone={holder.maskedPhone} submit="Enregistrer" refusal={refusal} />
          </>
        ) : (
          <>
            <Alert kind="warning" title="Ce lien n’est plus valable" live>
              <p>Il a déjà servi, un autre l’a remplacé, ou ses 30 minutes sont passées.</p>
            </Alert>
            <div className="fr-btns-group">
              <a className="fr-btn" href="/espace/mot-de-passe-oublie">
                Recevoir un autre lien
              </a>
            </div>
          </>
        )}
      </div>
    </Page>
  )
}
