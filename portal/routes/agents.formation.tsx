import { randomUUID } from 'node:crypto'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { requestTraining } from '../../resources/site-request/commands/send.server'
import { trainingTopicWords } from '../../resources/site-request/fr'
import type { trainingTopics } from '../../resources/site-request/schema'
import { Choices, Field } from '../components/form'
import { Page, pageTitle } from '../components/page'
import { RequestForm } from '../components/request-form'
import { Comments, ServiceName, WorkIdentity } from '../components/work-identity'
import { sendForm } from '../sending.server'

export function loader({ context }: LoaderFunctionArgs) {
  return { requestKey: randomUUID(), refused: context.refused ?? false }
}

export function action(args: ActionFunctionArgs) {
  return sendForm(
    args,
    requestTraining,
    ({
      serviceName = '',
      firstName = '',
      lastName = '',
      position = '',
      email = '',
      topic = '',
      people = '',
      availability = '',
      comments,
      requestKey,
      trap,
    }) => ({
      ...{ serviceName, firstName, lastName, position, email, people, availability, comments },
      topic: topic as (typeof trainingTopics)[number],
      ...{ requestKey, trap },
    }),
  )
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(...(data?.refused ? ['Erreur'] : []), 'Rendez-vous de formation', 'Espace agents') },
  { name: 'description', content: 'Demander à l’équipe un rendez-vous de formation, en visioconférence.' },
]

const topics = Object.entries(trainingTopicWords).map(([value, label]) => ({ value, label }))

export default function AskForTraining() {
  const { requestKey } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  const { values = {}, fields = {} } = refusal ?? {}
  return (
    <Page trail={[{ to: '/agents', label: 'Espace agents' }]} here="Rendez-vous de formation">
      <div className="msj-narrow msj-stack">
        <div className="msj-stack-s">
          <h1>Demander un rendez-vous de formation</h1>
          <p className="msj-lead">Une heure en visioconférence avec l’équipe, seul ou à plusieurs.</p>
        </div>
        <RequestForm refusal={refusal} requestKey={requestKey} submit="Demander un rendez-vous">
          <ServiceName refusal={refusal} />
          <WorkIdentity refusal={refusal} />
          <Choices
            name="topic"
            label="Sujet du rendez-vous"
            options={topics}
            value={values.topic}
            error={fields.topic}
          />
          <Field
            name="people"
            label="Nombre de personnes"
            hint="Exemple&nbsp;: 3"
            inputMode="numeric"
            maxLength={3}
            value={values.people}
            error={fields.people}
          />
          <Field
            name="availability"
            label="Vos disponibilités"
            hint="Exemple&nbsp;: mardi et jeudi matin"
            maxLength={200}
            value={values.availability}
            error={fields.availability}
          />
          <Comments refusal={refusal} />
        </RequestForm>
      </div>
    </Page>
  )
}
