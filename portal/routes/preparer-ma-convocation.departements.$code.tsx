import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { departmentLabel } from '../../resources/city/departments'
import { servicesOfDepartment } from '../../resources/public-page/queries/public.server'
import { publicHeaders } from '../caching'
import { NationalDirectory } from '../components/national-directory'
import { Page, pageTitle } from '../components/page'
import { PaperPrevails } from '../components/paper-prevails'
import { ServiceCards } from '../components/service-card'
import { ServiceSearch } from '../components/service-search'
import { visit, visitor } from '../door.server'

export const headers = publicHeaders

export async function loader({ params: { code = '' } }: LoaderFunctionArgs) {
  const found = await visit(visitor, (ctx) => servicesOfDepartment(ctx, { code }))
  const { code: exact } = found.department
  if (code !== exact) throw redirect(`/preparer-ma-convocation/departements/${exact}`, 301)
  return found
}

const section = 'Préparer ma convocation'

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? [
        { title: pageTitle(departmentLabel(data.department.code), section) },
        {
          name: 'description',
          content: `Tribunaux et SPIP\u00a0: ${data.department.name}. Adresses, horaires et téléphones.`,
        },
      ]
    : []

export default function DepartmentPage() {
  const { department, services, nearby } = useLoaderData<typeof loader>()
  const label = departmentLabel(department.code)
  return (
    <Page trail={[{ to: '/preparer-ma-convocation', label: section }]} here={label}>
      <div className="msj-stack">
        <div className="msj-stack-s msj-read">
          <h1>{label}</h1>
          {services.length > 0 ? (
            <p className="msj-lead">
              Choisissez le service qui vous convoque&nbsp;: son nom est écrit sur le papier.
            </p>
          ) : (
            <p className="msj-lead">
              Les services de ce département n’ont pas encore de page ici. Leur téléphone est écrit sur votre
              convocation. <NationalDirectory />
            </p>
          )}
        </div>
        {services.length > 0 && <ServiceCards services={services} level={2} />}
        {nearby.length > 0 && (
          <section className="msj-stack-s">
            <h2>Dans la même région&nbsp;: {department.region}</h2>
            <ServiceCards services={nearby} />
          </section>
        )}
        <ServiceSearch />
        <PaperPrevails />
      </div>
    </Page>
  )
}
