import { useId } from 'react'
import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { definitions, monthWords, percent, periodWords, tooFew } from '../../resources/reporting/fr'
import { publicFigures } from '../../resources/reporting/queries/public.server'
import { missedShare, pastOf, receivedShare, settledOf, type Counts } from '../../resources/reporting/rules'
import { formatBirth } from '../../resources/shared/french'
import { publicHeaders } from '../caching'
import { Scrolling } from '../components/content/scrolling'
import { LegalPage } from '../components/legal-page'
import { pageTitle } from '../components/page'
import { visit, visitor } from '../door.server'

export const headers = publicHeaders

export const meta: MetaFunction = () => [
  { title: pageTitle('Statistiques') },
  {
    name: 'description',
    content: 'Rendez-vous, absences et SMS de rappel dans tous les services, mois par mois.',
  },
]

export function loader() {
  return visit(visitor, (ctx) => publicFigures(ctx, {}))
}

const number = (value: number) => value.toLocaleString('fr-FR')

export default function Statistics() {
  const { whole, months, reminders, period, computedOn } = useLoaderData<typeof loader>()
  if (!computedOn)
    return (
      <LegalPage title="Statistiques">
        <p>Les chiffres sont comptés chaque nuit. Les premiers paraîtront demain.</p>
      </LegalPage>
    )
  return (
    <LegalPage title="Statistiques">
      <p>
        Tous les services qui utilisent Mon Suivi Justice, {periodWords(period)}. Comptés dans la nuit du{' '}
        {formatBirth(computedOn)}.
      </p>
      <ul className="msj-list">
        <li>
          <b>{number(pastOf(whole))}</b> rendez-vous passés.
        </li>
        <li>
          Absences&nbsp;: <b>{percent(missedShare(whole)) ?? tooFew.toLowerCase()}</b> des{' '}
          {number(settledOf(whole))} rendez-vous dont on sait si la personne est venue.
        </li>
        <li>
          <b>{number(whole.textsSent)}</b> SMS envoyés. Reçus par le téléphone&nbsp;:{' '}
          <b>{percent(receivedShare(whole)) ?? tooFew.toLowerCase()}</b>.
        </li>
      </ul>
      <section className="msj-stack-s">
        <h2>Les absences, selon le rappel</h2>
        <Lines
          caption="Rendez-vous et absences, selon ce qu’est devenu le SMS de rappel"
          first="Rappel"
          lines={reminders}
        />
        <p className="msj-small">
          Une personne dont le téléphone ne reçoit pas les SMS vient peut-être moins pour d’autres
          raisons&nbsp;: ce tableau ne suffit pas à dire l’effet du rappel.
        </p>
      </section>
      <section className="msj-stack-s">
        <h2>Mois par mois</h2>
        <Lines
          caption="Rendez-vous et absences, mois par mois"
          first="Mois"
          lines={months.map(({ month, counts }) => ({ label: monthWords(month), counts }))}
        />
      </section>
      <section>
        <h2>Comment c’est compté</h2>
        <ul className="msj-list">
          <li>Absences&nbsp;: {definitions.missed}. Les rendez-vous annulés ou déplacés ne comptent pas.</li>
          <li>SMS reçus&nbsp;: {definitions.received}.</li>
          <li>En dessous de vingt rendez-vous, aucun pourcentage n’est donné.</li>
          <li>
            Ces chiffres sont des totaux nationaux&nbsp;: ils ne disent rien de personne. Quand une fiche est
            effacée, il n’en reste que ces nombres.
          </li>
        </ul>
      </section>
    </LegalPage>
  )
}

function Lines({
  caption,
  first,
  lines,
}: {
  caption: string
  first: string
  lines: readonly { label: string; counts: Counts }[]
}) {
  const id = useId()
  return (
    <Scrolling labelledBy={id}>
      <table>
        <caption id={id} className="fr-sr-only">
          {caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            <th scope="col">Rendez-vous</th>
            <th scope="col">Absences</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ label, counts }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{number(pastOf(counts))}</td>
              <td>{percent(missedShare(counts)) ?? tooFew}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  )
}
