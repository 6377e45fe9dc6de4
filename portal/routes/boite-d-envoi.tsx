import { data, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { measure } from '../../resources/message/sms-text'
import { latestOutboxItems } from '../../resources/outbox/queries.server'
import { isProduction } from '../../resources/shared/env.server'
import { count, formatInstant } from '../../resources/shared/french'
import { formatPhone } from '../../resources/shared/phone'
import { Icon } from '../components/icon'
import { Linked } from '../components/linked'
import { MailCard } from '../components/mail-card'
import { Page, pageTitle } from '../components/page'
import { visit, visitor } from '../door.server'

const shown = 50

/** What would have left if a provider were set. Nothing of it may be read in production. */
export async function loader() {
  if (isProduction) throw data(null, 404)
  const items = await visit(visitor, (ctx) => latestOutboxItems(ctx, shown))
  return items.map(({ createdAt, html, ...item }) => ({
    ...item,
    at: formatInstant(createdAt, 'Europe/Paris'),
    path: html === null ? null : `/boite-d-envoi/e-mails/${item.id}`,
  }))
}

export const meta: MetaFunction = () => [
  { title: pageTitle('Boîte d’envoi') },
  { name: 'robots', content: 'noindex' },
]

export default function Outbox() {
  const items = useLoaderData<typeof loader>()
  return (
    <Page here="Boîte d’envoi">
      <div className="msj-stack">
        <div className="msj-stack-s msj-read">
          <h1>Boîte d’envoi</h1>
          <p className="msj-lead">
            Les SMS et les e-mails qui seraient partis. Cette page n’existe que dans la démonstration.
          </p>
          <p>
            <a className="fr-btn fr-btn--secondary" href="/boite-d-envoi">
              Actualiser la boîte d’envoi
            </a>
          </p>
          <p>
            <a href="/boite-d-envoi/modeles">Voir un exemple de chaque e-mail</a>
          </p>
        </div>
        {items.length === 0 ? (
          <p>
            Rien n’est encore parti. Convoquez une personne depuis l’espace agents&nbsp;: son SMS arrive ici
            en quelques secondes.
          </p>
        ) : (
          <ul className="msj-outbox">
            {items.map((item) => (
              <li key={item.id}>
                {item.channel === 'sms' ? (
                  <Sms {...item} />
                ) : (
                  <MailCard
                    subject={item.subject ?? 'Sans objet'}
                    notes={[`De ${item.sender}`, `À ${item.recipient}, ${item.at}`]}
                    text={item.body}
                    path={item.path}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Page>
  )
}

type Item = ReturnType<typeof useLoaderData<typeof loader>>[number]

function Sms({ sender, recipient, body, at }: Item) {
  const { parts, characters } = measure(body)
  return (
    <article className="msj-phone">
      <h2 className="msj-phone__sender">
        <Icon name="message" />
        <span className="fr-sr-only">SMS de </span>
        {sender}
      </h2>
      <p className="msj-phone__bubble">
        <Linked text={body} />
      </p>
      <p className="msj-phone__note">
        À <span className="msj-nowrap">{formatPhone(recipient)}</span>, {at}
        <br />
        {count(characters, 'caractère')}, {parts} SMS
      </p>
    </article>
  )
}
