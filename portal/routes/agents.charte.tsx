import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { charter, charterVersion } from '../../resources/agent/charter'
import { acceptCharter } from '../../resources/agent/commands/charter.server'
import type { AgentActor } from '../../resources/shared/actor'
import { agentName } from '../../resources/shared/french'
import { currentAgent, onward, pageAskedFirst, rememberingPage } from '../agent.server'
import { Box, ErrorSummary } from '../components/form'
import { Page, pageTitle } from '../components/page'
import type { PortalContext } from '../context'
import { act } from '../door.server'

/** The agent who has the charter to read; anybody else is sent where they belong. */
async function reader(request: Request, context: PortalContext): Promise<AgentActor> {
  const page = pageAskedFirst(request)
  const agent = await currentAgent(context)
  if (!agent) throw redirect(rememberingPage('/agents/connexion', page), 303)
  if (agent.charterAccepted) throw onward(agent, page)
  return agent
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { firstName, lastName } = await reader(request, context)
  return { refused: context.refused ?? false, name: agentName({ lastName, firstName }) }
}

export async function action({ request, context }: ActionFunctionArgs) {
  context.refused = true
  const agent = await reader(request, context)
  const outcome = await act(request, agent, acceptCharter, ({ version = '', read = '' }) => ({
    version,
    read: read === 'on',
  }))
  return outcome.done ? onward({ charterAccepted: true }, pageAskedFirst(request)) : outcome.answer
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(...(data?.refused ? ['Erreur'] : []), 'Charte de sécurité', 'Espace agents') },
  { name: 'robots', content: 'noindex' },
]

export default function SecurityCharter() {
  const { name } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  return (
    <Page here="Charte de sécurité">
      <div className="msj-read msj-stack">
        <div className="msj-stack-s">
          <h1>Charte de sécurité</h1>
          <p className="msj-lead">
            À lire une fois avant d’utiliser Mon Suivi Justice. Elle vous sera proposée de nouveau si son
            texte change.
          </p>
        </div>
        {refusal && <ErrorSummary fields={refusal.fields} message={refusal.message} />}
        {charter.map(({ title, paragraphs }) => (
          <section className="msj-stack-s" key={title}>
            <h2>{title}</h2>
            {paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </section>
        ))}
        <form className="msj-stack" method="post" noValidate>
          <input type="hidden" name="version" value={charterVersion} />
          <p className="msj-small">La case est obligatoire.</p>
          <Box name="read" error={refusal?.fields.read}>
            Moi, {name}, j’ai lu la charte et je m’engage à la respecter
          </Box>
          <div className="fr-btns-group">
            <button className="fr-btn" type="submit">
              Accepter la charte
            </button>
          </div>
        </form>
        <form className="msj-stack-s" method="post" action="/agents/deconnexion">
          <p className="msj-small">Vous ne l’acceptez pas&nbsp;? Rien n’est enregistré.</p>
          <div className="fr-btns-group">
            <button className="fr-btn fr-btn--tertiary" type="submit">
              Se déconnecter
            </button>
          </div>
        </form>
        <p className="msj-small">Version {charterVersion}</p>
      </div>
    </Page>
  )
}
