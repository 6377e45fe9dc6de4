import type { RefusalCode } from '../refusal-sentences'
import { fold } from '../shared/fold'
import { frenchPath } from '../shared/language'
import type { ContentState } from './schema'
import type { PageTree, UsefulNumber } from './tree'

/** The pages of the site that are not data, by their address, in the order of the site plan. */
export const fixedPages = [
  { path: '/', label: 'Accueil' },
  { path: '/preparer-ma-convocation', label: 'Préparer ma convocation' },
  { path: '/investir-ma-reinsertion/departements', label: 'Qui peut m’aider près de chez moi' },
  { path: '/recherche', label: 'Rechercher sur le site' },
  { path: '/statistiques', label: 'Statistiques' },
  { path: '/etat-du-service', label: 'État du service' },
  { path: '/contact', label: 'Contact' },
  { path: '/contact/je-ne-peux-pas-venir', label: 'Je ne peux pas venir' },
  { path: '/agents/deployer', label: 'Demande de déploiement' },
  { path: '/agents/formation', label: 'Demande de formation' },
  { path: '/agents/aide/documents/affiche', label: 'Affiche pour la salle d’attente' },
  { path: '/agents/aide/documents/depliant', label: 'Dépliant\u00a0: ma convocation et les SMS' },
  { path: '/agents/aide/documents/memo', label: 'Mémo\u00a0: convoquer en 45 secondes' },
  { path: '/agents/page-de-service', label: 'Demande de page pour un service' },
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
  ...['/admin', '/apercu', '/api', '/assets', '/avis', '/boite-d-envoi', '/calendrier', '/dsfr'],
  ...['/healthz', '/readyz'],
  ...['/espace', '/i', '/images', '/mdp', '/metrics', '/photos', '/recepisses', '/s', '/stop'],
  ...['/en', '/ar'].flatMap((language) => [`${language}/preparer-ma-convocation`, `${language}/stop`]),
  ...['charte', 'deconnexion', 'invitation', 'reinitialisation'].map((door) => `/agents/${door}`),
]

/** Why no page may be at this address. */
export function whyNotPath(path: string): RefusalCode | null {
  const french = frenchPath(path)
  return french === '/' ||
    reserved.some((taken) => [path, french].some((one) => one === taken || one.startsWith(`${taken}/`)))
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

// ————— Searching them —————

/** Words that every text holds, and that say nothing of what is looked for. */
const emptyWords = new Set(
  'a ai au aux ce ces comment d dans de des du elle en est et faire il ils j je l la le les leur ma mes mon n ne nous on ou par pas peux pour qu que quel quelle qui quoi s sa se ses si son sont suis sur ta te tes ton tu un une vos votre vous y'.split(
    ' ',
  ),
)

/** The words to look for in what was typed, without their plural: "mes obligations" looks for "obligation". */
export function wordsSought(text: string): string[] {
  const words = fold(text).split(' ').filter(Boolean)
  const telling = words.filter((word) => !emptyWords.has(word))
  const kept = telling.length > 0 ? telling : words
  return [...new Set(kept.map((word) => (word.length > 3 ? word.replace(/[sx]$/, '') : word)))]
}

/**
 * How well folded words answer what is looked for: each word must begin one of theirs, those of the title weigh most.
 * None is 0.
 */
export function likenessOf(
  words: readonly string[],
  folded: { title: string; text: string } | undefined,
): number {
  if (!folded) return 0
  const held = (text: string, word: string) => ` ${text}`.split(` ${word}`).length - 1
  const counts = words.map((word) => held(folded.text, word))
  if (counts.some((count) => count === 0)) return 0
  const named = words.filter((word) => held(folded.title, word) > 0).length
  return (
    named * 100 +
    Math.min(
      99,
      counts.reduce((sum, count) => sum + count, 0),
    )
  )
}

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

/** At its foot: what the public reads, unless its own text has numbers to call. */
export const wantsNumbers = (path: string, tree: PageTree): boolean =>
  !isForAgents({ path }) && numbersIn(tree).length === 0

/** What is written for agents, not for everybody. */
export const isForAgents = ({ path }: { path: string }): boolean =>
  path === '/agents' || path.startsWith('/agents/')

/** An address as pages have it: small letters, no last slash. */
export const plainPath = (path: string): string => path.toLowerCase().replace(/(?<=.)\/+$/, '')
