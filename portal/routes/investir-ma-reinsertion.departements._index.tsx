import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { departmentLabel, departments } from '../../resources/city/departments'
import { departmentsWithPartners } from '../../resources/partner/queries.server'
import { departmentInput } from '../../resources/public-page/schema'
import { publicHeaders } from '../caching'
import { Page, pageTitle } from '../components/page'
import { visit, visitor } from '../door.server'

export const headers = publicHeaders

/** The form leads to the page of the département: no script is needed to change page. */
export async function loader({ request }: LoaderFunctionArgs) {
  const asked = departmentInput.safeParse({
    code: new URL(request.url).searchParams.get('departement') ?? '',
  })
  if (asked.success) throw redirect(`/investir-ma-reinsertion/departements/${asked.data.code}`, 302)
  return { withPartners: await visit(visitor, (ctx) => departmentsWithPartners(ctx, {})) }
}

const regions = [...new Set(departments.map(({ region }) => region))].sort((a, b) => a.localeCompare(b, 'fr'))

const section = 'Investir ma réinsertion'
const here = 'Près de chez moi'

export const meta: MetaFunction = () => [
  { title: pageTitle(here, section) },
  {
    name: 'description',
    content:
      'Choisissez un département\u00a0: les organismes qui aident à trouver un travail, un logement, des soins.',
  },
]

export default function ReinsertionNearMe() {
  const { withPartners } = useLoaderData<typeof loader>()
  const known = departments.filter(({ code }) => withPartners.includes(code))
  return (
    <Page trail={[{ to: '/investir-ma-reinsertion', label: section }]} here={here}>
      <div className="msj-stack">
        <div className="msj-stack-s msj-read">
          <h1>Qui peut m’aider près de chez moi&nbsp;?</h1>
          <p className="msj-lead">
            Choisissez votre département&nbsp;: la page dit qui peut vous aider, sujet par sujet.
          </p>
        </div>
        <form className="fr-input-group" method="get">
          <label className="fr-label" htmlFor="departement">
            Votre département
          </label>
          <div className="msj-search__line">
            <select className="fr-input" id="departement" name="departement" defaultValue="" required>
              <option value="" disabled>
                Choisir dans la liste
              </option>
              {regions.map((region) => (
                <optgroup label={region} key={region}>
                  {departments
                    .filter((department) => department.region === region)
                    .map(({ code }) => (
                      <option value={code} key={code}>
                        {departmentLabel(code)}
                      </option>
                    ))}
                </optgroup>
              ))}
            </select>
            <button className="fr-btn" type="submit">
              Voir les organismes
            </button>
          </div>
        </form>
        {known.length > 0 && (
          <section className="msj-stack-s">
            <h2>Départements dont les services ont indiqué des organismes</h2>
            <ul className="msj-columns">
              {known.map(({ code }) => (
                <li key={code}>
                  <a href={`/investir-ma-reinsertion/departements/${code}`}>{departmentLabel(code)}</a>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Page>
  )
}
