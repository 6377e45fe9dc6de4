import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { requestPasswordReset } from '../../resources/agent/commands/password.server'
import type { SystemActor } from '../../resources/shared/actor'
import { env } from '../../resources/shared/env.server'
import { countAgainst } from '../../resources/shared/throttle.server'
import { keepingPage, pageAskedFirst, rememberingPage } from '../agent.server'
import { Alert } from '../components/alert'
import { ErrorSummary, Field, Focused } from '../components/form'
import { Page, pageTitle } from '../components/page'
import { act } from '../door.server'
import { useFrame } from '../frame'
import { untilWholeSecond } from '../whole-seconds.server'

const forgetful: SystemActor = { kind: 'system', task: 'password-reset' }

export function loader({ request, context }: LoaderFunctionArgs) {
  const page = pageAskedFirst(request)
  return {
    refused: context.refused ?? false,
    sent: new URL(request.url).searchParams.has('envoye'),
    here: rememberingPage('/agents/mot-de-passe-oublie', page),
    signIn: rememberingPage('/agents/connexion', page),
    supportEmail: env.SUPPORT_EMAIL,
  }
}

export async function action({ request, context }: ActionFunctionArgs) {
  context.refused = true
  if (await countAgainst('password-reset', context.ip)) return data(null, 429)
  const from = performance.now()
  const outcome = await act(request, forgetful, requestPasswordReset, ({ email = '' }) => ({ email }))
  if (!outcome.done) return outcome.answer
  await untilWholeSecond(from)
  const page = pageAskedFirst(request)
  return redirect(rememberingPage('/agents/mot-de-passe-oublie?envoye', page), {
    status: 303,
    headers: await keepingPage(page),
  })
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: pageTitle(
      ...(data?.refused ? ['Erreur'] : data?.sent ? ['C’est fait'] : []),
      'Mot de passe oublié',
      'Espace agents',
    ),
  },
  { name: 'robots', content: 'noindex' },
]

export default function ForgottenPassword() {
  const { refused, sent, here, signIn, supportEmail } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  const { isDemo } = useFrame()
  return (
    <Page trail={[{ to: '/agents/connexion', label: 'Espace agents' }]} here="Mot de passe oublié">
      <div className="msj-narrow msj-stack">
        <h1>Mot de passe oublié</h1>
        {refusal && <ErrorSummary fields={refusal.fields} message={refusal.message} />}
        {refused && !refusal && (
          <Focused>
            <Alert kind="error" title="Trop de demandes depuis votre réseau" live>
              <p>Attendez quinze minutes, puis recommencez.</p>
            </Alert>
          </Focused>
        )}
        {sent && !refused && (
          <Focused>
            <Alert kind="success" title="Regardez vos e-mails" live>
              <p>
                Si un compte a cette adresse, un lien pour choisir un nouveau mot de passe vient de partir. Il
                est valable 6 heures et sert une seule fois.
              </p>
              <p>
                Rien après dix minutes&nbsp;? Vérifiez les courriers indésirables et l’adresse saisie, ou
                écrivez à <a href={`mailto:${supportEmail}`}>l’équipe support</a>. Une invitation de plus de
                30 jours est renvoyée par un administrateur local de votre service.
              </p>
              {isDemo && (
                <p>
                  Démonstration&nbsp;: aucun e-mail ne part.{' '}
                  <a href="/boite-d-envoi">Ouvrir la boîte d’envoi</a>
                </p>
              )}
            </Alert>
          </Focused>
        )}
        <form className="msj-stack" method="post" action={here} noValidate>
          <p className="msj-small">
            Indiquez l’adresse avec laquelle vous vous connectez. Un nouveau mot de passe débloque aussi le
            compte. Ce champ est obligatoire.
          </p>
          <Field
            name="email"
            label="E-mail professionnel"
            hint="Exemple&nbsp;: prenom.nom@justice.fr"
            type="email"
            autoComplete="username"
            value={refusal?.values.email}
            error={refusal?.fields.email}
          />
          <div className="fr-btns-group">
            <button className="fr-btn" type="submit">
              Recevoir un lien
            </button>
            <a className="fr-btn fr-btn--tertiary" href={signIn}>
              Revenir à la connexion
            </a>
          </div>
        </form>
      </div>
    </Page>
  )
}
