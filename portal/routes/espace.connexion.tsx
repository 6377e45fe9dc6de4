import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { signInToSpace } from '../../resources/probationer-space/commands/sign-in.server'
import { phoneExample } from '../../resources/probationer-space/fr'
import { countAgainst, uncount } from '../../resources/shared/throttle.server'
import { Alert } from '../components/alert'
import { ErrorSummary, Field, Focused, PasswordField } from '../components/form'
import { Page } from '../components/page'
import { spaceTitle } from '../components/space-page'
import { act } from '../door.server'
import { atTheDoor, ownPageAsked } from '../space.server'

export const handle = { scripts: true }

const notices = {
  deconnexion: { kind: 'success', title: 'Votre espace est fermé sur cet appareil' },
  fini: { kind: 'info', title: 'Votre espace s’est fermé, par sécurité' },
} as const

export function loader({ request, context }: LoaderFunctionArgs) {
  const { person, isEnabled } = context.spaceSession
  if (person && isEnabled && !context.refused) throw redirect(ownPageAsked(request), 303)
  const { searchParams } = new URL(request.url)
  const said = (Object.keys(notices) as (keyof typeof notices)[]).find((name) => searchParams.has(name))
  return { refused: context.refused ?? false, notice: said ? notices[said] : null }
}

export async function action({ request, context }: ActionFunctionArgs) {
  context.refused = true
  // Counted first: what is asked too fast to be hashed counts too.
  if (await countAgainst('space-sign-in', context.ip))
    return data({ kind: 'throttled', phone: '' } as const, 429)
  let typed = ''
  const outcome = await act(request, atTheDoor, signInToSpace, ({ phone = '', password = '' }) => {
    typed = phone
    return { phone, password }
  })
  if (!outcome.done) {
    const status = outcome.answer.init?.status ?? 400
    // A form that is not filled tries nothing.
    if (status === 400) await uncount('space-sign-in', context.ip)
    return data({ kind: 'refused', ...outcome.answer.data } as const, status)
  }
  if (!outcome.result) return data({ kind: 'wrong', phone: typed } as const, 400)
  // No more than that: whoever has a space of their own would buy tries on the numbers of others.
  await uncount('space-sign-in', context.ip)
  await context.spaceSession.signIn(outcome.result.accountId)
  return redirect(ownPageAsked(request), 303)
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: spaceTitle(...(data?.refused ? ['Erreur'] : []), 'Connexion') },
  { name: 'robots', content: 'noindex' },
]

export default function SignIn() {
  const { notice } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const fields = answer?.kind === 'refused' ? answer.fields : {}
  return (
    <Page here="Mon espace">
      <div className="msj-narrow msj-stack">
        <div className="msj-stack-s">
          <h1>Mon espace</h1>
          <p>Vos rendez-vous et les personnes qui vous suivent.</p>
        </div>
        {!answer && notice && (
          <Focused>
            <Alert {...notice} live />
          </Focused>
        )}
        {answer?.kind === 'throttled' && (
          <Focused>
            <Alert kind="error" title="Trop d’essais depuis votre réseau" live>
              <p>Attendez quinze minutes, puis recommencez.</p>
            </Alert>
          </Focused>
        )}
        {answer?.kind === 'refused' && <ErrorSummary fields={answer.fields} message={answer.message} />}
        {answer?.kind === 'wrong' && (
          <Focused>
            <Alert kind="error" title="Ce numéro et ce mot de passe n’ouvrent pas d’espace" live>
              <p>
                Vérifiez les deux. Après plusieurs essais, attendez quinze minutes, ou{' '}
                <a href="/espace/mot-de-passe-oublie">choisissez un nouveau mot de passe</a>.
              </p>
            </Alert>
          </Focused>
        )}
        <form className="msj-stack" method="post" noValidate>
          <Field
            name="phone"
            label="Numéro de portable"
            hint={`Celui où vous recevez les SMS. Exemple\u00a0: ${phoneExample}`}
            type="tel"
            inputMode="tel"
            autoComplete="username"
            value={answer?.kind === 'refused' ? answer.values.phone : answer?.phone}
            error={fields.phone}
          />
          <PasswordField
            name="password"
            label="Mot de passe"
            autoComplete="current-password"
            error={answer?.kind === 'wrong' ? 'Vérifiez le numéro et le mot de passe.' : fields.password}
          />
          <div className="fr-btns-group">
            <button className="fr-btn" type="submit">
              Me connecter
            </button>
          </div>
          <p>
            <a href="/espace/mot-de-passe-oublie">Mot de passe oublié&nbsp;?</a>
          </p>
        </form>
        <div className="fr-callout msj-small">
          <p>
            <b>Je n’ai pas encore d’espace.</b> Demandez-le à votre conseiller, ou au service qui vous
            suit&nbsp;: vous recevez un lien par SMS.
          </p>
          <p>
            <b>Je n’ai plus mon numéro.</b> Donnez le nouveau au service qui vous suit.{' '}
            <a href="/preparer-ma-convocation">Trouver mon service</a>
          </p>
        </div>
      </div>
    </Page>
  )
}
