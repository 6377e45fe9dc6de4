import type { RefusalCode } from '../refusal-sentences'
import type { ContentState } from './schema'
import type { PageTree, UsefulNumber } from './tree'

/** The pages of the site that are not data, by their address, in the order of the site plan. */
export const fixedPages = [
  { path: '/', label: 'Accueil' },
  { path: '/preparer-ma-convocation', label: 'Préparer ma convocation' },
  { path: '/contact', label: 'Contact' },
  { path: '/contact/je-ne-peux-pas-venir', label: 'Je ne peux pas venir' },
  { path: '/agents/deployer', label: 'Demande de déploiement' },
  { path: '/agents/formation', label: 'Demande de formation' },
  { path: '/agents/connexion', label: 'Connexion des agents' },
  { path: '/agents/mot-de-passe-oublie', label: 'Mot de passe oublié' },
  { path: '/accessibilite', label: 'Accessibilité' },
  { path: '/mentions-legales', label: 'Mentions légales' },
  { path: '/donnees-personnelles', label: 'Données personnelles' },
  { path: '/gestion-des-cookies', label: 'Gestion des cookies' },
  { path: '/plan-du-site', label: 'Plan du site' },
] as const

/** The page whose useful numbers stand at the foot of all the others. */
export const numbersPath = '/numeros-utiles'

/** Addresses that other parts of the site answer, with all that is below them. */
const reserved = [
  ...fixedPages.map(({ path }) => path).filter((path) => path !== '/'),
  ...[
    '/admin',
    '/apercu',
    '/api',
    '/ar',
    '/assets',
    '/avis',
    '/boite-d-envoi',
    '/calendrier',
    '/dsfr',
    '/en',
  ],
  ...['/espace', '/metrics', '/recepisses', '/recherche', '/s', '/statistiques', '/stop'],
  ...['charte', 'deconnexion', 'invitation', 'reinitialisation'].map((door) => `/agents/${door}`),
]

/** Why no page may be at this address. */
export function whyNotPath(path: string): RefusalCode | null {
  return reserved.some((taken) => path === taken || path.startsWith(`${taken}/`))
    ? 'content_page.path_reserved'
    : null
}

export const whyNotArchived = ({
  path,
  state,
}: {
  path: string
  state: ContentState
}): RefusalCode | null => {
  if (state !== 'published') return 'content_page.not_published'
  return path === numbersPath ? 'content_page.feeds_every_page' : null
}

export const whyNotChecked = ({ state }: { state: ContentState }): RefusalCode | null =>
  state === 'published' ? null : 'content_page.not_published'

// ————— Where a page is among the others —————

export interface Placed {
  path: string
  order: number
}

/** The nearest page above: `/a/b/c` may be under `/a` when nothing is at `/a/b`. */
export function above<Page extends Placed>(path: string, pages: readonly Page[]): Page | undefined {
  return pages
    .filter((page) => path.startsWith(`${page.path}/`))
    .toSorted((one, other) => other.path.length - one.path.length)[0]
}

/** From the first page above to the nearest. */
export function trailOf<Page extends Placed>(path: string, pages: readonly Page[]): Page[] {
  return pages
    .filter((page) => path.startsWith(`${page.path}/`))
    .toSorted((one, other) => one.path.length - other.path.length)
}

/** The pages right below one, in their order. */
export const below = <Page extends Placed>(path: string, pages: readonly Page[]): Page[] =>
  pages
    .filter((page) => above(page.path, pages)?.path === path)
    .toSorted((one, other) => one.order - other.order || (one.path < other.path ? -1 : 1))

/** The pages before and after one, among those that are below the same page. */
export function beside<Page extends Placed>(
  path: string,
  pages: readonly Page[],
): { previous: Page | null; next: Page | null } {
  const parent = above(path, pages)
  const siblings = parent ? below(parent.path, pages) : []
  const at = siblings.findIndex((page) => page.path === path)
  return { previous: siblings[at - 1] ?? null, next: siblings[at + 1] ?? null }
}

/** The useful numbers of a text, wherever they stand. */
export const numbersIn = ({ opening, sections }: PageTree): UsefulNumber[] =>
  [
    ...opening,
    ...sections.flatMap(({ blocks, parts }) => [...blocks, ...parts.flatMap((part) => part.blocks)]),
  ].flatMap((block) => (block.kind === 'numbers' ? block.numbers : []))

/** An address as pages have it: small letters, no last slash. */
export const plainPath = (path: string): string => path.toLowerCase().replace(/(?<=.)\/+$/, '')
