import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { signIn } from '../../resources/agent/commands/sign-in.server'
import type { SystemActor } from '../../resources/shared/actor'
import { env } from '../../resources/shared/env.server'
import { countAgainst, countSuccess, uncount } from '../../resources/shared/throttle.server'
import {
  browserOf,
  currentAgent,
  knowingBrowser,
  onward,
  pageAskedFirst,
  rememberingPage,
} from '../agent.server'
import { Alert } from '../components/alert'
import { ErrorSummary, Field, Focused, PasswordField } from '../components/form'
import { Page, pageTitle } from '../components/page'
import { act } from '../door.server'

const signingIn: SystemActor = { kind: 'system', task: 'sign-in' }

export const handle = { scripts: true }

export async function loader({ request, context }: LoaderFunctionArgs) {
  const page = pageAskedFirst(request)
  // After a refusal the form is drawn again, even over the session somebody else left in this browser.
  const agent = context.refused ? null : await currentAgent(context)
  if (agent) throw onward(agent, page)
  const { searchParams } = new URL(request.url)
  return {
    refused: context.refused ?? false,
    notice: searchParams.has('deconnexion')
      ? 'signed_out'
      : searchParams.has('mot-de-passe')
        ? 'new_password'
        : null,
    sessionOver: searchParams.has('retour'),
    forgotten: rememberingPage('/agents/mot-de-passe-oublie', page),
    supportEmail: env.SUPPORT_EMAIL,
  } as const
}

export async function action({ request, context }: ActionFunctionArgs) {
  context.refused = true
  // Counted first: what is asked too fast to be hashed counts too.
  if (await countAgainst('sign-in', context.ip)) return data({ kind: 'throttled', email: '' } as const, 429)
  const browser = await browserOf(request)
  let typed = ''
  const outcome = await act(request, signingIn, signIn, ({ email = '', password = '' }) => {
    typed = email
    return { email, password, browser }
  })
  if (!outcome.done) {
    const status = outcome.answer.init?.status ?? 400
    // A form that is not filled tries nothing.
    if (status === 400) await uncount('sign-in', context.ip)
    return data({ kind: 'refused', ...outcome.answer.data } as const, status)
  }
  const { result } = outcome
  if (result.outcome !== 'opened') {
    return data(
      {
        kind: result.outcome,
        email: typed,
        lastTry: 'triesLeft' in result && result.triesLeft === 1,
      } as const,
      400,
    )
  }
  const { agentId } = result
  await countSuccess('sign-in', context.ip)
  await context.agentSession.signIn(agentId)
  return onward(result, pageAskedFirst(request), await knowingBrowser(request, agentId))
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: pageTitle(
      ...(data?.refused ? ['Erreur'] : data?.notice ? ['C’est fait'] : []),
      'Connexion',
      'Espace agents',
    ),
  },
  { name: 'robots', content: 'noindex' },
]

export default function SignIn() {
  const { notice, sessionOver, forgotten, supportEmail } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const fields = answer?.kind === 'refused' ? answer.fields : {}
  return (
    <Page here="Espace agents">
      <div className="msj-narrow msj-stack">
        <div className="msj-stack-s">
          <h1>Espace agents</h1>
          <p className="msj-small">
            Pour les agents des tribunaux et des SPIP. Vous avez une convocation&nbsp;?{' '}
            <a href="/preparer-ma-convocation">Préparer ma convocation</a>
          </p>
        </div>
        {!answer && notice === 'signed_out' && (
          <Focused>
            <Alert kind="success" title="Votre session est fermée" live />
          </Focused>
        )}
        {!answer && notice === 'new_password' && (
          <Focused>
            <Alert kind="success" title="Votre nouveau mot de passe est enregistré" live>
              <p>Connectez-vous avec lui.</p>
            </Alert>
          </Focused>
        )}
        {answer && <Answer {...answer} forgotten={forgotten} supportEmail={supportEmail} />}
        <form className="msj-stack" method="post" noValidate>
          <p className="msj-small">Tous les champs sont obligatoires.</p>
          <Field
            name="email"
            label="E-mail professionnel"
            hint="Exemple&nbsp;: prenom.nom@justice.fr"
            type="email"
            autoComplete="username"
            value={answer?.kind === 'refused' ? answer.values.email : answer?.email}
            error={fields.email}
          />
          <PasswordField
            name="password"
            label="Mot de passe"
            autoComplete="current-password"
            error={answer?.kind === 'wrong' ? 'Vérifiez l’e-mail et le mot de passe.' : fields.password}
          />
          <div className="fr-btns-group">
            <button className="fr-btn" type="submit">
              Se connecter
            </button>
          </div>
          <p className="msj-small">
            <a href={forgotten}>Mot de passe oublié&nbsp;?</a>
          </p>
        </form>
        <div className="fr-callout msj-small">
          <p>
            <b>Compte bloqué&nbsp;?</b> Un administrateur local de votre service peut le débloquer, ou écrivez
            à <a href={`mailto:${supportEmail}`}>l’équipe support</a>.
          </p>
          {sessionOver && (
            <p>
              <b>Votre session est finie&nbsp;?</b> Ce que vous aviez saisi est gardé&nbsp;: vous reviendrez à
              la même page.
            </p>
          )}
        </div>
      </div>
    </Page>
  )
}

type AnswerProps = NonNullable<ReturnType<typeof useActionData<typeof action>>> & {
  forgotten: string
  supportEmail: string
}

function Answer(answer: AnswerProps) {
  if (answer.kind === 'refused') return <ErrorSummary fields={answer.fields} message={answer.message} />
  if (answer.kind === 'throttled')
    return (
      <Focused>
        <Alert kind="error" title="Trop d’essais depuis votre réseau" live>
          <p>Attendez quinze minutes, puis recommencez. Votre compte n’est pas bloqué pour autant.</p>
        </Alert>
      </Focused>
    )
  if (answer.kind === 'locked')
    return (
      <Focused>
        <Alert kind="error" title="Compte bloqué pendant 24 heures" live>
          <p>Trois mots de passe faux ont été saisis. Pour vous connecter, au choix&nbsp;:</p>
          <ul>
            <li>
              <a href={answer.forgotten}>créez un nouveau mot de passe</a>, le compte s’ouvre aussitôt&nbsp;;
            </li>
            <li>
              demandez à un administrateur local de votre service de débloquer le compte, ou écrivez à{' '}
              <a href={`mailto:${answer.supportEmail}`}>l’équipe support</a>&nbsp;;
            </li>
            <li>attendez 24 heures.</li>
          </ul>
        </Alert>
      </Focused>
    )
  return (
    <Focused>
      <Alert kind="error" title="E-mail ou mot de passe incorrect" live>
        <p>
          {answer.lastTry &&
            'Il reste un essai. Ensuite, le compte sera bloqué pendant 24 heures, ou jusqu’à un nouveau mot de passe. '}
          <a href={answer.forgotten}>Créer un nouveau mot de passe</a>
        </p>
      </Alert>
    </Focused>
  )
}
