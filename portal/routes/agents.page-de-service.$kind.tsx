import { randomUUID } from 'node:crypto'
import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { departmentLabel, departments } from '../../resources/city/departments'
import { requestServicePage } from '../../resources/site-request/commands/send.server'
import { Area, Field, Select } from '../components/form'
import { Page, pageTitle } from '../components/page'
import { RequestForm } from '../components/request-form'
import { Comments, WorkIdentity } from '../components/work-identity'
import { sendForm } from '../sending.server'

/** The two variants of the form, by the end of their address. */
const variants = {
  spip: {
    serviceKind: 'probation_service',
    title: 'Page d’un SPIP',
    lead: 'Une page par lieu où vous recevez\u00a0: siège ou antenne.',
    name: 'Exemple\u00a0: SPIP de Nanterre',
    reception: 'Entrée, étage, accueil. Exemple\u00a0: portail bleu, 2e étage, accueil B',
  },
  tribunal: {
    serviceKind: 'court',
    title: 'Page d’un tribunal',
    lead: 'Pour le service de l’application des peines et le bureau de l’exécution des peines.',
    name: 'Exemple\u00a0: Tribunal judiciaire de Nanterre, application des peines',
    reception:
      'Entrée, contrôle, salle. Exemple\u00a0: prévoyez 15 minutes au contrôle, porte C au 1er étage',
  },
} as const

const variantOf = (kind = '') => {
  if (!Object.hasOwn(variants, kind)) throw data(null, 404)
  return kind as keyof typeof variants
}

export function loader({ params, context }: LoaderFunctionArgs) {
  return { kind: variantOf(params.kind), requestKey: randomUUID(), refused: context.refused ?? false }
}

export function action(args: ActionFunctionArgs) {
  const { serviceKind } = variants[variantOf(args.params.kind)]
  return sendForm(
    args,
    requestServicePage,
    ({
      serviceName = '',
      departmentCode = '',
      addressLine = '',
      postalCode = '',
      cityName = '',
      servicePhone = '',
      firstName = '',
      lastName = '',
      position = '',
      email = '',
      ...form
    }) => ({
      ...{ serviceKind, serviceName, departmentCode, addressLine, postalCode, cityName, servicePhone },
      ...{ firstName, lastName, position, email, comments: form.comments },
      ...{ serviceEmail: form.serviceEmail, hours: form.hours, reception: form.reception },
      ...{ transport: form.transport, accessibility: form.accessibility },
      ...{ requestKey: form.requestKey, trap: form.trap },
    }),
  )
}

export const meta: MetaFunction<typeof loader> = ({ data: shown }) =>
  shown
    ? [
        {
          title: pageTitle(...(shown.refused ? ['Erreur'] : []), variants[shown.kind].title, 'Espace agents'),
        },
        {
          name: 'description',
          content: `${variants[shown.kind].title}\u00a0: demander sa page publique à l’équipe.`,
        },
      ]
    : []

const choices = departments.map(({ code }) => ({ value: code, label: departmentLabel(code) }))

export default function AskForServicePage() {
  const { kind, requestKey } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  const { values = {}, fields = {} } = refusal ?? {}
  const { title, lead, name, reception } = variants[kind]
  return (
    <Page
      trail={[
        { to: '/agents', label: 'Espace agents' },
        { to: '/agents/page-de-service', label: 'Créer la page de mon service' },
      ]}
      here={title}
    >
      <div className="msj-narrow msj-stack">
        <div className="msj-stack-s">
          <h1>{title}</h1>
          <p className="msj-lead">
            {lead} L’équipe relit la page, puis la met en ligne. La photo de l’entrée s’ajoute ensuite.
          </p>
        </div>
        <RequestForm refusal={refusal} requestKey={requestKey} submit="Demander la page">
          <h2>Le service</h2>
          <Field
            name="serviceName"
            label="Nom du service"
            hint={name}
            autoComplete="organization"
            maxLength={150}
            value={values.serviceName}
            error={fields.serviceName}
          />
          <Select
            name="departmentCode"
            label="Département"
            options={choices}
            value={values.departmentCode}
            error={fields.departmentCode}
          />
          <Field
            name="addressLine"
            label="Numéro et rue"
            maxLength={160}
            value={values.addressLine}
            error={fields.addressLine}
          />
          <Field
            name="postalCode"
            label="Code postal"
            inputMode="numeric"
            maxLength={5}
            value={values.postalCode}
            error={fields.postalCode}
          />
          <Field
            name="cityName"
            label="Commune"
            maxLength={80}
            value={values.cityName}
            error={fields.cityName}
          />
          <Field
            name="servicePhone"
            label="Téléphone du standard"
            hint="Lu par le public"
            type="tel"
            maxLength={30}
            value={values.servicePhone}
            error={fields.servicePhone}
          />
          <Field
            name="serviceEmail"
            label="E-mail du service"
            hint="Lu par le public. Reçoit aussi les messages de qui ne peut pas venir."
            type="email"
            maxLength={254}
            optional
            value={values.serviceEmail}
            error={fields.serviceEmail}
          />
          <h2>Venir au service</h2>
          <Area
            name="hours"
            label="Horaires"
            hint="Exemple&nbsp;: lundi au jeudi, 9 h à 12 h et 13 h 30 à 17 h, vendredi, 9 h à 12 h"
            maxLength={500}
            optional
            value={values.hours}
            error={fields.hours}
          />
          <Area
            name="reception"
            label="Accueil"
            hint={reception}
            maxLength={300}
            optional
            value={values.reception}
            error={fields.reception}
          />
          <Area
            name="transport"
            label="Transports"
            hint="Exemple&nbsp;: RER A, arrêt Nanterre-Ville, 8 minutes à pied"
            maxLength={300}
            optional
            value={values.transport}
            error={fields.transport}
          />
          <Area
            name="accessibility"
            label="Accès en fauteuil"
            hint="Exemple&nbsp;: ascenseur, interphone à l’entrée"
            maxLength={300}
            optional
            value={values.accessibility}
            error={fields.accessibility}
          />
          <h2>Vous</h2>
          <WorkIdentity refusal={refusal} />
          <Comments refusal={refusal} />
        </RequestForm>
      </div>
    </Page>
  )
}
