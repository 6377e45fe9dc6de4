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
export const capitalDay = ({ date }: OwnAppointment): string => capital(formatDay(date))

/** "Demain", "Dans 31 jours": in days of the calendar. */
export const capitalDays = ({ today, date }: OwnAppointment): string => capital(inDays(today, date))

export const pathOf = ({ id }: { id: number }): string => `/espace/convocations/${id}`

/** Its state, in a word, with a sign. */
export function StateTag({ appointment }: { appointment: OwnAppointment }) {
  const { word, tone } = ownStateWords[appointment.state]
  return <span className={`msj-tag msj-tag--${tone}`}>{word}</span>
}

/** An appointment in a line of a list. */
export function OwnLine({ appointment }: { appointment: OwnAppointment }) {
  return (
    <li>
      <span>
        <a href={pathOf(appointment)}>
          {capitalDay(appointment)} à {formatHour(appointment.time)}
        </a>
        <br />
        <span className="msj-small">{appointment.service}</span>
      </span>
      {appointment.state === 'to_come' ? (
        <span className="msj-tag">{capitalDays(appointment)}</span>
      ) : (
        <StateTag appointment={appointment} />
      )}
    </li>
  )
}

/** A link, never an image of a map: no other host is called. */
const itinerary = (address: string) =>
  `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`

/** All that helps to come to an appointment that is still to come: where, how, with what, and who to call. */
export function WhatToKnow({ appointment }: { appointment: OwnAppointment }) {
  const { place, phone, papers, kind, slug } = appointment
  const listed = papers ?? serviceWords.fr.papers.of[kind]
  return (
    <>
      {place && (
        <Fact icon="place">
          <p>
            <b>{place.name}</b> {place.address}
          </p>
        </Fact>
      )}
      <div className="fr-btns-group msj-screen">
        {place && (
          <a className="fr-btn" href={itinerary(place.address)} rel="noopener external noreferrer">
            <Icon name="compass" />
            <span>Comment venir</span>
          </a>
        )}
        <a className="fr-btn fr-btn--secondary" href={`${pathOf(appointment)}.ics`}>
          <Icon name="calendar" />
          <span>Ajouter à mon agenda</span>
        </a>
      </div>
      <Fact icon="paper">
        <div>
          <p>
            <b>À apporter</b>
          </p>
          <ul className="msj-list">
            {listed.map((paper) => (
              <li key={paper}>{paper}</li>
            ))}
          </ul>
        </div>
      </Fact>
      {phone && (
        <Fact icon="phone">
          <p>
            <b>Un problème pour venir&nbsp;?</b> Appelez avant le rendez-vous&nbsp;:{' '}
            <a className="msj-nowrap" href={`tel:${phone}`}>
              {formatPhone(phone)}
            </a>
            <br />
            <span className="msj-small">Vous ne pouvez pas annuler ici.</span>
          </p>
        </Fact>
      )}
      {slug && (
        <Fact icon="info">
          <p>
            <a href={`/preparer-ma-convocation/${slug}`}>Tout savoir sur ce lieu</a>
          </p>
        </Fact>
      )}
      <PaperPrevails />
    </>
  )
}
