import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { requestSpaceReset } from '../../resources/probationer-space/commands/password.server'
import { phoneExample } from '../../resources/probationer-space/fr'
import { countAgainst, uncount } from '../../resources/shared/throttle.server'
import { Alert } from '../components/alert'
import { ErrorSummary, Field, Focused } from '../components/form'
import { Page } from '../components/page'
import { spaceTitle } from '../components/space-page'
import { act } from '../door.server'
import { useFrame } from '../frame'
import { atTheDoor } from '../space.server'
import { untilWholeSecond } from '../whole-seconds.server'

export function loader({ request, context }: LoaderFunctionArgs) {
  return { refused: context.refused ?? false, sent: new URL(request.url).searchParams.has('envoye') }
}

export async function action({ request, context }: ActionFunctionArgs) {
  context.refused = true
  if (await countAgainst('space-reset', context.ip)) return data(null, 429)
  const from = performance.now()
  const outcome = await act(request, atTheDoor, requestSpaceReset, ({ phone = '' }) => ({ phone }))
  if (!outcome.done) {
    // A form that is not filled asks nothing.
    if (outcome.answer.init?.status === 400) await uncount('space-reset', context.ip)
    return outcome.answer
  }
  await untilWholeSecond(from)
  return redirect('/espace/mot-de-passe-oublie?envoye', 303)
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: spaceTitle(
      ...(data?.refused ? ['Erreur'] : data?.sent ? ['C’est fait'] : []),
      'Mot de passe oublié',
    ),
  },
  { name: 'robots', content: 'noindex' },
]

export default function ForgottenPassword() {
  const { refused, sent } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  const { isDemo } = useFrame()
  const isSent = sent && !refused
  return (
    <Page trail={[{ to: '/espace/connexion', label: 'Mon espace' }]} here="Mot de passe oublié">
      <div className="msj-narrow msj-stack">
        <h1>Mot de passe oublié</h1>
        {refusal && <ErrorSummary fields={refusal.fields} message={refusal.message} />}
        {refused && !refusal && (
          <Focused>
            <Alert kind="error" title="Trop de demandes depuis votre réseau" live>
              <p>Attendez une heure, puis recommencez.</p>
            </Alert>
          </Focused>
        )}
        {isSent && (
          <Focused>
            <Alert kind="success" title="Regardez vos SMS" live>
              <p>
                Si un espace existe pour ce numéro, un SMS vient de partir. Son lien est valable 30 minutes et
                sert une seule fois.
              </p>
              <p>
                Rien après dix minutes&nbsp;? Demandez de l’aide au service qui vous suit.{' '}
                <a href="/preparer-ma-convocation">Trouver mon service</a>
              </p>
              {isDemo && (
                <p>
                  Démonstration&nbsp;: aucun SMS ne part. <a href="/boite-d-envoi">Ouvrir la boîte d’envoi</a>
                </p>
              )}
            </Alert>
          </Focused>
        )}
        {isSent ? (
          <div className="fr-btns-group">
            <a className="fr-btn" href="/espace/connexion">
              Revenir à la connexion
            </a>
            <a className="fr-btn fr-btn--tertiary" href="/espace/mot-de-passe-oublie">
              Demander un autre lien
            </a>
          </div>
        ) : (
          <form className="msj-stack" method="post" noValidate>
            <p>Vous recevez un lien par SMS, pour choisir un nouveau mot de passe.</p>
            <Field
              name="phone"
              label="Numéro de portable"
              hint={`Exemple\u00a0: ${phoneExample}`}
              type="tel"
              inputMode="tel"
              autoComplete="username"
              value={refusal?.values.phone}
              error={refusal?.fields.phone}
            />
            <div className="fr-btns-group">
              <button className="fr-btn" type="submit">
                Recevoir un lien
              </button>
              <a className="fr-btn fr-btn--tertiary" href="/espace/connexion">
                Revenir à la connexion
              </a>
            </div>
          </form>
        )}
        <p className="msj-small">
          Vous ne recevez plus de SMS, ou votre numéro a changé&nbsp;? Appelez le service qui vous suit.
        </p>
      </div>
    </Page>
  )
}
