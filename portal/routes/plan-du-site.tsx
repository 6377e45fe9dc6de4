import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { departmentLabel } from '../../resources/city/departments'
import { publishedPages } from '../../resources/content-page/queries/public.server'
import { above, below, fixedPages } from '../../resources/content-page/rules'
import { languageOf, languageWords } from '../../resources/shared/language'
import { allServices } from '../../resources/public-page/queries/public.server'
import { publicHeaders } from '../caching'
import { LegalPage } from '../components/legal-page'
import { pageTitle } from '../components/page'
import { visit, visitor } from '../door.server'

export const headers = publicHeaders

export const meta: MetaFunction = () => [
  { title: pageTitle('Plan du site') },
  { name: 'description', content: 'Toutes les pages du site, et la page de chaque service.' },
]

export async function loader() {
  return visit(visitor, async (ctx) => {
    const [services, pages] = await Promise.all([allServices(ctx), publishedPages(ctx, {})])
    return { services, pages: pages.map(({ path, order, shortTitle }) => ({ path, order, shortTitle })) }
  })
}

interface Listed {
  path: string
  order: number
  shortTitle: string
}

/** Pages, and under each those that are below it. */
function Branch({ of, among }: { of: readonly Listed[]; among: readonly Listed[] }) {
  return (
    <ul className="msj-list">
      {of.map(({ path, shortTitle }) => {
        const under = below(path, among)
        return (
          <li key={path}>
            <a href={path}>{shortTitle}</a>
            {under.length > 0 && <Branch of={under} among={among} />}
          </li>
        )
      })}
    </ul>
  )
}

export default function SiteMap() {
  const { services, pages } = useLoaderData<typeof loader>()
  const translated = pages.filter(({ path }) => languageOf(path) !== 'fr')
  const first = pages.filter((page) => !translated.includes(page) && !above(page.path, pages))
  const codes = [...new Set(services.map(({ departmentCode }) => departmentCode))]
  return (
    <LegalPage title="Plan du site">
      <ul className="msj-list">
        {fixedPages.map(({ path, label }) => (
          <li key={path}>
            <a href={path}>{label}</a>
          </li>
        ))}
      </ul>
      {first.length > 0 && (
        <section className="msj-stack-s">
          <h2>Informations</h2>
          <Branch of={first} among={pages} />
        </section>
      )}
      {translated.length > 0 && (
        <section className="msj-stack-s">
          <h2>Autres langues</h2>
          <ul className="msj-list">
            {translated.map(({ path, shortTitle }) => {
              const language = languageOf(path)
              return (
                <li key={path}>
                  <a href={path} lang={language} hrefLang={language} dir={languageWords[language].direction}>
                    {shortTitle}
                  </a>
                </li>
              )
            })}
          </ul>
        </section>
      )}
      {codes.length > 0 && (
        <section className="msj-stack-s">
          <h2>Pages des services</h2>
          {codes.map((code) => (
            <div className="msj-stack-s" key={code}>
              <h3>
                <a href={`/preparer-ma-convocation/departements/${code}`}>{departmentLabel(code)}</a>
              </h3>
              <ul className="msj-list">
                {services
                  .filter(({ departmentCode }) => departmentCode === code)
                  .map(({ slug, title }) => (
                    <li key={slug}>
                      <a href={`/preparer-ma-convocation/${slug}`}>{title}</a>
                    </li>
                  ))}
              </ul>
            </div>
          ))}
        </section>
      )}
    </LegalPage>
  )
}
