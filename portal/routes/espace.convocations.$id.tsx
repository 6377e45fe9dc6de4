import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ownAppointment } from '../../resources/probationer-space/queries/mine.server'
import { formatDay, formatHour } from '../../resources/shared/french'
import { capitalDay, capitalDays, StateTag, WhatToKnow } from '../components/own-appointment'
import { SpacePage, spaceTitle } from '../components/space-page'
import { visit } from '../door.server'
import { personHere } from '../space.server'

export const handle = { scripts: true, space: true }

export async function loader({ request, params: { id = '' }, context }: LoaderFunctionArgs) {
  return visit(personHere(context, request), (ctx) => ownAppointment(ctx, { appointmentId: id }))
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: spaceTitle(data ? `Convocation du ${formatDay(data.appointment.date)}` : 'Convocation') },
  { name: 'robots', content: 'noindex' },
]

export default function Appointment() {
  const { appointment, sms } = useLoaderData<typeof loader>()
  const { time, instant, title, service, state, movedToId } = appointment
  const isToCome = state === 'to_come'
  return (
    <SpacePage>
      <div className="msj-narrow msj-stack">
        <p className="msj-screen">
          <a href="/espace">Revenir à mes rendez-vous</a>
        </p>
        <article className="msj-next" aria-labelledby="when">
          <header>
            <p>
              {isToCome ? (
                <span className="msj-tag msj-tag--info">{capitalDays(appointment)}</span>
              ) : (
                <StateTag appointment={appointment} />
              )}
            </p>
            <h1 id="when">
              <time dateTime={instant}>
                {capitalDay(appointment)}
                <br />à {formatHour(time)}
              </time>
            </h1>
            <p>
              {title}
              <br />
              {service}
            </p>
          </header>
          <div className="msj-stack-s">
            {isToCome && <WhatToKnow appointment={appointment} />}
            {state === 'past' && <p>Le service n’a pas encore noté si vous êtes venu.</p>}
            {state === 'missed' && (
              <p>
                Vous étiez attendu. Si vous aviez une raison, appelez le service et donnez un justificatif.
              </p>
            )}
            {state === 'cancelled' && <p>Ne venez pas à cette date&nbsp;: le rendez-vous est annulé.</p>}
            {state === 'rescheduled' && (
              <p>
                Ne venez pas à cette date&nbsp;: le rendez-vous est déplacé.{' '}
                {movedToId !== null && (
                  <a href={`/espace/convocations/${movedToId}`}>Voir la nouvelle date</a>
                )}
              </p>
            )}
          </div>
        </article>
        {sms.length > 0 && (
          <section className="msj-stack-s msj-screen">
            <h2>SMS reçus pour ce rendez-vous</h2>
            <ul className="msj-list">
              {sms.map(({ left, about, text, state: word }, rank) => (
                <li key={rank}>
                  <b>{about}</b>
                  {left && `, ${formatDay(left.date)} à ${formatHour(left.time)}`} ({word.toLowerCase()})
                  {text && <p className="msj-quote">{text}</p>}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </SpacePage>
  )
}
