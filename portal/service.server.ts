import { data, redirect } from '@remix-run/node'
import { publicPage } from '../resources/public-page/queries/public.server'
import { env } from '../resources/shared/env.server'
import { pathIn, type Language } from '../resources/shared/language'
import { visit, visitor } from './door.server'

/** The page of a service in a language; where it went, or that it closed. */
export async function serviceAt(slug: string, language: Language) {
  const page = await visit(visitor, (ctx) => publicPage(ctx, { slug }))
  const { successor } = page
  if (page.isClosed && page.closing === 'moved' && successor)
    throw redirect(pathIn(language, `/preparer-ma-convocation/${successor.slug}`), {
      status: 301,
      // It may open again.
      headers: { 'Cache-Control': 'public, max-age=3600' },
    })
  if (page.isClosed)
    throw data(
      {
        title: 'Ce service a fermé ou déménagé',
        text: successor
          ? `${page.title} ne reçoit plus. Le service qui le remplace\u00a0: ${successor.title}.`
          : `${page.title} ne reçoit plus. Regardez la dernière convocation papier que vous avez reçue, ou cherchez le service.`,
        ...(successor && {
          way: { to: `/preparer-ma-convocation/${successor.slug}`, label: successor.title },
        }),
      },
      410,
    )
  return { page, language, origin: env.PUBLIC_URL }
}
