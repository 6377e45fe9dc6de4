import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { publicPagePreview } from '../../resources/public-page/queries/public.server'
import { pageTitle } from '../components/page'
import { ServicePage } from '../components/service-page'
import { visit, visitor } from '../door.server'

/** The page of a service before it is published: for whoever was given its link, kept by nobody. */
export async function loader({ params: { token = '' } }: LoaderFunctionArgs) {
  return visit(visitor, (ctx) => publicPagePreview(ctx, { token }))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  page ? [{ title: pageTitle('Aperçu', page.title) }, { name: 'robots', content: 'noindex' }] : []

export default function Preview() {
  return <ServicePage page={useLoaderData<typeof loader>()} language="fr" draft />
}
