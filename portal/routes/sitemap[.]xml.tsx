import { publishedPages } from '../../resources/content-page/queries/public.server'
import { fixedPages } from '../../resources/content-page/rules'
import { servicesOnline } from '../../resources/public-page/queries/public.server'
import { departmentsWithPartners } from '../../resources/partner/queries.server'
import { languages, pathIn } from '../../resources/shared/language'
import { env } from '../../resources/shared/env.server'
import { publicHeaders } from '../caching'
import { visit, visitor } from '../door.server'

/** Pages where only agents enter. */
const doors: readonly string[] = ['/agents/connexion', '/agents/mot-de-passe-oublie']

/** Every page that robots may read, with what changed it last where that is known. */
export async function loader() {
  const [pages, services, withPartners] = await visit(visitor, (ctx) =>
    Promise.all([publishedPages(ctx, {}), servicesOnline(ctx, {}), departmentsWithPartners(ctx, {})]),
  )
  const departments = [...new Set(services.map(({ departmentCode }) => departmentCode))]
  const addresses: { path: string; changedAt: Date | null }[] = [
    ...fixedPages.filter(({ path }) => !doors.includes(path)).map(({ path }) => ({ path, changedAt: null })),
    ...pages.map(({ path, changedAt }) => ({ path, changedAt })),
    ...departments.map((code) => ({
      path: `/preparer-ma-convocation/departements/${code}`,
      changedAt: null,
    })),
    ...withPartners.map((code) => ({
      path: `/investir-ma-reinsertion/departements/${code}`,
      changedAt: null,
    })),
    ...languages.flatMap((language) =>
      services.map(({ slug, checkedAt }) => ({
        path: pathIn(language, `/preparer-ma-convocation/${slug}`),
        changedAt: checkedAt,
      })),
    ),
  ]
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    // Our addresses hold letters, figures and hyphens: nothing that XML writes otherwise.
    ...addresses.map(({ path, changedAt }) => {
      const changed = changedAt ? `<lastmod>${changedAt.toISOString().slice(0, 10)}</lastmod>` : ''
      return `<url><loc>${env.PUBLIC_URL}${path}</loc>${changed}</url>`
    }),
    '</urlset>',
    '',
  ].join('\n')
  return new Response(text, {
    headers: { ...publicHeaders(), 'Content-Type': 'application/xml; charset=utf-8' },
  })
}
