import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ownAccount } from '../../resources/probationer-space/queries/mine.server'
import { formatDay, formatHour } from '../../resources/shared/french'
import { SpacePage, spaceTitle } from '../components/space-page'
import { visit } from '../door.server'
import { personHere } from '../space.server'

export const handle = { scripts: true, space: true }

export async function loader({ request, context }: LoaderFunctionArgs) {
  return visit(personHere(context, request), (ctx) => ownAccount(ctx, {}))
}

export const meta: MetaFunction = () => [
  { title: spaceTitle('Mes SMS') },
  { name: 'robots', content: 'noindex' },
]

export default function ReceivedSms() {
  const { sms } = useLoaderData<typeof loader>()
  return (
    <SpacePage>
      <div className="msj-narrow msj-stack">
        <h1>Mes SMS</h1>
        {sms.length === 0 ? (
          <p>Aucun SMS ne vous a encore été envoyé.</p>
        ) : (
          <p>Les derniers SMS que Mon Suivi Justice vous a envoyés.</p>
        )}
        <ul className="msj-own">
          {sms.map(({ left, about, text, state }, rank) => (
            <li key={rank}>
              <div>
                <p>
                  <b>{about}</b>
                  {left && (
                    <>
                      <br />
                      {formatDay(left.date)} à {formatHour(left.time)}
                    </>
                  )}
                </p>
                {text && <p className="msj-small msj-lines">{text}</p>}
              </div>
              <span className="msj-tag">{state}</span>
            </li>
          ))}
        </ul>
        <p>
          <a href="/espace/compte">Ne plus recevoir de SMS, ou en recevoir de nouveau</a>
        </p>
      </div>
    </SpacePage>
  )
}
