import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { previewOfPage } from '../../resources/content-page/queries/public.server'
import { ContentPage } from '../components/content/content-page'
import { pageTitle } from '../components/page'
import { visit, visitor } from '../door.server'

/** A page that is being written, as it will be: for whoever was given its link, kept by nobody. */
export async function loader({ params: { token = '' } }: LoaderFunctionArgs) {
  return visit(visitor, (ctx) => previewOfPage(ctx, { token }))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  page ? [{ title: pageTitle('Aperçu', page.title) }, { name: 'robots', content: 'noindex' }] : []

export default function Preview() {
  return <ContentPage page={useLoaderData<typeof loader>()} draft />
}
