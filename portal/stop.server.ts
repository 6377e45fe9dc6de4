import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { optOutOfSms } from '../resources/probationer/commands/opt-out.server'
import { smsChoiceOf } from '../resources/probationer/queries/opt-out.server'
import { pathIn, type Language } from '../resources/shared/language'
import { countAgainst } from '../resources/shared/throttle.server'
import type { PortalContext } from './context'
import { act, visit, visitor } from './door.server'

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

export const loadStop =
  (language: Language) =>
  async ({ params: { token = '' }, context }: LoaderFunctionArgs) => ({
    ...(await knownLink(context, () => visit(visitor, (ctx) => smsChoiceOf(ctx, { token })))),
    language,
    path: `/stop/${encodeURIComponent(token)}`,
  })

export const stopSms =
  (language: Language) =>
  async ({ request, params: { token = '' }, context }: ActionFunctionArgs) => {
    const outcome = await knownLink(context, () => act(request, visitor, optOutOfSms, () => ({ token })))
    if (!outcome.done) throw data(unknownLink, 404)
    return redirect(pathIn(language, `/stop/${encodeURIComponent(token)}`), 303)
  }
