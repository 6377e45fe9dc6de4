import type { MetaDescriptor } from '@remix-run/node'
import type { ContentPageView } from '../../../resources/content-page/queries/public.server'
import { linesOf, textOf } from '../../../resources/content-page/tree'
import { frenchPath } from '../../../resources/shared/language'
import { translationLinks } from '../languages'
import { pageTitle } from '../page'

/** Longer, results of a search cut it. */
const longestTitle = 70

/** What robots and results of a search read of a page: its names, its one address, where it is, its questions. */
export function metaOf(page: ContentPageView, origin: string): MetaDescriptor[] {
  const { title, shortTitle, description, path, trail, layout, tree } = page
  const whole = pageTitle(title)
  const short = pageTitle(shortTitle, ...trail.slice(0, 1).map((above) => above.shortTitle))
  const questions = layout === 'faq' ? tree.sections.flatMap(({ parts }) => parts) : []
  return [
    { title: whole.length <= longestTitle ? whole : short },
    { name: 'description', content: description },
    ...(page.languages.length > 1
      ? translationLinks(frenchPath(path), page.language, origin, page.languages)
      : [{ tagName: 'link' as const, rel: 'canonical', href: origin + path }]),
    { property: 'og:title', content: title },
    { property: 'og:description', content: description },
    { property: 'og:url', content: origin + path },
    {
      'script:ld+json': {
        '@context': 'https://schema.org',
        '@type': 'BreadcrumbList',
        itemListElement: [{ path: '/', shortTitle: 'Accueil' }, ...trail, { path, shortTitle }].map(
          (step, rank) => ({
            '@type': 'ListItem',
            position: rank + 1,
            name: step.shortTitle,
            item: origin + step.path,
          }),
        ),
      },
    },
    ...(questions.length > 0
      ? [
          {
            'script:ld+json': {
              '@context': 'https://schema.org',
              '@type': 'FAQPage',
              mainEntity: questions.map((question) => ({
                '@type': 'Question',
                name: textOf(question.title),
                acceptedAnswer: { '@type': 'Answer', text: linesOf(question.blocks).join('\n') },
              })),
            },
          },
        ]
      : []),
  ]
}
