import { Alert } from '../../ui/alert'
import { paths } from '../../paths'
import { Link } from 'react-router-dom'

/** For who books beyond the jurisdiction: where this person may be convoked, and how another service is added. */
export default function InterJurisdictionNote({
  personId,
  services,
  mayEdit,
}: {
  personId: number
  services: readonly string[]
  /** Who may not edit the record changes the commune from the look-up. */
  mayEdit: boolean
}) {
  return (
    <Alert tone="info" title="Interressort">
      <p>
        {services.length > 0
          ? `Vous pouvez convoquer la personne dans ces services\u00a0: ${services.join(', ')}.`
          : 'Aucun service qui suit la personne ne reçoit vos convocations.'}{' '}
        Pour convoquer ailleurs,{' '}
        {mayEdit ? (
          <Link to={paths.editProbationer(personId)}>changez sa commune</Link>
        ) : (
          <>
            changez sa commune depuis{' '}
            <Link to={paths.resourceAction('Probationer', 'lookUp')}>la recherche hors du ressort</Link>
          </>
        )}
        &nbsp;: les services compétents s’ajoutent à ceux qui la suivent.
      </p>
    </Alert>
  )
}
