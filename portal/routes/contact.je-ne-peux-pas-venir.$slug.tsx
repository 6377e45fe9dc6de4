import { randomUUID } from 'node:crypto'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { serviceToWarn } from '../../resources/site-request/queries/service.server'
import { sendAbsence } from '../../resources/site-request/commands/send.server'
import { formatPhone } from '../../resources/shared/phone'
import { Alert } from '../components/alert'
import { Area, Field } from '../components/form'
import { Icon } from '../components/icon'
import { Page, pageTitle } from '../components/page'
import { PaperPrevails } from '../components/paper-prevails'
import { RequestForm } from '../components/request-form'
import { visit, visitor } from '../door.server'
import { Names } from '../components/work-identity'
import { sendForm } from '../sending.server'

export async function loader({ params: { slug = '' }, context }: LoaderFunctionArgs) {
  const service = await visit(visitor, (ctx) => serviceToWarn(ctx, { slug }))
  return { service, slug, requestKey: randomUUID(), refused: context.refused ?? false }
}

export async function action(args: ActionFunctionArgs) {
  const { slug = '' } = args.params
  // A service that is not there is a page that is not there, not a field to mend.
  await visit(visitor, (ctx) => serviceToWarn(ctx, { slug }))
  return sendForm(
    args,
    sendAbsence,
    ({ firstName = '', lastName = '', appointment = '', message = '', reach = '', requestKey, trap }) => ({
      slug,
      firstName,
      lastName,
      appointment,
      message,
      reach,
      requestKey,
      trap,
    }),
    'absence',
  )
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  page
    ? [
        {
          title: pageTitle(
            ...(page.refused ? ['Erreur'] : []),
            `Je ne peux pas venir\u00a0: ${page.service.title}`,
            'Contact',
          ),
        },
        { name: 'robots', content: 'noindex' },
      ]
    : []

export default function WarnTheService() {
  const { service, slug, requestKey } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  const { values = {}, fields = {} } = refusal ?? {}
  const { phone, email, canBeWrittenTo } = service
  return (
    <Page
      trail={[
        { to: '/contact', label: 'Contact' },
        { to: '/contact/je-ne-peux-pas-venir', label: 'Je ne peux pas venir' },
      ]}
      here={service.title}
    >
      <div className="msj-narrow msj-stack">
        <div className="msj-stack-s">
          <h1>Prévenir le service&nbsp;: {service.title}</h1>
          <p className="msj-lead">
            {phone ? 'Le plus sûr est d’appeler, avant le rendez-vous.' : 'Prévenez avant le rendez-vous.'}
          </p>
        </div>
        <div className="fr-btns-group">
          {phone && (
            <a className="fr-btn" href={`tel:${phone}`}>
              <Icon name="phone" />
              <span>
                Appeler le <span className="msj-nowrap">{formatPhone(phone)}</span>
              </span>
            </a>
          )}{' '}
          {email && (
            <a className="fr-btn fr-btn--secondary" href={`mailto:${email}`}>
              <Icon name="mail" />
              <span>Écrire un e-mail</span>
            </a>
          )}{' '}
          <a className="fr-btn fr-btn--tertiary" href={`/preparer-ma-convocation/${slug}`}>
            La page du service
          </a>
        </div>
        <Alert kind="warning" title="Prévenir n’est pas être excusé">
          <p>Gardez un justificatif. Sans réponse du service, vous devez venir.</p>
        </Alert>
        {canBeWrittenTo || refusal ? (
          <section className="msj-stack-s" aria-labelledby="message-au-service">
            <h2 id="message-au-service">Envoyer un message à ce service</h2>
            <p>
              Il part dans la boîte du service, et nulle part ailleurs. Écrivez le motif en une phrase, sans
              détail sur votre dossier.
            </p>
            <RequestForm
              refusal={refusal}
              requestKey={requestKey}
              submit="Envoyer au service"
              keptFor="elles sont transmises au service, et effacées ici après sept jours."
            >
              <Names refusal={refusal} />
              <Field
                name="appointment"
                label="Jour et heure de votre convocation"
                hint="Exemple&nbsp;: lundi 12 octobre à 9 h 30"
                maxLength={120}
                value={values.appointment}
                error={fields.appointment}
              />
              <Area
                name="message"
                label="Pourquoi vous ne pouvez pas venir"
                hint="1000 caractères au plus. Exemple&nbsp;: je suis hospitalisé, j’ai un arrêt de maladie."
                maxLength={1_000}
                value={values.message}
                error={fields.message}
              />
              <Field
                name="reach"
                label="Comment vous répondre"
                hint="Un numéro de téléphone ou une adresse e-mail. Exemple&nbsp;: 06 12 34 56 78"
                maxLength={200}
                value={values.reach}
                error={fields.reach}
              />
            </RequestForm>
          </section>
        ) : (
          <p>Ce service ne reçoit pas de message par ce site. Son numéro est sur votre convocation.</p>
        )}
        <PaperPrevails />
      </div>
    </Page>
  )
}
