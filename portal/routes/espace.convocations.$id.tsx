import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ownAppointment } from '../../resources/probationer-space/queries/mine.server'
import type { OwnState } from '../../resources/probationer-space/rules'
import { formatDay, formatHour } from '../../resources/shared/french'
import {
  AskThere,
  capitalDays,
  Meeting,
  NewDate,
  OwnTime,
  StateTag,
  WhatToKnow,
} from '../components/own-appointment'
import { PaperPrevails } from '../components/paper-prevails'
import { SpacePage, spaceTitle } from '../components/space-page'
import { visit } from '../door.server'
import { personHere } from '../space.server'

export const handle = { scripts: true, space: true }

export async function loader({ request, params: { id = '' }, context }: LoaderFunctionArgs) {
  return visit(personHere(context, request), (ctx) => ownAppointment(ctx, { appointmentId: id }))
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: spaceTitle(data ? `Rendez-vous du ${formatDay(data.appointment.date)}` : 'Rendez-vous') },
  { name: 'robots', content: 'noindex' },
]

/** Why nobody is expected. */
const offWords: Partial<Record<OwnState, string>> = {
  cancelled: 'le rendez-vous est annulé.',
  rescheduled: 'le rendez-vous est déplacé.',
  excused: 'votre absence est excusée.',
}

export default function Appointment() {
  const { appointment, sms } = useLoaderData<typeof loader>()
  const { title, service, state, section, movedTo, contact } = appointment
  return (
    <SpacePage>
      <div className="msj-narrow msj-stack">
        <p className="msj-screen">
          <a href="/espace">Revenir à mes rendez-vous</a>
        </p>
        <article className="msj-next" aria-labelledby="when">
          <header>
            <p>
              {state === 'to_come' ? (
                <span className="msj-tag msj-tag--info msj-screen">{capitalDays(appointment)}</span>
              ) : (
                <StateTag appointment={appointment} />
              )}
            </p>
            <h1 id="when">
              <OwnTime appointment={appointment} tall />
            </h1>
            <p>
              {title}
              <br />
              {service}
            </p>
          </header>
          <div className="msj-stack-s">
            {state === 'to_come' ? (
              <WhatToKnow appointment={appointment} />
            ) : (
              <>
                {state === 'past' && <p>Le service n’a pas encore noté votre présence.</p>}
                {state === 'missed' && (
                  <p>
                    Le service vous attendait. Contactez votre service dès que possible, avec un justificatif
                    si vous en avez un. <AskThere contact={contact} />.
                  </p>
                )}
                {section === 'off' && (
                  <p>
                    Ne venez pas à cette date&nbsp;: {offWords[state] ?? ''}{' '}
                    {movedTo && <NewDate movedTo={movedTo} />}
                  </p>
                )}
                {section === 'past' && <Meeting appointment={appointment} />}
                <PaperPrevails />
              </>
            )}
          </div>
        </article>
        <p className="msj-scripted msj-screen">
          <button className="fr-btn fr-btn--tertiary" type="button" data-print>
            Imprimer
          </button>
        </p>
        {sms.length > 0 && (
          <section className="msj-stack-s msj-screen">
            <h2>SMS envoyés pour ce rendez-vous</h2>
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
