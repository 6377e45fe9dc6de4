import { useSearchParams } from 'react-router-dom'
import { formatBirth, formatDay, formatHour, fullName } from '../../resources/shared/french'
import { formatPhone } from '../../resources/shared/phone'
import { useQuery } from '../components/api'
import { Button, ButtonLink, Card, FailureNote, Loading, Page } from '../components/ui'
import { paths } from '../paths'

/** The summons on paper, ready to print: what the person takes away. */
export function Summons() {
  const [params] = useSearchParams()
  const { data, failure, reload } = useQuery('appointmentPage', {
    appointmentId: Number(params.get('numero')) || 0,
  })
  if (failure)
    return (
      <Page title="Convocation à imprimer">
        <Card label="Convocation">
          <FailureNote what="Convocation introuvable" failure={failure} onRetry={reload} />
        </Card>
      </Page>
    )
  if (!data)
    return (
      <Page title="Convocation à imprimer">
        <Card label="Convocation">
          <Loading what="convocation" lines={10} />
        </Card>
      </Page>
    )
  const { probationer, place } = data
  return (
    <Page
      title="Convocation"
      windowTitle="Convocation à imprimer"
      actions={
        <>
          <Button look="main" icon="print" data-key="main" onClick={() => window.print()}>
            Imprimer
          </Button>
          <ButtonLink to={paths.appointment(data.id)}>Retour à la convocation</ButtonLink>
        </>
      }
    >
      <article className="sheet">
        <p>
          <b>{data.organization}</b>
          <br />
          {place.address}
          {place.phone && (
            <>
              <br />
              Téléphone : {formatPhone(place.phone)}
            </>
          )}
        </p>
        <p>
          <b>{fullName(probationer)}</b>
          {probationer.dateOfBirth && (
            <>
              <br />
              Naissance : {formatBirth(probationer.dateOfBirth)}
            </>
          )}
        </p>
        <h2>Vous devez venir le</h2>
        <p className="big">
          {formatDay(data.date)} à {formatHour(data.time)}
        </p>
        <p>
          {data.type}
          <br />
          {data.heldAtPlace ? `${place.name}, ${place.address}` : place.name}
        </p>
        <p>Apportez cette convocation et une pièce d’identité. Arrivez dix minutes avant l’heure.</p>
        <p>
          En cas d’empêchement, appelez le service avant la date et gardez un justificatif. Une absence sans
          raison valable peut être signalée au juge.
        </p>
        <p>
          Fait le {formatBirth(data.today)}. <span className="signature">Signature de l’agent :</span>
        </p>
        <p className="signature">Remise en main propre, signature de la personne :</p>
      </article>
    </Page>
  )
}
