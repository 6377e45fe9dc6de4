import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { departmentLabel } from '../../resources/city/departments'
import { searchPages } from '../../resources/content-page/queries/search.server'
import { findPartners } from '../../resources/partner/queries.server'
import { findServices } from '../../resources/public-page/queries/public.server'
import { cut } from '../../resources/shared/cut'
import { count } from '../../resources/shared/french'
import { publicHeaders } from '../caching'
import { Tiles } from '../components/content/tiles'
import { Hint } from '../components/form'
import { Icon } from '../components/icon'
import { Page, pageTitle } from '../components/page'
import { PaperPrevails } from '../components/paper-prevails'
import { ServiceCards } from '../components/service-card'
import { visit, visitor } from '../door.server'

export const headers = publicHeaders

const section = 'Rechercher sur le site'
const servicesShown = 6

/** Pages of information, services whose name or town was typed, and who helps under that name. */
export async function loader({ request }: LoaderFunctionArgs) {
  const text = cut(new URL(request.url).searchParams.get('q') ?? '', 100).trim()
  if (!text) return { text, pages: null, services: [], partners: [] }
  return visit(visitor, async (ctx) => {
    const [pages, { groups, likely }, partners] = await Promise.all([
      searchPages(ctx, { text }),
      findServices(ctx, { text }),
      findPartners(ctx, { text }),
    ])
    // A town spelt almost so is no answer to "bracelet".
    const services = likely ? [] : groups.flatMap((group) => group.services)
    return { text, pages, services: services.slice(0, servicesShown), partners }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.pages ? pageTitle(`Recherche «\u00a0${data.text}\u00a0»`, section) : pageTitle(section) },
  { name: 'description', content: 'Chercher un mot dans toutes les pages de ce site, ou un service.' },
  ...(data?.pages ? [{ name: 'robots', content: 'noindex' }] : []),
]

export default function SearchTheSite() {
  const { text, pages, services, partners } = useLoaderData<typeof loader>()
  return (
    <Page here={section}>
      <div className="msj-stack">
        <h1>Rechercher sur le site</h1>
        <form className="fr-input-group" role="search" method="get">
          <label className="fr-label" htmlFor="mots">
            Un mot, une question ou un service
            <Hint>Exemples&nbsp;: bracelet, travail d’intérêt général, Nanterre.</Hint>
          </label>
          <div className="msj-search__line">
            <input
              className="fr-input"
              id="mots"
              type="search"
              name="q"
              defaultValue={text}
              maxLength={100}
            />
            <button className="fr-btn" type="submit">
              <Icon name="search" />
              Rechercher
            </button>
          </div>
        </form>
        {pages && <Found text={text} pages={pages} services={services} partners={partners} />}
        <PaperPrevails />
      </div>
    </Page>
  )
}

function Found({
  text,
  pages,
  services,
  partners,
}: Pick<ReturnType<typeof useLoaderData<typeof loader>>, 'text' | 'services' | 'partners'> & {
  pages: readonly { path: string; title: string; description: string }[]
}) {
  const found = pages.length + services.length + partners.length
  return (
    <section className="msj-stack-s" aria-labelledby="resultats">
      <h2 id="resultats">Résultats pour «&nbsp;{text}&nbsp;»</h2>
      <p role="status">{found > 0 ? `${count(found, 'résultat')}.` : 'Aucun résultat.'}</p>
      {services.length > 0 && (
        <>
          <h3>Services</h3>
          <ServiceCards services={services} level={4} />
        </>
      )}
      {partners.length > 0 && (
        <>
          <h3>Qui peut m’aider</h3>
          <ul className="msj-list">
            {partners.map(({ name, departmentCode }) => (
              <li key={name + departmentCode}>
                <a href={`/investir-ma-reinsertion/departements/${departmentCode}`}>
                  {name}, {departmentLabel(departmentCode)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      {pages.length > 0 && (
        <>
          <h3>Pages du site</h3>
          <Tiles
            of={pages.map(({ path, title, description }) => ({
              to: path,
              title,
              about: [{ kind: 'text', text: description }],
            }))}
            level={4}
          />
        </>
      )}
      {found === 0 && (
        <p>
          Essayez un mot plus simple, ou un seul mot. Vous pouvez aussi{' '}
          <a href={`/preparer-ma-convocation?q=${encodeURIComponent(text)}`}>chercher un service</a>, ouvrir
          le <a href="/plan-du-site">plan du site</a> ou <a href="/contact">nous écrire</a>.
        </p>
      )}
    </section>
  )
}
