import { allServices } from '../../resources/public-page/queries/public.server'
import { env } from '../../resources/shared/env.server'
import { publicHeaders } from '../caching'
import { visit, visitor } from '../door.server'

/** The services that have a page, as data that others may take up: what their pages say, nothing else. */
export async function loader() {
  const services = await visit(visitor, (ctx) => allServices(ctx))
  return Response.json(
    services.map(({ slug, ...card }) => ({
      ...card,
      page: `${env.PUBLIC_URL}/preparer-ma-convocation/${slug}`,
    })),
    { headers: { ...publicHeaders(), 'Access-Control-Allow-Origin': '*' } },
  )
}
