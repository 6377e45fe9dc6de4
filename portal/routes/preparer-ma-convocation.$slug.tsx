import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { departmentLabel } from '../../resources/city/departments'
import { advice, daysWords, kindNames, openingWords, rangesWords } from '../../resources/public-page/fr'
import { publicPage, type PublicPageView } from '../../resources/public-page/queries.server'
import { civilOf } from '../../resources/shared/civil-time'
import { formatBirth } from '../../resources/shared/french'
import { formatPhone } from '../../resources/shared/phone'
import { publicHeaders } from '../caching'
import { Accordion } from '../components/accordion'
import { Alert } from '../components/alert'
import { Fact } from '../components/fact'
import { Icon } from '../components/icon'
import { Page, pageTitle } from '../components/page'
import { PageVote } from '../components/page-vote'
import { PaperPrevails } from '../components/paper-prevails'
import { visit, visitor } from '../door.server'

export const headers = publicHeaders

export async function loader({ params: { slug = '' } }: LoaderFunctionArgs) {
  const page = await visit(visitor, (ctx) => publicPage(ctx, { slug }))
  if (page.isClosed) {
    throw data(
      {
        title: 'Ce service a fermé ou déménagé',
        text: `${page.title} ne reçoit plus. Regardez la dernière convocation papier que vous avez reçue, ou cherchez le service.`,
      },
      410,
    )
  }
  return page
}

const section = 'Préparer ma convocation'

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  page
    ? [
        { title: pageTitle(page.title, section) },
        {
          name: 'description',
          content: `${page.officialName}\u00a0: adresse, horaires, téléphone et papiers à apporter.`,
        },
        { 'script:ld+json': asGovernmentOffice(page) },
      ]
    : []

export default function ServicePage() {
  const page = useLoaderData<typeof loader>()
  const { purpose, papers, questions } = advice[page.kind]
  const department = departmentLabel(page.departmentCode)
  return (
    <Page
      trail={[
        { to: '/preparer-ma-convocation', label: section },
        { to: `/preparer-ma-convocation/departements/${page.departmentCode}`, label: department },
      ]}
      here={page.title}
    >
      <div className="msj-stack-s">
        <h1>{page.title}</h1>
        <p className="msj-lead">
          {page.officialName}. {purpose}
        </p>
      </div>
      <div className="msj-two msj-below">
        <div className="msj-stack">
          {page.notice && <Alert kind="warning" title={page.notice} />}
          {page.needsChecking && (
            <Alert kind="info" title="Informations à vérifier">
              <p>Le service n’a pas relu cette page depuis plus d’un an. Appelez avant de venir.</p>
            </Alert>
          )}
          <Facts page={page} />
          <Alert kind="warning" title="Vous ne pouvez pas venir&nbsp;?">
            <p>
              Appelez <b>avant</b> le rendez-vous et gardez un justificatif (travail, arrêt de maladie). Une
              absence sans raison valable peut être signalée au juge.
            </p>
            <p className="msj-screen">
              <a href={`/contact/je-ne-peux-pas-venir/${page.slug}`}>Prévenir ce service</a>
            </p>
          </Alert>
          <section className="msj-stack-s">
            <h2>Préparer mon rendez-vous</h2>
            <div>
              <Accordion title="Quels papiers apporter&nbsp;?" open>
                <ul className="msj-list">
                  {papers.map((paper) => (
                    <li key={paper}>{paper}</li>
                  ))}
                </ul>
                <p className="msj-small">Il vous manque un papier&nbsp;? Venez quand même.</p>
              </Accordion>
              {questions.map(({ question, answer }) => (
                <Accordion title={question} key={question}>
                  {answer.map((sentence) => (
                    <p key={sentence}>{sentence}</p>
                  ))}
                </Accordion>
              ))}
            </div>
          </section>
        </div>
        <aside className="msj-stack" aria-label="À savoir">
          <PaperPrevails />
          {page.checkedAt && (
            <p className="msj-small">
              Vérifié par le service le {formatBirth(civilOf(page.checkedAt, page.timeZone).date)}.
            </p>
          )}
          <p className="msj-small msj-screen">
            <a href={`/preparer-ma-convocation/departements/${page.departmentCode}`}>
              Autres services&nbsp;: {department}
            </a>
          </p>
        </aside>
      </div>
      <PageVote />
    </Page>
  )
}

function Facts({ page }: { page: PublicPageView }) {
  const { phone, email, hours } = page
  return (
    <div className="msj-facts">
      <Fact icon="place">
        <p>
          <b>{page.addressLine}</b> {page.postalCode} {page.cityName}
        </p>
        {page.reception && <p className="msj-small">{page.reception}</p>}
      </Fact>
      {phone && <p className="msj-paper">Téléphone&nbsp;: {formatPhone(phone)}</p>}
      <div className="fr-btns-group msj-screen">
        {phone && (
          <a className="fr-btn" href={`tel:${phone}`}>
            <Icon name="phone" />
            <span>
              Appeler le <span className="msj-nowrap">{formatPhone(phone)}</span>
            </span>
          </a>
        )}{' '}
        <a className="fr-btn fr-btn--secondary" href={itinerary(page)} rel="noopener external noreferrer">
          <Icon name="compass" />
          <span>
            Itinéraire<span className="fr-sr-only"> vers {page.title} (OpenStreetMap)</span>
          </span>
        </a>
      </div>
      {email && (
        <Fact icon="mail">
          <p>
            <a href={`mailto:${email}`}>{email}</a>
          </p>
        </Fact>
      )}
      {hours && (
        <Fact icon="clock">
          <p className="msj-screen">
            <b>{openingWords(hours.now)}</b>
          </p>
          <dl className="msj-hours">
            {hours.week.map((line) => (
              <div key={line.from}>
                <dt>{daysWords(line)}</dt>
                <dd>{rangesWords(line.ranges)}</dd>
              </div>
            ))}
          </dl>
          {page.timeZone !== 'Europe/Paris' && <p className="msj-small">À l’heure de {page.cityName}.</p>}
        </Fact>
      )}
      {page.transport && (
        <Fact icon="bus">
          <p>
            <b>Transports</b> {page.transport}
          </p>
        </Fact>
      )}
      {page.accessibility && (
        <Fact icon="wheelchair">
          <p>
            <b>Accès en fauteuil</b> {page.accessibility}
          </p>
        </Fact>
      )}
    </div>
  )
}

/** A link, never an image of a map: no other host is called. */
function itinerary({ latitude, longitude, addressLine, postalCode, cityName }: PublicPageView): string {
  return latitude !== null && longitude !== null
    ? `https://www.openstreetmap.org/directions?to=${latitude}%2C${longitude}`
    : `https://www.openstreetmap.org/search?query=${encodeURIComponent(`${addressLine}, ${postalCode} ${cityName}`)}`
}

function asGovernmentOffice(page: PublicPageView) {
  return {
    '@context': 'https://schema.org',
    '@type': 'GovernmentOffice',
    name: page.title,
    description: kindNames[page.kind],
    address: {
      '@type': 'PostalAddress',
      streetAddress: page.addressLine,
      postalCode: page.postalCode,
      addressLocality: page.cityName,
      addressCountry: 'FR',
    },
    ...(page.phone && { telephone: page.phone }),
  }
}
