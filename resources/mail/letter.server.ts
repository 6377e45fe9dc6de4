import { darkTokens, tokens, type Token } from '../shared/design/tokens'
import { env } from '../shared/env.server'

/** A link, and the words that say what it opens. */
export interface Link {
  label: string
  url: string
}

/** A paragraph, a link on its own, or a list. */
export type Block = string | Link | readonly (string | Link)[]

/** What a mail says; never a name in its subject, which shows on locked screens. */
export interface Letter {
  subject: string
  /** Whom it greets; nobody by name in a shared mailbox. */
  firstName: string | null
  blocks: readonly Block[]
}

export const subjectOf = ({ subject }: Letter) => `[Mon Suivi Justice] ${subject}`

const isList = (block: Block): block is readonly (string | Link)[] => Array.isArray(block)

const contentOf = ({ firstName, blocks }: Letter): Block[] => [
  firstName ? `Bonjour ${firstName},` : 'Bonjour,',
  ...blocks,
  `Ne répondez pas à cet e-mail. Une question\u00a0? ${env.SUPPORT_EMAIL}`,
  'L’équipe Mon Suivi Justice',
]

/** The letter as text, for readers of mail that show nothing else. */
export function textOf(letter: Letter): string {
  const written = contentOf(letter).map((block) =>
    isList(block)
      ? block
          .map((item) => (typeof item === 'string' ? `- ${item}` : `- ${item.label}\u00a0: ${item.url}`))
          .join('\n')
      : typeof block === 'string'
        ? block
        : `${block.label}\u00a0:\n${block.url}`,
  )
  return `${written.join('\n\n')}\n`
}

const coloured = ({ brand }: Readonly<Partial<Record<Token, string>>>) =>
  `a { color: ${brand} } .bar { border-color: ${brand} }`

/**
 * The letter as HTML. It asks for nothing elsewhere: no image, no font. Its styles are within the tags, as readers of
 * mail want them, but for its only colour: one that reads no sheet keeps its own, which its dark screen knows.
 */
export function htmlOf(letter: Letter): string {
  const written = contentOf(letter).map((block) =>
    isList(block)
      ? `<ul>${block.map((item) => `<li>${typeof item === 'string' ? linked(item) : anchor(item.url, item.label)}</li>`).join('')}</ul>`
      : typeof block === 'string'
        ? `<p>${linked(block)}</p>`
        : `<p><strong>${anchor(block.url, block.label)}</strong><br><small>${escaped(block.url)}</small></p>`,
  )
  const title = escaped(letter.subject)
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
html { color-scheme: light dark }
${coloured(tokens)}
@media (prefers-color-scheme: dark) { ${coloured(darkTokens)} }
</style>
</head>
<body style="margin: 0; padding: 16px; font: 16px/1.5 Arial, sans-serif">
<main style="max-width: 36em; margin: 0 auto; overflow-wrap: anywhere">
<p class="bar" style="margin: 0; padding-top: 16px; border-top: 4px solid; font-weight: bold">Mon Suivi Justice</p>
<h1 style="font-size: 24px; line-height: 1.25">${title}</h1>
${written.join('\n')}
</main>
</body>
</html>
`
}

const anchor = (url: string, words: string) => `<a href="${escaped(url)}">${escaped(words)}</a>`

/** Words as HTML: lines stay lines, and an address can be touched. */
const linked = (text: string) =>
  text
    .split(/([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/)
    .map((piece, i) =>
      i % 2 === 1 ? anchor(`mailto:${piece}`, piece) : escaped(piece).replaceAll('\n', '<br>'),
    )
    .join('')

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign)
