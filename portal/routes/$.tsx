import { data, redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageAt } from '../../resources/content-page/queries/public.server'
import { serviceWords } from '../../resources/public-page/languages'
import { legacyTarget } from '../../resources/public-page/queries/public.server'
import { env } from '../../resources/shared/env.server'
import { publicHeaders } from '../caching'
import { ContentPage } from '../components/content/content-page'
import { metaOf } from '../components/content/meta'
import { PageVote } from '../components/page-vote'
import { visit, visitor } from '../door.server'

export const headers = publicHeaders

/** Every address that no other page answers: a page of information, an old address that leads to another for ever. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { pathname, search } = new URL(request.url)
  const found = await visit(visitor, (ctx) => pageAt(ctx, { path: pathname }))
  if (found && found.path !== pathname) throw moved(found.path + search)
  if (found?.page) return { page: found.page, origin: env.PUBLIC_URL }
  if (found)
    throw data(
      {
        title: 'Cette page n’est plus en ligne',
        text: `La page «\u00a0${found.title}\u00a0» a été retirée. Cherchez dans le plan du site, ou depuis l’accueil.`,
      },
      410,
    )
  const target = await visit(visitor, (ctx) => legacyTarget(ctx, { path: pathname }))
  if (!target) throw data(null, 404)
  throw moved(target + (search && target.includes('?') ? search.replace('?', '&') : search))
}

const moved = (to: string) =>
  redirect(to, { status: 301, headers: { 'Cache-Control': 'public, max-age=86400' } })

export const meta: MetaFunction<typeof loader> = ({ data: found }) =>
  found ? metaOf(found.page, found.origin) : []

export default function Information() {
  const { page } = useLoaderData<typeof loader>()
  return (
    <ContentPage page={page}>
      <PageVote words={serviceWords[page.language].votes} />
    </ContentPage>
  )
}
