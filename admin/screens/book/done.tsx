import { Alert } from '../../ui/alert'
import { ButtonLink } from '../../ui/button'
import { Page } from '../../ui/page'
import { paths } from '../../paths'

export interface Done {
  probationerId: number
  appointmentId: number | null
  sentence: string
  /** The agent may open the record. */
  inJurisdiction: boolean
  /** The visit it belongs to: asking for the page again, by a link or Alt N, begins a new one. */
  visit: string
}

/** What has just been recorded, and what comes next. */
export function DonePage({ done }: { done: Done }) {
  return (
    <Page title={done.appointmentId ? 'Convocation enregistrée' : 'Fiche enregistrée'}>
      <Alert tone="ok" title={done.sentence} announce="status" focus>
        {done.appointmentId && (
          <p>La convocation papier reste la seule à avoir une valeur juridique&nbsp;: remettez-la.</p>
        )}
        <div className="cluster">
          {done.appointmentId && (
            <ButtonLink to={paths.summons(done.appointmentId)} look="main" icon="print">
              Imprimer la convocation
            </ButtonLink>
          )}
          {done.appointmentId && (
            <ButtonLink to={paths.appointment(done.appointmentId)}>Voir la convocation et ses SMS</ButtonLink>
          )}
          {!done.appointmentId && (
            <ButtonLink to={paths.convoke(done.probationerId)} look="main" icon="calendar">
              Convoquer
            </ButtonLink>
          )}
          {done.inJurisdiction && (
            <ButtonLink to={paths.probationer(done.probationerId)}>Ouvrir la fiche</ButtonLink>
          )}
          <ButtonLink to={paths.registerAndConvoke}>Personne suivante</ButtonLink>
        </div>
      </Alert>
    </Page>
  )
}
