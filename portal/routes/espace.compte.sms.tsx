import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { ownAccount } from '../../resources/probationer-space/queries/mine.server'
import { SpacePage, spaceTitle } from '../components/space-page'
import { visit } from '../door.server'
import { personHere } from '../space.server'

export const handle = { scripts: true, space: true }

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { smsOptOut, isReadOnly } = await visit(personHere(context, request), (ctx) => ownAccount(ctx, {}))
  // Nothing to refuse.
  if (smsOptOut || isReadOnly) throw redirect('/espace/compte', 303)
  return null
}

export const meta: MetaFunction = () => [
  { title: spaceTitle('Ne plus recevoir de SMS') },
  { name: 'robots', content: 'noindex' },
]

/** Said before it is done: what one does without from then on. */
export default function RefuseSms() {
  return (
    <SpacePage>
      <div className="msj-narrow msj-stack">
        <h1>Ne plus recevoir de SMS</h1>
        <p>Sans SMS&nbsp;:</p>
        <ul className="msj-list">
          <li>aucun rappel ne vous prévient avant un rendez-vous&nbsp;;</li>
          <li>aucun SMS ne vous dit qu’une date change ou est annulée&nbsp;;</li>
          <li>
            si vous oubliez votre mot de passe, vous ne pouvez pas en choisir un autre par SMS&nbsp;: il faut
            demander au service qui vous suit.
          </li>
        </ul>
        <p>
          Vos rendez-vous restent obligatoires. Vous pourrez recevoir de nouveau les SMS, quand vous voulez,
          dans «&nbsp;Mon compte&nbsp;».
        </p>
        <form method="post" action="/espace/compte">
          <input type="hidden" name="wanted" value="" />
          <div className="fr-btns-group">
            <button className="fr-btn" type="submit">
              Ne plus recevoir de SMS
            </button>
            <a className="fr-btn fr-btn--tertiary" href="/espace/compte">
              Renoncer
            </a>
          </div>
        </form>
      </div>
    </SpacePage>
  )
}
