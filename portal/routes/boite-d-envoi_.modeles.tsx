import { data, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { subjectOf, textOf } from '../../resources/mail/letter.server'
import { sampleMails } from '../../resources/mail/samples.server'
import { isProduction } from '../../resources/shared/env.server'
import { MailCard } from '../components/mail-card'
import { Page, pageTitle } from '../components/page'

/** One of each mail with values of fiction, beside the outbox and as closed in production. */
export function loader() {
  if (isProduction) throw data(null, 404)
  return sampleMails().flatMap(({ name, leaves, letter }) =>
    letter ? [{ name, leaves, subject: subjectOf(letter), text: textOf(letter) }] : [],
  )
}

const title = 'Modèles d’e-mails'

export const meta: MetaFunction = () => [{ title: pageTitle(title) }, { name: 'robots', content: 'noindex' }]

export default function SampleMails() {
  const samples = useLoaderData<typeof loader>()
  return (
    <Page trail={[{ to: '/boite-d-envoi', label: 'Boîte d’envoi' }]} here={title}>
      <div className="msj-stack">
        <div className="msj-stack-s msj-read">
          <h1>{title}</h1>
          <p className="msj-lead">
            Un exemple de chacun des {samples.length} e-mails, avec des valeurs inventées.
          </p>
        </div>
        <ul className="msj-outbox">
          {samples.map(({ name, leaves, subject, text }) => (
            <li key={name}>
              <MailCard
                subject={subject}
                notes={[leaves]}
                text={text}
                path={`/boite-d-envoi/e-mails/${name}`}
              />
            </li>
          ))}
        </ul>
      </div>
    </Page>
  )
}
