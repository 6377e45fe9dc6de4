import { useEffect } from 'react'
import { useParams, useSearchParams } from 'react-router-dom'
import { roleNames } from '../../resources/agent/fr'
import { stateWords } from '../../resources/appointment/fr'
import {
  comeEarly,
  handedOn,
  nameByHand,
  onlyPaperHolds,
  smsIsNoPaper,
  whatToDo,
  withoutPapers,
  wordsOnPaper,
} from '../../resources/appointment/paper'
import { daysWords, rangesWords } from '../../resources/public-page/fr'
import { agentName, count, formatBirth, formatDay, formatHour, fullName } from '../../resources/shared/french'
import { formatPhone } from '../../resources/shared/phone'
import { useOpened, type OpenedData } from '../client/action'
import { EmptyPage, StaleNote } from '../frame/failures'
import { Alert } from '../ui/alert'
import { Button, buttonClass, ButtonLink } from '../ui/button'
import { Icon } from '../ui/icon'
import { Page } from '../ui/page'
import { paths } from '../paths'
import styles from './summons.module.css'

type SummonsData = OpenedData<'Appointment', 'print'>

/** The papers of the lines that were ticked, a page each. Those that hold no more are told, and not printed. */
export function SummonsOfList() {
  const [asked] = useSearchParams()
  const ids = (asked.get('recordIds') ?? '').split(',').filter(Boolean)
  const { data: opened, failure, reload } = useOpened('Appointment', 'printAll', ids)
  const data = opened?.data
  const papers = data?.filter(holds) ?? []
  useEffect(() => {
    if (papers.length > 0) window.print()
  }, [papers.length])
  if (!data)
    return (
      <EmptyPage title="Convocations à imprimer" what="les convocations" failure={failure} onRetry={reload} />
    )
  const left = data.length - papers.length
  return (
    <Page
      title="Convocations à imprimer"
      lede={`${count(papers.length, 'convocation')}, une page chacune.`}
      actions={
        <>
          <Button look="main" data-key="main" icon="print" onClick={() => window.print()}>
            Imprimer
          </Button>
          <a className={buttonClass()} href={paths.summonsFile(papers.map(({ id }) => id))} download>
            <Icon name="download" /> PDF
          </a>
          <ButtonLink to={paths.appointments}>Retour à la liste</ButtonLink>
        </>
      }
    >
      <StaleNote failure={failure} onRetry={reload} />
      {left > 0 && (
        <Alert tone="warn" title={`${count(left, 'convocation')} sans papier`}>
          <p>Annulées, passées ou déjà honorées depuis&nbsp;: elles ne valent plus.</p>
        </Alert>
      )}
      {papers.map((paper) => (
        <Sheet key={paper.id} data={paper} />
      ))}
    </Page>
  )
}

const holds = ({ state, past }: SummonsData) => state === 'booked' && !past

/** The summons on paper, ready to print: what the person takes away. */
export function Summons() {
  const { recordId = '' } = useParams()
  const { data: opened, failure, reload } = useOpened('Appointment', 'print', recordId)
  const data = opened?.data
  const held = data !== undefined && holds(data)
  // The agent asked to print.
  useEffect(() => {
    if (held) window.print()
  }, [held])
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
            {...(held && { look: 'main' as const, 'data-key': 'main' })}
            icon="print"
            onClick={() => window.print()}
          >
            Imprimer
          </Button>
          <a className={buttonClass()} href={paths.summonsFile([data.id])} download>
            <Icon name="download" /> PDF
          </a>
          <ButtonLink to={paths.appointment(data.id)}>Retour à la convocation</ButtonLink>
        </>
      }
    >
      <StaleNote failure={failure} onRetry={reload} />
      {!held && (
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
  const { probationer, place, service, heldAtPlace, agent, referent, handedBy, link } = data
  const words = wordsOnPaper({ ...data, phone: probationer?.phone ?? null })
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
          {probationer?.appiNumber && ` · n°\u00a0APPI ${probationer.appiNumber}`}
          {referent && (
            <>
              <br />
              Suivi par {signed(referent)}
            </>
          )}
        </p>
      </header>
      <p className={styles.recipient}>
        <b>{probationer ? fullName(probationer) : nameByHand}</b>
        {probationer?.dateOfBirth && (
          <>
            <br />
            Naissance&nbsp;: {formatBirth(probationer.dateOfBirth)}
          </>
        )}
      </p>
      <h2>Convocation</h2>
      <p>
        {words.title} <b>{onlyPaperHolds}</b>
      </p>
      <section className={styles.when} aria-label="Rendez-vous">
        <div>
          <p className={styles.date}>
            {formatDay(data.date)}
            <br />à {formatHour(data.time)}
          </p>
          <p>
            <b>{data.publicLabel}</b>
            {agent && `, avec ${signed(agent)}`}
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
          <h3>{words.bringing}</h3>
          <ul>
            {words.papers.map((paper) => (
              <li key={paper}>{paper}</li>
            ))}
          </ul>
          {heldAtPlace && <p>{withoutPapers}</p>}
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
            <p>{comeEarly}</p>
          </section>
        )}
      </div>
      <p className={styles.warning}>
        <b>{words.prevented}</b> {whatToDo(contact)}
      </p>
      <div className={styles.signatures}>
        <p>
          L’agent&nbsp;: {signed(handedBy)}
          <br />
          Signature
        </p>
        <p>
          {handedOn}
          <br />
          Signature de la personne
        </p>
      </div>
      <footer>{smsIsNoPaper}</footer>
    </article>
  )
}

const signed = (agent: SummonsData['handedBy']) => `${agentName(agent)}, ${roleNames[agent.role]}`
