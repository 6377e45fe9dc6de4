import type { Refused } from './request-form'
import { Field } from './form'

/** Who asks, in the forms of agents. */
export function WorkIdentity({ refusal }: { refusal: Refused }) {
  const { values = {}, fields = {} } = refusal ?? {}
  return (
    <>
      <Field
        name="firstName"
        label="Votre prénom"
        autoComplete="given-name"
        maxLength={100}
        value={values.firstName}
        error={fields.firstName}
      />
      <Field
        name="lastName"
        label="Votre nom"
        autoComplete="family-name"
        maxLength={100}
        value={values.lastName}
        error={fields.lastName}
      />
      <Field
        name="position"
        label="Votre fonction"
        hint="Exemple&nbsp;: directrice pénitentiaire d’insertion et de probation"
        autoComplete="organization-title"
        maxLength={100}
        value={values.position}
        error={fields.position}
      />
      <Field
        name="email"
        label="Votre e-mail professionnel"
        hint="En @justice.fr ou .gouv.fr. Exemple&nbsp;: prenom.nom@justice.fr"
        type="email"
        autoComplete="email"
        maxLength={254}
        value={values.email}
        error={fields.email}
      />
    </>
  )
}
