import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { acceptSpaceInvitation } from '../../resources/probationer-space/commands/password.server'
import { holderOfSpaceLink } from '../../resources/probationer-space/queries/link.server'
import { Alert } from '../components/alert'
import { ChooseSpacePassword } from '../components/choose-space-password'
import { Page } from '../components/page'
import { spaceTitle } from '../components/space-page'
import { act } from '../door.server'
import { atTheDoor, countedIfUnknown, readLink } from '../space.server'

export const handle = { scripts: true }

export async function loader({ params: { token = '' }, context }: LoaderFunctionArgs) {
  // Looking takes nothing: previews of links and antivirus look first.
  const holder = await readLink(context, (ctx) => holderOfSpaceLink(ctx, { token, purpose: 'invitation' }))
  return data({ refused: context.refused ?? false, holder }, holder ? 200 : 404)
}

export async function action({ request, params: { token = '' }, context }: ActionFunctionArgs) {
  context.refused = true
  const outcome = await act(request, atTheDoor, acceptSpaceInvitation, ({ password = '' }) => ({
    token,
    password,
  }))
  if (!outcome.done) return countedIfUnknown(context, outcome.answer)
  await context.spaceSession.signIn(outcome.result.accountId)
  return redirect('/espace?cree', 303)
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: spaceTitle(...(data?.refused || !data?.holder ? ['Erreur'] : []), 'Créer mon espace') },
  { name: 'robots', content: 'noindex' },
]

export default function CreateSpace() {
  const { holder } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  return (
    <Page here="Créer mon espace">
      <div className="msj-narrow msj-stack">
        {holder ? (
          <>
            <div className="msj-stack-s">
              <h1>Créer mon espace</h1>
              <p>
                Vous y voyez vos rendez-vous et les personnes qui vous suivent. Vous entrez avec votre numéro{' '}
                <span className="msj-nowrap">{holder.maskedPhone}</span> et un mot de passe que vous
                choisissez.
              </p>
            </div>
            <ChooseSpacePassword phone={holder.maskedPhone} submit="Créer mon espace" refusal={refusal} />
            <p className="msj-small">
              Cet espace est facultatif&nbsp;: ne pas l’utiliser n’a aucune conséquence. Il montre ce que
              votre service a enregistré. <a href="/donnees-personnelles">Ce qui est fait de vos données</a>
            </p>
          </>
        ) : (
          <>
            <h1>Créer mon espace</h1>
            <Alert kind="warning" title="Ce lien n’est plus valable" live>
              <p>Il a déjà servi, un autre l’a remplacé, ou ses 7 jours sont passés.</p>
              <p>
                Vous avez déjà choisi votre mot de passe&nbsp;? Connectez-vous. Sinon, demandez un nouveau
                lien au service qui vous suit.
              </p>
            </Alert>
            <div className="fr-btns-group">
              <a className="fr-btn" href="/espace/connexion">
                Me connecter
              </a>
              <a className="fr-btn fr-btn--tertiary" href="/espace/mot-de-passe-oublie">
                Mot de passe oublié&nbsp;?
              </a>
            </div>
          </>
        )}
      </div>
    </Page>
  )
}
