import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { chooseSms } from '../../resources/probationer-space/commands/choices.server'
import { ownAccount } from '../../resources/probationer-space/queries/mine.server'
import { count, formatDay } from '../../resources/shared/french'
import { formatPhone } from '../../resources/shared/phone'
import { Alert } from '../components/alert'
import { ErrorSummary, Focused } from '../components/form'
import { SpacePage, spaceTitle } from '../components/space-page'
import { act, visit } from '../door.server'
import { personHere } from '../space.server'

export const handle = { scripts: true, space: true }

export async function loader({ request, context }: LoaderFunctionArgs) {
  const account = await visit(personHere(context, request), (ctx) => ownAccount(ctx, {}))
  const { searchParams } = new URL(request.url)
  const { refused = false } = context
  const notice = refused ? null : (noticesOf(account).find(([name]) => searchParams.has(name))?.[1] ?? null)
  return { account, refused, notice }
}

/** What was just done, by its name in the address. */
const noticesOf = ({ smsOptOut, isReadOnly }: { smsOptOut: boolean; isReadOnly: boolean }) => [
  ['mot-de-passe', 'Votre mot de passe est changé'] as const,
  ['appareils', 'Les autres appareils sont déconnectés'] as const,
  ...(isReadOnly
    ? []
    : [
        [
          'sms',
          smsOptOut
            ? 'Vous ne recevrez plus de SMS.'
            : 'Vous recevrez de nouveau un SMS pour chaque rendez-vous.',
        ] as const,
      ]),
]

/** The choice of SMS: the other acts have pages of their own. */
export async function action({ request, context }: ActionFunctionArgs) {
  context.refused = true
  const outcome = await act(request, personHere(context, request), chooseSms, ({ wanted }) => ({
    wanted: wanted === 'on',
  }))
  return outcome.done ? redirect('/espace/compte?sms', 303) : outcome.answer
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: spaceTitle(...(data?.refused ? ['Erreur'] : data?.notice ? ['C’est fait'] : []), 'Mon compte'),
  },
  { name: 'robots', content: 'noindex' },
]

export default function Account() {
  const { account, notice } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  const { firstName, lastName, phone, smsOptOut, isReadOnly, isOver, openedOn, sessions } = account
  return (
    <SpacePage>
      <div className="msj-narrow msj-stack">
        <h1>Mon compte</h1>
        {refusal && <ErrorSummary fields={{}} message={refusal.message} />}
        {notice && (
          <Focused>
            <Alert kind="success" title={notice} live />
          </Focused>
        )}
        <section className="msj-stack-s">
          <h2>Mes informations</h2>
          <dl className="msj-pairs">
            <div>
              <dt>Nom</dt>
              <dd>
                {firstName} {lastName}
              </dd>
            </div>
            <div>
              <dt>Portable</dt>
              <dd>{phone ? formatPhone(phone) : 'aucun'}</dd>
            </div>
            {openedOn && (
              <div>
                <dt>Espace créé</dt>
                <dd>{formatDay(openedOn)}</dd>
              </div>
            )}
          </dl>
          <p className="msj-small">
            {isOver
              ? 'Votre suivi est terminé. Une erreur\u00a0? Dites-le au service qui vous suivait.'
              : 'Une erreur, un autre numéro\u00a0? Dites-le au service qui vous suit\u00a0: il corrige.'}
          </p>
        </section>
        <section className="msj-stack-s">
          <h2>Les SMS</h2>
          <p>{smsWords(account)}</p>
          {!isReadOnly &&
            (smsOptOut ? (
              <form method="post">
                <input type="hidden" name="wanted" value="on" />
                <button className="fr-btn fr-btn--secondary" type="submit">
                  Recevoir de nouveau les SMS
                </button>
              </form>
            ) : (
              <p>
                <a href="/espace/compte/sms">Ne plus recevoir de SMS</a>
              </p>
            ))}
          <p>
            <a href="/espace/sms">Voir les SMS qui m’ont été envoyés</a>
          </p>
        </section>
        <section className="msj-stack-s">
          <h2>Sécurité</h2>
          <p>
            <a href="/espace/compte/mot-de-passe">Changer mon mot de passe</a>
          </p>
          <p>
            {sessions > 1
              ? `Votre espace est ouvert sur ${count(sessions, 'appareil')}.`
              : 'Votre espace est ouvert sur cet appareil seulement.'}
          </p>
          {sessions > 1 && (
            <form method="post" action="/espace/compte/appareils">
              <button className="fr-btn fr-btn--secondary" type="submit">
                Déconnecter mes autres appareils
              </button>
            </form>
          )}
        </section>
        <section className="msj-stack-s">
          <h2>Mes données</h2>
          <p>
            Tout ce que Mon Suivi Justice a enregistré sur vous.{' '}
            <a href="/espace/compte/mes-donnees">Lire ou télécharger mes données</a>
          </p>
          <p>
            <a href="/donnees-personnelles">Ce qui est fait de vos données, et vos droits</a>
          </p>
        </section>
      </div>
    </SpacePage>
  )
}

function smsWords({
  smsOptOut,
  isOver,
  isReadOnly,
}: ReturnType<typeof useLoaderData<typeof loader>>['account']) {
  if (isOver) return 'Votre suivi est terminé\u00a0: vous ne recevez plus de SMS.'
  if (isReadOnly)
    return 'Pour l’instant, vous ne recevez pas de SMS\u00a0: l’usage de vos données est limité.'
  return smsOptOut
    ? 'Vous ne recevez pas de SMS. Vos rendez-vous restent obligatoires.'
    : 'Vous recevez un SMS pour chaque rendez-vous, et un rappel avant la date.'
}
