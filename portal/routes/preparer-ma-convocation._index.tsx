import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { departmentLabel, departments } from '../../resources/city/departments'
import { departmentsWithPages, findServices } from '../../resources/public-page/queries/public.server'
import { cut } from '../../resources/shared/cut'
import { count } from '../../resources/shared/french'
import { publicHeaders } from '../caching'
import { Accordion } from '../components/accordion'
import { NationalDirectory } from '../components/national-directory'
import { NearestServices } from '../components/nearest-services'
import { Page, pageTitle } from '../components/page'
import { PaperPrevails } from '../components/paper-prevails'
import { ServiceCards } from '../components/service-card'
import { ServiceSearch } from '../components/service-search'
import { visit, visitor } from '../door.server'

export const headers = publicHeaders
export const handle = { scripts: true }

export async function loader({ request }: LoaderFunctionArgs) {
  const text = cut(new URL(request.url).searchParams.get('q') ?? '', 100)
  return visit(visitor, async (ctx) => ({
    text,
    found: text.trim() ? await findServices(ctx, { text }) : null,
    withPages: await departmentsWithPages(ctx, {}),
  }))
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.found ? pageTitle(`Recherche «\u00a0${data.text}\u00a0»`, section) : pageTitle(section) },
  {
    name: 'description',
    content: 'L’adresse, les horaires et le téléphone de chaque tribunal et de chaque SPIP.',
  },
]

const section = 'Préparer ma convocation'

export default function PrepareMyAppointment() {
  const { text, found, withPages } = useLoaderData<typeof loader>()
  return (
    <Page here={section}>
      <div className="msj-stack">
        <div className="msj-stack-s msj-read">
          <h1>Préparer ma convocation</h1>
          <p className="msj-lead">
            Trouvez le service qui vous convoque&nbsp;: son nom est écrit sur le papier.
          </p>
        </div>
        <ServiceSearch text={text} />
        <NearestServices />
        {found && <Results text={text} found={found} />}
        {found ? (
          <Accordion title="Choisir dans la liste des départements">
            <Departments withPages={withPages} />
          </Accordion>
        ) : (
          <section className="msj-stack-s" id="departements" tabIndex={-1}>
            <h2>Choisir un département</h2>
            <Departments withPages={withPages} folded />
          </section>
        )}
        <PaperPrevails />
      </div>
    </Page>
  )
}

/** Those whose services have a page, then the others: their pages say whom to ask. */
function Departments({ withPages, folded = false }: { withPages: readonly string[]; folded?: boolean }) {
  const others = departments.filter(({ code }) => !withPages.includes(code))
  return (
    <div className="msj-stack-s">
      <DepartmentList codes={departments.filter(({ code }) => withPages.includes(code))} />
      {others.length > 0 && folded && (
        <Accordion title="Les départements dont les services n’ont pas encore de page ici">
          <DepartmentList codes={others} />
        </Accordion>
      )}
      {others.length > 0 && !folded && (
        <>
          <p>Les départements dont les services n’ont pas encore de page ici&nbsp;:</p>
          <DepartmentList codes={others} />
        </>
      )}
    </div>
  )
}

function DepartmentList({ codes }: { codes: readonly { code: string }[] }) {
  return (
    <ul className="msj-columns">
      {codes.map(({ code }) => (
        <li key={code}>
          <a href={`/preparer-ma-convocation/departements/${code}`}>{departmentLabel(code)}</a>
        </li>
      ))}
    </ul>
  )
}

/** "Nanterre – Hauts-de-Seine (92)" */
function placeLabel({
  department: { code },
  cityName,
}: Pick<Found['groups'][number], 'department' | 'cityName'>) {
  return cityName ? `${cityName} – ${departmentLabel(code)}` : departmentLabel(code)
}

type Found = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['found']>

function Results({ text, found: { groups, without, likely, suggestions } }: { text: string; found: Found }) {
  const services = groups.reduce((sum, group) => sum + group.services.length, 0)
  return (
    <section className="msj-stack-s" aria-labelledby="resultats">
      <h2 id="resultats">Résultats pour «&nbsp;{text}&nbsp;»</h2>
      {likely && (
        <p>
          Aucune commune ne s’écrit ainsi. Voici <strong>{likely.name}</strong>, dont le nom est le plus
          proche.
        </p>
      )}
      <p role="status">
        {services > 0
          ? `${count(services, 'service trouvé', 'services trouvés')}. Vérifiez sur votre convocation le nom de celui qui vous convoque.`
          : 'Aucun service trouvé.'}
      </p>
      {groups.map(({ department, cityName, services }) => (
        <div className="msj-stack-s" key={department.code}>
          <h3>{placeLabel({ department, cityName })}</h3>
          <ServiceCards services={services} level={4} />
        </div>
      ))}
      {without.length > 0 && (
        <div>
          <p>Pas encore de page ici pour&nbsp;:</p>
          <ul className="msj-list">
            {without.map((place) => (
              <li key={place.department.code}>{placeLabel(place)}</li>
            ))}
          </ul>
          <p>Le téléphone de leurs services est écrit sur la convocation.</p>
        </div>
      )}
      {suggestions.length > 0 && (
        <div>
          <p>{likely ? 'Ou bien vouliez-vous dire\u00a0:' : 'Vouliez-vous dire\u00a0:'}</p>
          <ul className="msj-list">
            {suggestions.map(({ name, departmentCode }) => (
              <li key={name + departmentCode}>
                <a href={`/preparer-ma-convocation?q=${encodeURIComponent(`${name} ${departmentCode}`)}`}>
                  {name} – {departmentLabel(departmentCode)}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {services === 0 && (
        <p>
          Écrivez le nom de votre ville ou de votre département, ou choisissez-le ci-dessous.{' '}
          <NationalDirectory />
        </p>
      )}
    </section>
  )
}
