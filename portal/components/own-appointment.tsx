import { ownStateWords } from '../../resources/probationer-space/fr'
import type { OwnAppointment } from '../../resources/probationer-space/queries/mine.server'
import { serviceWords } from '../../resources/public-page/languages'
import { formatDay, formatHour, inDays } from '../../resources/shared/french'
import { formatPhone } from '../../resources/shared/phone'
import { Fact } from './fact'
import { Icon } from './icon'
import { PaperPrevails } from './paper-prevails'

const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1)

/** "Mardi 3 mars 2026", on the wall of the place. */
const capitalDay = ({ date }: OwnAppointment): string => capital(formatDay(date))

/** "Demain", "Dans 31 jours": in days of the calendar. */
export const capitalDays = ({ today, date }: OwnAppointment): string => capital(inDays(today, date))

export const pathOf = ({ id }: { id: number }): string => `/espace/convocations/${id}`

/** Its state, in a word. */
export function StateTag({ appointment }: { appointment: OwnAppointment }) {
  const { word, tone } = ownStateWords[appointment.state]
  return <span className={`msj-tag msj-tag--${tone}`}>{word}</span>
}

export function OwnList({ list }: { list: readonly OwnAppointment[] }) {
  return (
    <ul className="msj-own">
      {list.map((one) => (
        <OwnLine appointment={one} key={one.id} />
      ))}
    </ul>
  )
}

/** An appointment in a line of a list; where it went when it was moved. */
function OwnLine({ appointment }: { appointment: OwnAppointment }) {
  const { movedTo } = appointment
  return (
    <li>
      <span>
        <a href={pathOf(appointment)}>
          <OwnTime appointment={appointment} />
        </a>
        <br />
        <span className="msj-small">
          {appointment.title}, {appointment.service}
        </span>
        {movedTo && (
          <>
            <br />
            <span className="msj-small">
              <NewDate movedTo={movedTo} />
            </span>
          </>
        )}
      </span>
      {appointment.state === 'to_come' ? (
        <span className="msj-tag">{capitalDays(appointment)}</span>
      ) : (
        <StateTag appointment={appointment} />
      )}
    </li>
  )
}

/** "Mardi 3 mars 2026 à 14 h 30 (heure de La Réunion)". */
export function OwnTime({ appointment, tall }: { appointment: OwnAppointment; tall?: boolean }) {
  const { time, clock, instant } = appointment
  return (
    <time dateTime={instant}>
      {capitalDay(appointment)}
      {tall ? <br /> : ' '}à {formatHour(time)}
      {clock && <span className="msj-small"> ({clock})</span>}
    </time>
  )
}

export function NewDate({ movedTo }: { movedTo: NonNullable<OwnAppointment['movedTo']> }) {
  return (
    <a href={pathOf(movedTo)}>
      Nouvelle date&nbsp;: {formatDay(movedTo.date)} à {formatHour(movedTo.time)}
      {movedTo.clock && ` (${movedTo.clock})`}
    </a>
  )
}

/** A link, never an image of a map: no other host is called. */
const itinerary = (address: string) =>
  `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`

/** Where one comes, or who comes, or who calls. */
export function Meeting({ appointment: { meeting, state } }: { appointment: OwnAppointment }) {
  switch (meeting.way) {
    case 'place':
      return (
        <Fact icon="place">
          <p>
            <b>{meeting.name}</b> {meeting.address ?? serviceWords.fr.addressOnPaper}
          </p>
        </Fact>
      )
    case 'home':
      return (
        <Fact icon="door">
          <p>
            <b>À votre domicile</b>
          </p>
        </Fact>
      )
    case 'phone':
      return (
        <Fact icon="phone">
          <p>
            <b>
              {state !== 'to_come' && 'Par téléphone'}
              {state === 'to_come' &&
                (meeting.phone ? (
                  <>
                    Le service vous appelle au{' '}
                    <span className="msj-nowrap">{formatPhone(meeting.phone)}</span>
                  </>
                ) : (
                  'Le service vous appelle'
                ))}
            </b>
          </p>
        </Fact>
      )
  }
}

/** How the place wants to be asked. */
export function AskThere({ contact: { phone, email } }: { contact: OwnAppointment['contact'] }) {
  if (phone)
    return (
      <>
        Appelez le{' '}
        <a className="msj-nowrap" href={`tel:${phone}`}>
          {formatPhone(phone)}
        </a>
      </>
    )
  return email ? (
    <>
      Écrivez à <a href={`mailto:${email}`}>{email}</a>
    </>
  ) : (
    <>
      Prévenez <a href="/espace/interlocuteurs">le service qui vous suit</a>
    </>
  )
}

/** All that helps to come to an appointment that is still to come: where, how, with what, and who to call. */
export function WhatToKnow({ appointment }: { appointment: OwnAppointment }) {
  const { meeting, contact, help, bringing, papers, prevented, slug } = appointment
  return (
    <>
      <Meeting appointment={appointment} />
      <div className="fr-btns-group msj-screen">
        {meeting.way === 'place' && meeting.address && (
          <a className="fr-btn" href={itinerary(meeting.address)} rel="noopener external noreferrer">
            <Icon name="compass" />
            <span>Comment venir</span>
          </a>
        )}
        <a className="fr-btn fr-btn--secondary" href={`${pathOf(appointment)}.ics`}>
          <Icon name="calendar" />
          <span>Ajouter à mon agenda</span>
        </a>
      </div>
      <Fact icon="info">
        <p>
          {help}{' '}
          {slug && (
            <a className="msj-screen" href={`/preparer-ma-convocation/${slug}`}>
              Tout savoir sur ce lieu
            </a>
          )}
        </p>
      </Fact>
      <Fact icon="paper">
        <div>
          <p>
            <b>{bringing}</b>
          </p>
          <ul className="msj-list">
            {papers.map((paper) => (
              <li key={paper}>{paper}</li>
            ))}
          </ul>
        </div>
      </Fact>
      <Fact icon="phone">
        <p>
          <b>{prevented}</b> <AskThere contact={contact} /> avant le rendez-vous.
          <br className="msj-screen" />
          <span className="msj-small msj-screen">Vous ne pouvez pas annuler ici.</span>
        </p>
      </Fact>
      <PaperPrevails />
    </>
  )
}
