import type { PageFault, FaultCode } from './parse'
import type { ContentState, Layout, LegalStatus } from './schema'

export const stateWords: Record<ContentState, { word: string; tone: 'ok' | 'warn' | 'off' }> = {
  draft: { word: 'Brouillon', tone: 'warn' },
  published: { word: 'En ligne', tone: 'ok' },
  archived: { word: 'Retirée', tone: 'off' },
}

export const layoutWords: Record<Layout, string> = {
  plain: 'Tout est ouvert',
  accordion: 'Chaque partie s’ouvre et se ferme',
  faq: 'Questions\u00a0: chacune s’ouvre et se ferme',
}

export const legalStatusWords: Record<LegalStatus, string> = {
  to_validate: 'Juridique, à valider par le ministère',
  validated: 'Juridique, validé',
  none: 'Sans contenu juridique',
}

/** The blocks that an editor may write, for the help beside the text. */
export const blockWords = [
  { mark: ':::bonne-pratique', means: 'bonne pratique, en vert' },
  { mark: ':::attention', means: 'mise en garde, en rouge' },
  { mark: ':::a-retenir', means: 'à retenir' },
  { mark: '::::ecrit-et-sens', means: 'ce qui est écrit, ce que ça veut dire' },
  { mark: ':::etapes', means: 'étapes, autour d’une liste numérotée' },
  { mark: ':::numeros', means: 'numéros utiles' },
  { mark: ':::cartes', means: 'liens avec une phrase' },
  { mark: ':::document', means: 'document à télécharger' },
] as const

const sentences: Record<FaultCode, string> = {
  empty_page: 'La page est vide\u00a0: écrivez au moins une phrase.',
  empty_block: 'Ce bloc est vide{found}\u00a0: écrivez ce qu’il dit, ou retirez-le.',
  empty_section: 'Rien n’est écrit sous le titre{found}.',
  unknown_block: 'Le bloc{found} n’existe pas. Après deux-points dans une phrase, laissez une espace.',
  misplaced_block: 'Le bloc{found} va dans un bloc «\u00a0ecrit-et-sens\u00a0».',
  stray_marks:
    'Ces deux-points ne sont pas compris{found}. Un bloc s’ouvre par «\u00a0:::attention\u00a0», sans espace, et se ferme par «\u00a0:::\u00a0» seul sur sa ligne.',
  pair_incomplete:
    'Ce bloc a besoin de deux blocs, «\u00a0ecrit\u00a0» puis «\u00a0sens\u00a0», et de rien d’autre. Il s’ouvre par quatre deux-points.',
  steps_without_list: 'Les étapes sont une liste numérotée, sans rien autour.',
  list_without_links: 'Ce bloc est une liste\u00a0: chaque ligne commence par un lien, suivi de sa phrase.',
  document_incomplete:
    'Un document a un titre, un format et un lien. Exemple\u00a0:\u00a0:::document{titre="Le guide" format="PDF"}',
  unknown_fact: 'Le chiffre{found} n’est pas dans la liste des chiffres de la page.',
  html: 'Le HTML n’est pas permis{found}\u00a0: utilisez les marques de mise en forme.',
  heading_level: 'Les titres d’une page ont deux niveaux, ## et ###{found}.',
  heading_order: 'Un titre ### vient après un titre ##{found}.',
  heading_in_block: 'Un titre ne va pas dans un bloc\u00a0: fermez d’abord le bloc par «\u00a0:::\u00a0».',
  link_kind:
    'Ce lien n’est pas permis{found}. Une adresse commence par «\u00a0/\u00a0», «\u00a0https://\u00a0», «\u00a0tel:\u00a0», «\u00a0sms:\u00a0» ou «\u00a0mailto:\u00a0».',
  vague_link: 'Ce lien ne dit pas où il mène{found}\u00a0: écrivez le nom de la page.',
  image: 'Une image est seule sur sa ligne{found}\u00a0: laissez une ligne vide avant et après.',
  unknown_image:
    'Cette image n’est pas l’une de celles du site{found}. Exemple\u00a0: /images/aide/convoquer.avif.',
  image_undescribed:
    'Cette image n’est pas décrite{found}\u00a0: entre les crochets, écrivez ce qu’elle montre.',
  formatting:
    'Cette mise en forme n’est pas permise\u00a0: gras, italique, listes, tableaux et liens le sont.',
  too_long: 'Ce texte est trop long\u00a0: {found} signes au plus.',
  too_deep: 'Ces blocs sont imbriqués trop profondément.',
}

/** What is wrong, in a sentence; the line is said beside it. */
export function faultSentence({ code, found }: PageFault): string {
  const said = code === 'too_long' ? found : found && ` «\u00a0${found}\u00a0»`
  return sentences[code].replace('{found}', said)
}

export const contentPageRefusals = {
  'content_page.faulty': 'Ligne {line}\u00a0: {fault}',
  'content_page.path_taken': 'Une page a déjà cette adresse.',
  'content_page.path_reserved': 'Cette adresse sert à une autre partie du site.',
  'content_page.title_taken': 'La page {path} a déjà ce titre.',
  'content_page.description_taken': 'La page {path} a déjà cette description.',
  'content_page.changed_meanwhile':
    'La page a changé entre-temps{by}. Ce que vous avez écrit est gardé ici\u00a0: comparez, puis recommencez.',
  'content_page.unchanged': 'Rien n’a changé depuis la dernière version.',
  'content_page.already_published': 'Cette version est déjà en ligne.',
  'content_page.not_published': 'Cette page n’est pas en ligne.',
  'content_page.has_pages_below':
    'Des pages en ligne sont sous celle-ci, par exemple {path}. Retirez-les d’abord.',
  'content_page.feeds_every_page':
    'Les numéros du pied des pages viennent de celle-ci\u00a0: modifiez-la plutôt que de la retirer.',
  'content_page.without_numbers':
    'Les numéros du pied des pages viennent de celle-ci\u00a0: gardez-y un bloc «\u00a0:::numeros\u00a0».',
}
