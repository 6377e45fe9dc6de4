import type { ReactNode } from 'react'
import { probationerRefusals } from '../../../resources/probationer/fr'
import { fullName } from '../../../resources/shared/french'
import { Alert } from '../../ui/alert'
import { ButtonLink } from '../../ui/button'
import { Page } from '../../ui/page'
import { paths } from '../../paths'
import type { BookingForm } from './state'

/** The record lacks what every form asks: completed first, so that the person can be reached. */
export default function IncompleteRecord({ person }: { person: NonNullable<BookingForm['person']> }) {
  return (
    <Page title={`Convoquer ${fullName(person)}`} windowTitle="Convoquer">
      <RecordFaults
        person={person}
        complete={
          <ButtonLink to={paths.editProbationer(person.id)} look="main">
            Compléter la fiche
          </ButtonLink>
        }
      />
    </Page>
  )
}

/** What the record lacks, and how it is completed by who may, or who is asked to. */
export function RecordFaults({
  person,
  complete,
}: {
  person: Pick<NonNullable<BookingForm['person']>, 'recordFaults' | 'mayEdit' | 'organizations'>
  complete: ReactNode
}) {
  return (
    <Alert tone="warn" title="La fiche est à compléter avant de convoquer">
      <ul>
        {person.recordFaults.map(({ field, reason }) => (
          <li key={field}>{probationerRefusals[reason]}</li>
        ))}
      </ul>
      {person.mayEdit ? (
        complete
      ) : (
        <p>
          Demandez au service qui suit la personne de la compléter&nbsp;: {person.organizations.join(', ')}.
        </p>
      )}
    </Alert>
  )
}
