import { randomUUID } from 'node:crypto'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { sendContact, sendPageError } from '../../resources/site-request/commands/send.server'
import { contactTopicWords } from '../../resources/site-request/fr'
import { sitePage, type contactTopics } from '../../resources/site-request/schema'
import { Alert } from '../components/alert'
import { Area, Choices, Field } from '../components/form'
import { Page, pageTitle } from '../components/page'
import { RequestForm } from '../components/request-form'
import { sendForm } from '../sending.server'

const pageAsked = (request: Request) =>
  sitePage.safeParse(new URL(request.url).searchParams.get('page')).data ?? null

export function loader({ request, context }: LoaderFunctionArgs) {
  return { page: pageAsked(request), requestKey: randomUUID(), refused: context.refused ?? false }
}

export function action(args: ActionFunctionArgs) {
  const page = pageAsked(args.request)
  return page === null
    ? sendForm(args, sendContact, ({ topic = '', message = '', service, email = '', requestKey, trap }) => ({
        ...{ message, service, email, requestKey, trap },
        topic: topic as (typeof contactTopics)[number],
      }))
    : sendForm(args, sendPageError, ({ message = '', email, requestKey, trap }) => ({
        ...{ page, message, email, requestKey, trap },
      }))
}

const titleOf = (page: string | null) =>
  page === null ? 'Écrire à l’équipe du site' : 'Signaler une erreur sur une page'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(...(data?.refused ? ['Erreur'] : []), titleOf(data?.page ?? null), 'Contact') },
  { name: 'description', content: 'Signaler une erreur ou un problème d’accessibilité de ce site.' },
]

const topics = Object.entries(contactTopicWords).map(([value, label]) => ({ value, label }))

export default function WriteToTheTeam() {
  const { page, requestKey } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  const { values = {}, fields = {} } = refusal ?? {}
  return (
    <Page trail={[{ to: '/contact', label: 'Contact' }]} here={titleOf(page)}>
      <div className="msj-narrow msj-stack">
        <h1>{titleOf(page)}</h1>
        <Alert kind="warning" title="N’écrivez rien de votre dossier ici">
          <p>
            Ni condamnation, ni convocation, ni nom d’autres personnes. L’équipe du site ne peut pas prévenir
            votre service&nbsp;: <a href="/contact/je-ne-peux-pas-venir">prévenez-le vous-même</a>.
          </p>
        </Alert>
        <RequestForm refusal={refusal} requestKey={requestKey} submit="Envoyer">
          {page === null ? (
            <Choices
              name="topic"
              label="Sujet de votre message"
              options={topics}
              value={values.topic}
              error={fields.topic}
            />
          ) : (
            <p>
              Page concernée&nbsp;: <b>{page}</b>
            </p>
          )}
          <Area
            name="message"
            label={page === null ? 'Votre message' : 'Ce qui ne va pas sur cette page'}
            hint="2000 caractères au plus."
            maxLength={2_000}
            value={values.message}
            error={fields.message}
          />
          {page === null && (
            <Field
              name="service"
              label="Service concerné"
              hint="Si votre message parle de la page d’un service. Exemple&nbsp;: SPIP de Nanterre"
              maxLength={150}
              optional
              value={values.service}
              error={fields.service}
            />
          )}
          <Field
            name="email"
            label="Votre adresse e-mail"
            hint={
              page === null
                ? 'Pour recevoir la réponse. Exemple\u00a0: prenom.nom@exemple.fr'
                : 'Si vous voulez une réponse. Exemple\u00a0: prenom.nom@exemple.fr'
            }
            type="email"
            autoComplete="email"
            optional={page !== null}
            value={values.email}
            error={fields.email}
          />
        </RequestForm>
      </div>
    </Page>
  )
}
