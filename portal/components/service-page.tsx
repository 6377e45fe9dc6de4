import type { MetaDescriptor } from '@remix-run/node'
import { departmentLabel } from '../../resources/city/departments'
import { kindNames } from '../../resources/public-page/fr'
import { serviceWords } from '../../resources/public-page/languages'
import type { ServiceWords } from '../../resources/public-page/languages/words'
import type { PublicPageView } from '../../resources/public-page/queries/public.server'
import { civilOf } from '../../resources/shared/civil-time'
import { inFrench, pathIn, type Language } from '../../resources/shared/language'
import { formatPhone } from '../../resources/shared/phone'
import { Accordion } from './accordion'
import { Alert } from './alert'
import { DraftNote } from './draft-note'
import { Fact } from './fact'
import { Icon, type IconName } from './icon'
import { Languages, translationLinks } from './languages'
import { Page, pageTitle } from './page'
import { PaperPrevails } from './paper-prevails'
import { PageVote } from './page-vote'
import { PartnerList } from './partner-list'

interface Props {
  page: PublicPageView
  language: Language
  /** Not published yet: seen by who has its link. */
  draft?: boolean
}

const pathOf = ({ slug }: { slug: string }) => `/preparer-ma-convocation/${slug}`

export function serviceMeta({ page, language }: Props, origin: string): MetaDescriptor[] {
  const words = serviceWords[language]
  return [
    { title: pageTitle(page.title, words.section) },
    { name: 'description', content: words.description(page.officialName) },
    ...translationLinks(pathOf(page), language, origin),
    { 'script:ld+json': asGovernmentOffice(page, origin) },
  ]
}

/** The page of a service: where it is, when it receives, what to bring. What it wrote itself is in French. */
export function ServicePage({ page, language, draft = false }: Props) {
  const words = serviceWords[language]
  const department = departmentLabel(page.departmentCode)
  const own = inFrench(language)
  return (
    <Page
      trail={[
        { to: '/preparer-ma-convocation', label: words.section },
        { to: `/preparer-ma-convocation/departements/${page.departmentCode}`, label: department },
      ]}
      here={page.title}
    >
      <div className="msj-stack-s">
        {draft ? <DraftNote /> : <Languages path={pathOf(page)} language={language} />}
        {words.unofficial && <Alert kind="info" title={words.unofficial} />}
        <h1 {...own}>{page.title}</h1>
        <p className="msj-lead">
          {page.officialName !== page.title && (
            <>
              <span {...own}>{page.officialName}</span>.{' '}
            </>
          )}
          {words.purpose[page.kind]}
        </p>
      </div>
      <div className="msj-two msj-below">
        <div className="msj-stack">
          {page.notice && (
            <div {...own}>
              <Alert kind="warning" title={page.notice} />
            </div>
          )}
          {page.needsChecking && (
            <Alert kind="info" title={words.checking.title}>
              <p>{words.checking.text}</p>
            </Alert>
          )}
          <Facts page={page} words={words} own={own} />
          <Photo page={page} words={words} own={own} />
          <Alert kind="warning" title={words.absence.title}>
            {page.absence ? (
              <div {...own}>
                <Paragraphs of={page.absence.split('\n')} />
              </div>
            ) : (
              <Paragraphs of={words.absence.paragraphs} />
            )}
            <p className="msj-screen">
              <a href={`/contact/je-ne-peux-pas-venir/${page.slug}`}>{words.absence.link}</a>
            </p>
          </Alert>
          <Preparation page={page} words={words} own={own} />
          <Partners page={page} words={words} own={own} />
        </div>
        <aside className="msj-stack" aria-label={words.aside}>
          <PaperPrevails words={words.paperPrevails} />
          {page.checkedAt && (
            <p className="msj-small">{words.checkedOn(civilOf(page.checkedAt, page.timeZone).date)}</p>
          )}
          <p className="msj-small msj-screen">
            <a href={pathIn(language, '/comprendre-ma-convocation')}>{words.understandSummons}</a>
          </p>
          <p className="msj-small msj-screen">
            <a href={`/preparer-ma-convocation/departements/${page.departmentCode}`}>
              {words.otherServices}&nbsp;: <span {...own}>{department}</span>
            </a>
          </p>
        </aside>
      </div>
      <PageVote words={words.votes} />
    </Page>
  )
}

interface Part {
  page: PublicPageView
  words: ServiceWords
  /** Of what is in French on a page that is not. */
  own: ReturnType<typeof inFrench>
}

const Paragraphs = ({ of }: { of: readonly string[] }) =>
  of.filter((line) => line.trim() !== '').map((line) => <p key={line}>{line}</p>)

function Preparation({ page, words, own }: Part) {
  const { kind } = page
  const papers = page.papers?.split('\n').filter((line) => line.trim() !== '')
  const meeting = words.meeting[kind]
  return (
    <section className="msj-stack-s">
      <h2>{words.prepare}</h2>
      <div className="msj-questions">
        <Accordion title={words.papers.title} open>
          <ul className="msj-list" {...(papers && own)}>
            {(papers ?? words.papers.of[kind]).map((paper) => (
              <li key={paper}>{paper}</li>
            ))}
          </ul>
          <p className="msj-small">{words.papers.missing}</p>
        </Accordion>
        <Accordion title={meeting.question}>
          {page.meeting ? (
            <div {...own}>
              <Paragraphs of={page.meeting.split('\n')} />
            </div>
          ) : (
            <Paragraphs of={meeting.answer} />
          )}
        </Accordion>
        {words.questions[kind].map(({ question, answer }) => (
          <Accordion title={question} key={question}>
            <Paragraphs of={answer} />
          </Accordion>
        ))}
      </div>
    </section>
  )
}

