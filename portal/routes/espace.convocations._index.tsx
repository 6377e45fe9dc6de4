import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ownAppointments } from '../../resources/probationer-space/queries/mine.server'
import { OwnList } from '../components/own-appointment'
import { SpacePage, spaceTitle } from '../components/space-page'
import { visit } from '../door.server'
import { personHere } from '../space.server'

export const handle = { scripts: true, space: true }

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const [year, after] = ['annee', 'apres'].map((name) => searchParams.get(name) ?? undefined)
  return visit(personHere(context, request), (ctx) => ownAppointments(ctx, { year, after }))
}

export const meta: MetaFunction = () => [
  { title: spaceTitle('Tous mes rendez-vous') },
  { name: 'robots', content: 'noindex' },
]

export default function Appointments() {
  const { year, years, isFirst, next, ...lists } = useLoaderData<typeof loader>()
  const shown = [
    ['À venir', lists.toCome],
    ['Passés', lists.past],
    ['Annulés', lists.off],
  ] as const
  const ofYear = year === null ? '' : `annee=${year}`
  return (
    <SpacePage>
      <div className="msj-narrow msj-stack">
        <h1>Tous mes rendez-vous</h1>
        {years.length === 0 && <p>Vous n’avez pas encore de rendez-vous.</p>}
        {years.length > 1 && (
          <nav aria-label="Par année">
            <ul className="msj-inline">
              <li>
                <a href="/espace/convocations" aria-current={year === null ? 'page' : undefined}>
                  Toutes
                </a>
              </li>
              {years.map((one) => (
                <li key={one}>
                  <a
                    href={`/espace/convocations?annee=${one}`}
                    aria-current={one === year ? 'page' : undefined}
                  >
                    {one}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        {shown.map(
          ([title, list]) =>
            list.length > 0 && (
              <section className="msj-stack-s" key={title}>
                <h2>{title}</h2>
                <OwnList list={list} />
              </section>
            ),
        )}
        {(!isFirst || next !== null) && (
          <nav aria-label="Pages">
            <ul className="msj-inline">
              {!isFirst && (
                <li>
                  <a href={`/espace/convocations${ofYear && `?${ofYear}`}`}>Revenir aux plus récents</a>
                </li>
              )}
              {next !== null && (
                <li>
                  <a href={`/espace/convocations?${ofYear && `${ofYear}&`}apres=${next}`}>
                    Rendez-vous plus anciens
                  </a>
                </li>
              )}
            </ul>
          </nav>
        )}
        {years.length > 0 && (
          <p>
            <a href="/espace/convocations.ics">Ajouter tous mes rendez-vous à mon agenda</a>
          </p>
        )}
      </div>
    </SpacePage>
  )
}
