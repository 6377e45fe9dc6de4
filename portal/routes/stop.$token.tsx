import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { optOutOfSms } from '../../resources/probationer/commands/opt-out.server'
import { smsChoiceOf } from '../../resources/probationer/queries/opt-out.server'
import { countAgainst } from '../../resources/shared/throttle.server'
import type { PortalContext } from '../context'
import { Alert } from '../components/alert'
import { Focused } from '../components/form'
import { Page, pageTitle } from '../components/page'
import { PaperPrevails } from '../components/paper-prevails'
import { act, visit, visitor } from '../door.server'

const unknownLink = {
  title: 'Ce lien n’est plus valable',
  text: 'Il est celui d’un ancien numéro, ou il a été coupé ou mal recopié. Ouvrez-le depuis le dernier SMS reçu. Sinon, demandez l’arrêt des SMS à votre conseiller ou au service qui vous convoque.',
}

/** Only a token that leads nowhere is counted: whoever shares the network of a guesser still stops their SMS. */
async function knownLink<Result>({ ip }: PortalContext, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask()
  } catch (error) {
    if (!isNotFound(error)) throw error
    throw (await countAgainst('unknown-stop-link', ip)) ? data(null, 429) : data(unknownLink, 404)
  }
}

function isNotFound(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'init' in error &&
    (error.init as ResponseInit).status === 404
  )
}

export async function loader({ params: { token = '' }, context }: LoaderFunctionArgs) {
  return knownLink(context, () => visit(visitor, (ctx) => smsChoiceOf(ctx, { token })))
}

export async function action({ request, params: { token = '' }, context }: ActionFunctionArgs) {
  const outcome = await knownLink(context, () => act(request, visitor, optOutOfSms, () => ({ token })))
  if (!outcome.done) throw data(unknownLink, 404)
  return redirect(`/stop/${encodeURIComponent(token)}`, 303)
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(...(data?.smsOptOut ? ['C’est fait'] : []), 'Ne plus recevoir de SMS') },
  { name: 'robots', content: 'noindex' },
]

export default function StopSms() {
  const { maskedPhone, smsOptOut } = useLoaderData<typeof loader>()
  return (
    <Page>
      <div className="msj-narrow msj-stack">
        <h1>Ne plus recevoir de SMS</h1>
        {smsOptOut ? <Done /> : <Question maskedPhone={maskedPhone} />}
        <PaperPrevails />
      </div>
    </Page>
  )
}

function Question({ maskedPhone }: { maskedPhone: string | null }) {
  return (
    <>
      {maskedPhone && (
        <p>
          Ce lien concerne le numéro <b className="msj-nowrap">{maskedPhone}</b>.
        </p>
      )}
      <Alert kind="warning" title="Vous devez toujours venir à vos rendez-vous">
        <p>Sans SMS, personne ne vous les rappellera. Gardez bien vos convocations papier.</p>
      </Alert>
      <ul className="msj-list">
        <li>Vous ne recevrez plus aucun SMS de «&nbsp;RDV Justice&nbsp;», dès maintenant.</li>
        <li>Rien d’autre ne change dans votre suivi.</li>
        <li>Pour en recevoir de nouveau, demandez-le à votre conseiller.</li>
      </ul>
      <form method="post" className="fr-btns-group msj-column">
        <button className="fr-btn" type="submit">
          Ne plus recevoir de SMS
        </button>{' '}
        <a className="fr-btn fr-btn--tertiary" href="/">
          Ne rien changer, aller à l’accueil
        </a>
      </form>
    </>
  )
}

function Done() {
  return (
    <>
      <Focused>
        <Alert kind="success" title="C’est fait. Vous ne recevrez plus de SMS." live>
          <p>Vous devez toujours venir à vos rendez-vous. Gardez bien vos convocations papier.</p>
        </Alert>
      </Focused>
      <p>Pour recevoir de nouveau les SMS, demandez-le à votre conseiller ou au service qui vous convoque.</p>
    </>
  )
}