function Photo({ page: { photo }, words, own }: Part) {
  if (!photo) return null
  return (
    <figure className="msj-photo">
      <img
        src={photo.address}
        width={photo.width}
        height={photo.height}
        alt={photo.alternative}
        loading="lazy"
        decoding="async"
        {...own}
      />
      {photo.credit && <figcaption className="msj-small">{words.photoBy(photo.credit)}</figcaption>}
    </figure>
  )
}

function Partners({ page: { partners }, words: { partners: words }, own }: Part) {
  if (partners.length === 0) return null
  return (
    <section className="msj-stack-s msj-screen" id="aide">
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      <div>
        {partners.map(({ theme, partners: some }) => (
          <Accordion title={words.theme[theme]} key={theme}>
            <PartnerList partners={some} words={words} own={own} level={4} />
          </Accordion>
        ))}
      </div>
    </section>
  )
}

function Facts({ page, words, own }: Part) {
  const { phone, email, hours, addressLine, postalCode, cityName } = page
  const told: readonly (readonly [icon: IconName, name: string, text: string | null])[] = [
    ['door', words.security, page.security],
    ['bus', words.transport, page.transport],
    ['car', words.parking, page.parking],
    ['wheelchair', words.wheelchair, page.accessibility],
  ]
  return (
    <div className="msj-facts">
      <Fact icon="place">
        {addressLine ? (
          <p {...own}>
            <b>{addressLine}</b> {postalCode} {cityName}
          </p>
        ) : (
          <p>{words.addressOnPaper}</p>
        )}
        {page.reception && (
          <p className="msj-small" {...own}>
            {page.reception}
          </p>
        )}
      </Fact>
      {phone && (
        <p className="msj-paper">
          {words.phone}&nbsp;: {formatPhone(phone)}
        </p>
      )}
      {(phone || addressLine) && (
        <div className="fr-btns-group msj-screen">
          {phone && (
            <a className="fr-btn" href={`tel:${phone}`}>
              <Icon name="phone" />
              <span>
                {words.call}{' '}
                <span className="msj-nowrap" dir="ltr">
                  {formatPhone(phone)}
                </span>
              </span>
            </a>
          )}
          {addressLine && (
            <a className="fr-btn fr-btn--secondary" href={itinerary(page)} rel="noopener external noreferrer">
              <Icon name="compass" />
              <span>
                {words.itinerary.label}
                <span className="fr-sr-only">{words.itinerary.to(page.title)}</span>
              </span>
            </a>
          )}
        </div>
      )}
      {page.phoneHours && (
        <Fact icon="phone">
          <p>
            <b>{words.phoneHours}</b> <span {...own}>{page.phoneHours}</span>
          </p>
        </Fact>
      )}
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
            <b>{words.opening(hours.now)}</b>
          </p>
          <dl className="msj-hours">
            {hours.week.map((line) => (
              <div key={line.from}>
                <dt>{words.days(line)}</dt>
                <dd>{words.ranges(line.ranges)}</dd>
              </div>
            ))}
          </dl>
          {hours.closures.map((closure) => (
            <p className="msj-small" key={closure.from}>
              {words.closed(closure)}
            </p>
          ))}
          {page.timeZone !== 'Europe/Paris' && cityName && (
            <p className="msj-small">{words.hourOf(cityName)}</p>
          )}
        </Fact>
      )}
      {told.map(
        ([icon, name, text]) =>
          text && (
            <Fact icon={icon} key={name}>
              <p>
                <b>{name}</b>{' '}
                <span className="msj-lines" {...own}>
                  {text}
                </span>
              </p>
            </Fact>
          ),
      )}
    </div>
  )
}

/** A link, never an image of a map: no other host is called. */
function itinerary({ latitude, longitude, addressLine, postalCode, cityName }: PublicPageView): string {
  if (latitude !== null && longitude !== null)
    return `https://www.openstreetmap.org/directions?to=${latitude}%2C${longitude}`
  const place = [addressLine, [postalCode, cityName].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  return `https://www.openstreetmap.org/search?query=${encodeURIComponent(place)}`
}

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

function asGovernmentOffice(page: PublicPageView, origin: string) {
  const { latitude, longitude } = page
  return {
    '@context': 'https://schema.org',
    '@type': 'GovernmentOffice',
    name: page.title,
    description: kindNames[page.kind],
    url: origin + pathOf(page),
    ...(page.addressLine && {
      address: {
        '@type': 'PostalAddress',
        streetAddress: page.addressLine,
        ...(page.postalCode && { postalCode: page.postalCode }),
        ...(page.cityName && { addressLocality: page.cityName }),
        addressCountry: 'FR',
      },
    }),
    ...(page.phone && { telephone: page.phone }),
    ...(page.photo && { image: origin + page.photo.address }),
    ...(latitude !== null &&
      longitude !== null && { geo: { '@type': 'GeoCoordinates', latitude, longitude } }),
    ...(page.hours && {
      openingHoursSpecification: page.hours.week.flatMap(({ from, to, ranges }) =>
        ranges.map((range) => ({
          '@type': 'OpeningHoursSpecification',
          dayOfWeek: days.slice(from - 1, to),
          opens: range.from,
          closes: range.to,
        })),
      ),
    }),
  }
}
