import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { departmentLabel } from '../../resources/city/departments'
import { partnersOfDepartment } from '../../resources/partner/queries.server'
import { byTheme } from '../../resources/partner/rules'
import { serviceWords } from '../../resources/public-page/languages'
import { servicesOfDepartment } from '../../resources/public-page/queries/public.server'
import { publicHeaders } from '../caching'
import { Accordion } from '../components/accordion'
import { Page, pageTitle } from '../components/page'
import { PageVote } from '../components/page-vote'
import { PartnerList } from '../components/partner-list'
import { ServiceCards } from '../components/service-card'
import { visit, visitor } from '../door.server'

export const headers = publicHeaders

export async function loader({ params: { code = '' } }: LoaderFunctionArgs) {
  const found = await visit(visitor, async (ctx) => ({
    ...(await servicesOfDepartment(ctx, { code })),
    ...(await partnersOfDepartment(ctx, { code })),
  }))
  const { code: exact } = found.department
  if (code !== exact) throw redirect(`/investir-ma-reinsertion/departements/${exact}`, 301)
  return found
}

const section = 'Investir ma réinsertion'

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? [
        { title: pageTitle(departmentLabel(data.department.code), section) },
        {
          name: 'description',
          content: `Travail, logement, santé, droits\u00a0: qui peut vous aider dans le département ${data.department.name}.`,
        },
      ]
    : []

/** Who helps in a département, theme by theme; every theme is one touch away, and each is a place of the page. */
export default function ReinsertionOfDepartment() {
  const { department, partners, services } = useLoaderData<typeof loader>()
  const label = departmentLabel(department.code)
  const themes = byTheme(partners)
  const { partners: words } = serviceWords.fr
  return (
    <Page
      trail={[
        { to: '/investir-ma-reinsertion', label: section },
        { to: '/investir-ma-reinsertion/departements', label: 'Près de chez moi' },
      ]}
      here={label}
    >
      <div className="msj-stack">
        <div className="msj-stack-s msj-read">
          <h1>Qui peut m’aider&nbsp;: {label}</h1>
          <p className="msj-lead">
            {themes.length > 0
              ? 'Ces organismes sont indiqués par les services qui suivent les peines. Choisissez un sujet.'
              : 'Les services de ce département n’ont pas encore indiqué d’organisme ici. Demandez à votre conseiller.'}
          </p>
        </div>
        {themes.length > 0 && (
          <div>
            {themes.map(({ theme, partners: some }) => (
              <Accordion title={words.theme[theme]} level={2} id={theme} key={theme}>
                <PartnerList partners={some} words={words} level={3} />
              </Accordion>
            ))}
          </div>
        )}
        <p>
          <a href="/investir-ma-reinsertion">Les aides de toute la France, sujet par sujet</a>
        </p>
        {services.length > 0 && (
          <section className="msj-stack-s">
            <h2>Les services qui vous suivent</h2>
            <ServiceCards services={services} />
          </section>
        )}
      </div>
      <PageVote />
    </Page>
  )
}
