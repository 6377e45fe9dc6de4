import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { pagePhoto } from '../../resources/public-page/queries/public.server'
import { visit, visitor } from '../door.server'

/** The photo of a service. Another photo has another address: kept for ever. */
export async function loader({ params: { file = '' } }: LoaderFunctionArgs) {
  const [, pageId, digest] = /^(\d{1,10})-([0-9a-f]{16})\.webp$/.exec(file) ?? []
  if (!pageId || !digest) throw data(null, 404)
  const image = await visit(visitor, (ctx) => pagePhoto(ctx, { pageId, digest }))
  return new Response(new Uint8Array(image), {
    headers: { 'Content-Type': 'image/webp', 'Cache-Control': 'public, max-age=31536000, immutable' },
  })
}
