import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { publicHeaders } from '../caching'
import { ServicePage, serviceMeta } from '../components/service-page'
import { serviceAt } from '../service.server'

export const headers = publicHeaders

export const loader = ({ params: { slug = '' } }: LoaderFunctionArgs) => serviceAt(slug, 'fr')

export const meta: MetaFunction<typeof loader> = ({ data: shown }) =>
  shown ? serviceMeta(shown, shown.origin) : []

export default function Service() {
  return <ServicePage {...useLoaderData<typeof loader>()} />
}
