import { useEffect } from 'react'
import { useParams } from 'react-router-dom'
import { roleNames } from '../../resources/agent/fr'
import { stateWords } from '../../resources/appointment/fr'
import { advice, daysWords, rangesWords } from '../../resources/public-page/fr'
import { agentName, formatBirth, formatDay, formatHour, fullName } from '../../resources/shared/french'
import { formatPhone } from '../../resources/shared/phone'
import { useOpened, type OpenedData } from '../client/action'
import { EmptyPage, StaleNote } from '../frame/failures'
import { Alert } from '../ui/alert'
import { Button, ButtonLink } from '../ui/button'
import { Page } from '../ui/page'
import { paths } from '../paths'
import styles from './summons.module.css'

type SummonsData = OpenedData<'Appointment', 'print'>

/** The summons on paper, ready to print: what the person takes away. */
export function Summons() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useOpened('Appointment', 'print', recordId)
  const data = opened?.data
  const holds = data?.state === 'booked' && !data.past
  // The agent asked to print.
  useEffect(() => {
    if (holds) window.print()
  }, [holds])
  if (!data)
    return (
      <EmptyPage title="Convocation à imprimer" what="la convocation" failure={failure} onRetry={reload} />
    )
  return (
    <Page
      title="Convocation à imprimer"
      windowTitle={`Convocation ${data.id} à imprimer`}
      actions={
        <>
          <Button
            {...(holds && { look: 'main' as const, 'data-key': 'main' })}
            icon="print"
            onClick={() => window.print()}
          >
            Imprimer
          </Button>
          <ButtonLink to={paths.appointment(data.id)}>Retour à la convocation</ButtonLink>
        </>
      }
    >
      <StaleNote failure={failure} onRetry={reload} />
      {!holds && (
        <Alert tone="warn" title="Cette convocation ne vaut plus">
          <p>
            {data.state === 'booked'
              ? 'Sa date est passée.'
              : `Elle est ${stateWords[data.state].toLocaleLowerCase('fr')}.`}{' '}
            Ne la remettez pas à la personne.
          </p>
        </Alert>
      )}
      <Sheet data={data} />
    </Page>
  )
}

/**
 * The paper: one A4 page, in the person's words. Neither the agents' jargon, nor the measure. The
 * code and the short address lead to the page of the service.
 */
export function Sheet({ data }: { data: SummonsData }) {
  const { probationer, place, service, heldAtPlace, agent, handedBy, link } = data
  const words = wordsOf(data)
  const contact = place.phone ? formatPhone(place.phone) : place.email
  return (
    <article className={styles.sheet} aria-label="Convocation">
      <header className={styles.letterhead}>
        <div>
          <b>{service.name}</b>
          <p>
            {place.name !== service.name && `${place.name}, `}
            {place.address}
            <br />
            {[place.phone && formatPhone(place.phone), place.email].filter(Boolean).join(' · ')}
          </p>
        </div>
        <p>
          Le {formatDay(data.today)}
          <br />
          Réf. C-{data.id}
          {probationer.appiNumber && ` · n°\u00a0APPI ${probationer.appiNumber}`}
          {agent && (
            <>
              <br />
              Suivi par {signed(agent)}
            </>
          )}
        </p>
      </header>
      <p className={styles.recipient}>
        <b>{fullName(probationer)}</b>
        {probationer.dateOfBirth && (
          <>
            <br />
            Naissance&nbsp;: {formatBirth(probationer.dateOfBirth)}
          </>
        )}
      </p>
      <h2>Convocation</h2>
      <p>
        {words.title} <b>Cette convocation papier est la seule qui a une valeur juridique.</b>
      </p>
      <section className={styles.when} aria-label="Rendez-vous">
        <div>
          <p className={styles.date}>
            {formatDay(data.date)}
            <br />à {formatHour(data.time)}
          </p>
          <p>
            <b>{data.publicLabel}</b>
            {data.agent && `, avec ${signed(data.agent)}`}
          </p>
          {heldAtPlace && (
            <p>
              {place.name}, {place.address}
              {place.reception && (
                <>
                  <br />
                  {place.reception}
                </>
              )}
            </p>
          )}
        </div>
        <div className={styles.code}>
          <svg
            viewBox={`-2 -2 ${link.code.size + 4} ${link.code.size + 4}`}
            role="img"
            aria-label="Code à photographier&nbsp;: page du service"
            shapeRendering="crispEdges"
          >
            <path d={link.code.path} />
          </svg>
          Horaires, plan, papiers
          <br />
          {link.text.slice(0, link.text.lastIndexOf('/') + 1)}
          <wbr />
          {link.text.slice(link.text.lastIndexOf('/') + 1)}
        </div>
      </section>
      <div className={styles.halves}>
        <section>
          <h3>{heldAtPlace ? 'À apporter' : 'À préparer'}</h3>
          <ul>
            {words.papers.map((paper) => (
              <li key={paper}>{paper}</li>
            ))}
          </ul>
          {heldAtPlace && <p>Il vous manque un papier&nbsp;? Venez quand même.</p>}
        </section>
        {heldAtPlace && (
          <section>
            <h3>Pour venir</h3>
            {place.transport && <p>{place.transport}</p>}
            {place.accessibility && <p>{place.accessibility}</p>}
            {place.week.length > 0 && (
              <p>
                Accueil ouvert&nbsp;:{' '}
                {place.week.map((line) => `${daysWords(line)}, ${rangesWords(line.ranges)}`).join('\u00a0; ')}
                .
              </p>
            )}
            <p>Arrivez dix minutes avant l’heure. Un interprète, un aménagement&nbsp;? Appelez avant.</p>
          </section>
        )}
      </div>
      <p className={styles.warning}>
        <b>{heldAtPlace ? 'Vous ne pouvez pas venir\u00a0?' : 'Vous avez un empêchement\u00a0?'}</b>{' '}
        {contact
          ? `Appelez ou écrivez avant le rendez-vous (${contact})`
          : 'Prévenez le service avant la date'}{' '}
        et gardez un justificatif. Une absence sans raison valable peut être signalée au juge.
      </p>
      <div className={styles.signatures}>
        <p>
          L’agent&nbsp;: {signed(handedBy)}
          <br />
          Signature
        </p>
        <p>
          Remise en main propre le …… /…… /………
          <br />
          Signature de la personne
        </p>
      </div>
      <footer>Un SMS peut vous rappeler ce rendez-vous&nbsp;; il ne remplace pas ce papier.</footer>
    </article>
  )
}

const signed = (agent: SummonsData['handedBy']) => `${agentName(agent)}, ${roleNames[agent.role]}`

function wordsOf({ heldAtPlace, type, service, probationer }: SummonsData): {
  title: string
  papers: readonly string[]
} {
  if (heldAtPlace)
    return { title: 'Vous devez venir au rendez-vous ci-dessous.', papers: advice[service.kind].papers }
  if (type === 'home_visit')
    return {
      title: 'Le service viendra chez vous. Votre présence est obligatoire.',
      papers: ['Cette convocation et une pièce d’identité.'],
    }
  return {
    title: 'Le service vous appellera. Répondre est obligatoire.',
    papers: [
      probationer.phone
        ? `Le téléphone ${formatPhone(probationer.phone)}, près de vous à cette heure.`
        : 'Donnez au service un numéro où vous joindre.',
      'Cette convocation.',
    ],
  }
}
