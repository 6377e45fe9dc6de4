import { useParams } from 'react-router-dom'
import { stateWords } from '../../resources/appointment/fr'
import { formatBirth, formatDay, formatHour, fullName } from '../../resources/shared/french'
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
  if (!data)
    return (
      <EmptyPage title="Convocation à imprimer" what="la convocation" failure={failure} onRetry={reload} />
    )
  const holds = data.state === 'booked' && !data.past
  return (
    <Page
      title="Convocation à imprimer"
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

/** In the person's words: neither the agents' jargon, nor the measure. */
function Sheet({ data }: { data: SummonsData }) {
  const { probationer, place, heldAtPlace } = data
  const words = wordsOf(data)
  return (
    <article className={styles.sheet}>
      <p>
        <b>{data.organization}</b>
        {heldAtPlace && (
          <>
            <br />
            {place.address}
          </>
        )}
        {place.phone && (
          <>
            <br />
            Téléphone&nbsp;: {formatPhone(place.phone)}
          </>
        )}
      </p>
      <p>
        <b>{fullName(probationer)}</b>
        {probationer.dateOfBirth && (
          <>
            <br />
            Naissance&nbsp;: {formatBirth(probationer.dateOfBirth)}
          </>
        )}
      </p>
      <h2>Convocation&nbsp;: {words.title}</h2>
      <p className="headline">
        {formatDay(data.date)} à {formatHour(data.time)}
      </p>
      <p>
        {data.publicLabel}
        {heldAtPlace && (
          <>
            <br />
            {place.name}, {place.address}
          </>
        )}
      </p>
      <p>{words.advice}</p>
      <p>
        En cas d’empêchement, appelez le service avant la date et gardez un justificatif. Une absence sans
        raison valable peut être signalée au juge.
      </p>
      <p>
        Fait le {formatBirth(data.today)}.{' '}
        <span className={styles.signature}>Signature de l’agent&nbsp;:</span>
      </p>
      <p className={styles.signature}>Remise en main propre, signature de la personne&nbsp;:</p>
    </article>
  )
}

function wordsOf({ heldAtPlace, typeCode, probationer }: SummonsData): { title: string; advice: string } {
  if (heldAtPlace)
    return {
      title: 'vous devez venir le',
      advice: 'Apportez cette convocation et une pièce d’identité. Arrivez dix minutes avant l’heure.',
    }
  if (typeCode === 'home_visit')
    return {
      title: 'le service viendra chez vous le',
      advice: 'Votre présence est obligatoire. Préparez cette convocation et une pièce d’identité.',
    }
  return {
    title: 'le service vous appellera le',
    advice: probationer.phone
      ? `Au ${formatPhone(probationer.phone)}. Répondre est obligatoire\u00a0: gardez ce téléphone près de vous à cette heure.`
      : 'Répondre est obligatoire\u00a0: donnez au service un numéro où vous joindre.',
  }
}
