import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { env } from '../../resources/shared/env.server'
import { formatDay, formatHour } from '../../resources/shared/french'
import { publicStatus } from '../../resources/watch/queries/public.server'
import { publicHeaders } from '../caching'
import { Alert } from '../components/alert'
import { LegalPage } from '../components/legal-page'
import { pageTitle } from '../components/page'
import { visit, visitor } from '../door.server'

export const headers = publicHeaders

const title = 'État du service'

export const meta: MetaFunction = () => [
  { title: pageTitle(title) },
  { name: 'description', content: 'Le site et l’envoi des SMS fonctionnent-ils en ce moment\u00a0?' },
]

export async function loader() {
  return { ...(await visit(visitor, (ctx) => publicStatus(ctx, {}))), email: env.SUPPORT_EMAIL }
}

const at = ({ date, time }: { date: string; time: string }) => `${formatDay(date)} à ${formatHour(time)}`

export default function Status() {
  const { lookedAt, lateSince, email } = useLoaderData<typeof loader>()
  return (
    <LegalPage title={title}>
      {lateSince ? (
        <Alert kind="warning" title="Des SMS sont en retard">
          <p>
            Depuis le {at(lateSince)} (heure de Paris). L’équipe est prévenue. Votre rendez-vous est
            maintenu&nbsp;: suivez votre convocation papier.
          </p>
        </Alert>
      ) : lookedAt ? (
        <Alert kind="success" title="Le site et les SMS fonctionnent">
          <p>Dernier contrôle&nbsp;: {at(lookedAt)} (heure de Paris).</p>
        </Alert>
      ) : (
        <Alert kind="warning" title="L’envoi des SMS n’est pas contrôlé en ce moment">
          <p>Le site fonctionne. Des SMS peuvent être en retard&nbsp;: suivez votre convocation papier.</p>
        </Alert>
      )}
      <p>
        Cette page peut avoir cinq minutes de retard. Vous voyez un problème qui n’est pas dit ici&nbsp;?{' '}
        <a href="/contact/ecrire">Écrivez-nous</a> ou envoyez un e-mail à{' '}
        <a href={`mailto:${email}`}>{email}</a>.
      </p>
    </LegalPage>
  )
}
