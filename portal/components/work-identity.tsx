import type { Refused } from './request-form'
import { Area, Field } from './form'

interface Drawn {
  refusal: Refused
}

/** First and last name, in every form that asks who writes. */
export function Names({ refusal }: Drawn) {
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
    </>
  )
}

/** Who asks, in the forms of agents. */
export function WorkIdentity({ refusal }: Drawn) {
  const { values = {}, fields = {} } = refusal ?? {}
  return (
    <>
      <Names refusal={refusal} />
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

/** The service they ask for. */
export function ServiceName({ refusal }: Drawn) {
  return (
    <Field
      name="serviceName"
      label="Nom du service"
      hint="Exemple&nbsp;: SPIP des Yvelines"
      autoComplete="organization"
      maxLength={150}
      value={refusal?.values.serviceName}
      error={refusal?.fields.serviceName}
    />
  )
}

export function Comments({ refusal }: Drawn) {
  return (
    <Area
      name="comments"
      label="Commentaires"
      hint="2000 caractères au plus, sans le nom d’aucune personne suivie."
      maxLength={2_000}
      optional
      value={refusal?.values.comments}
      error={refusal?.fields.comments}
    />
  )
}
