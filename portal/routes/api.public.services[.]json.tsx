import { kindNames } from '../../resources/public-page/fr'
import { locatedServices } from '../../resources/public-page/queries/public.server'
import type { PublicService } from '../../resources/public-page/schema'
import { env } from '../../resources/shared/env.server'
import { publicHeaders } from '../caching'
import { visit, visitor } from '../door.server'

/** The services that have a page, as data that others may take up: what their pages say, and where they or their towns are. */
export async function loader() {
  const services = await visit(visitor, (ctx) => locatedServices(ctx, {}))
  return Response.json(
    services.map(({ slug, ...card }): PublicService => ({
      ...card,
      kindName: kindNames[card.kind],
      page: `${env.PUBLIC_URL}/preparer-ma-convocation/${slug}`,
    })),
    { headers: { ...publicHeaders(), 'Access-Control-Allow-Origin': '*' } },
  )
}
