import type { LoaderFunctionArgs } from '@remix-run/node'
import { pagePhoto } from '../../resources/public-page/queries/public.server'
import { photoAddressInput } from '../../resources/public-page/schema'
import { visit, visitor } from '../door.server'

/** The photo of a service. Another photo has another address: kept for ever. */
export async function loader({ params: { file = '' } }: LoaderFunctionArgs) {
  const [, pageId, digest] = /^(\d+)-(\w+)\.webp$/.exec(file) ?? []
  const asked = photoAddressInput.safeParse({ pageId, digest })
  const image = asked.success ? await visit(visitor, (ctx) => pagePhoto(ctx, asked.data)) : null
  if (!image) return new Response(null, { status: 404 })
  return new Response(new Uint8Array(image), {
    headers: { 'Content-Type': 'image/webp', 'Cache-Control': 'public, max-age=31536000, immutable' },
  })
}
