import type { Image, Nodes, PhrasingContent, Root, RootContent, Table } from 'mdast'
import remarkDirective from 'remark-directive'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { fold } from '../shared/fold'
import { imageAt } from './images'
import { longest, type Fact } from './schema'
import {
  textOf,
  type Block,
  type CalloutTone,
  type Inline,
  type PageTree,
  type Question,
  type Section,
} from './tree'

/** What is wrong with a text, and where. `found` is said with it. */
export interface PageFault {
  code: FaultCode
  line: number
  found: string
}
export type FaultCode =
  | 'empty_page'
  | 'empty_block'
  | 'empty_section'
  | 'unknown_block'
  | 'misplaced_block'
  | 'stray_marks'
  | 'pair_incomplete'
  | 'steps_without_list'
  | 'list_without_links'
  | 'document_incomplete'
  | 'unknown_fact'
  | 'html'
  | 'heading_level'
  | 'heading_order'
  | 'heading_in_block'
  | 'link_kind'
  | 'vague_link'
  | 'image'
  | 'unknown_image'
  | 'image_undescribed'
  | 'formatting'
  | 'too_long'
  | 'too_deep'

/** An address of the site that the text leads to. */
export interface OwnLink {
  to: string
  line: number
}

export interface ParsedPage {
  tree: PageTree
  faults: PageFault[]
  links: OwnLink[]
}

const reader = unified().use(remarkParse).use(remarkGfm).use(remarkDirective)

const longestHeading = 120
const longestParagraph = 1_500
const longestLine = 4_000
const longestAlternative = 300
/** Deeper, a text is no page; and who reads it goes as deep. */
const deepest = 12

const callouts: Readonly<Record<string, CalloutTone>> = {
  'bonne-pratique': 'good',
  attention: 'warning',
  'a-retenir': 'highlight',
}

/** Anchors that the frame of a page has already. */
const takenAnchors = [
  ...['contenu', 'menu', 'footer', 'recherche', 'sommaire', 'en-chiffres', 'sources'],
  ...['chiffres', 'aide', 'avis', 'avis-question'],
]

/**
 * A text with the marks of Markdown and our own blocks, as a tree of ours, with all that is wrong with it. The
 * tree is whole even then, for a page being written is shown as it is typed. Neither HTML nor an address of
 * another kind is ever in it.
 */
export function parsePage(body: string, facts: readonly Fact[]): ParsedPage {
  const page = new Reading(facts)
  const unreadable = whyUnreadable(body)
  if (unreadable) page.faults.push(unreadable)
  const tree = unreadable ? { opening: [], sections: [] } : page.sections(reader.parse(body))
  page.faults.sort((one, other) => one.line - other.line)
  return { tree, faults: page.faults, links: page.links }
}

/** What no page holds, and would keep its reader busy for minutes: marks within marks within marks. */
function whyUnreadable(body: string): PageFault | null {
  const at = (index: number) => body.slice(0, index).split('\n').length
  if (body.length > longest.body)
    return { code: 'too_long', line: at(longest.body), found: String(longest.body) }
  const long = body.split('\n').findIndex((line) => line.length > longestLine)
  if (long >= 0) return { code: 'too_long', line: long + 1, found: String(longestLine) }
  const tangled = /^[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*){8}/m.exec(body)
  // Signs that a reader of Markdown tries in pairs: thousands of them take it seconds.
  if (tangled || [...'[|~*'].some((sign) => body.split(sign).length > 2_000))
    return { code: 'too_deep', line: at(tangled?.index ?? 0), found: '' }
  let open = 0
  const nested = body.split('\n').findIndex((line) => {
    if (/^\s*:{3,}\s*$/.test(line)) open--
    else if (/^\s*:{3,}/.test(line)) open++
    return open > deepest
  })
  return nested < 0 ? null : { code: 'too_deep', line: nested + 1, found: '' }
}

const lineOf = ({ position }: Nodes): number => position?.start.line ?? 1

class Reading {
  readonly faults: PageFault[] = []
  readonly links: OwnLink[] = []
  private readonly values: ReadonlyMap<string, string>
  private readonly anchors = new Map<string, number>(takenAnchors.map((anchor) => [anchor, 1]))
  private depth = 0

  constructor(facts: readonly Fact[]) {
    this.values = new Map(facts.map(({ key, value }) => [key, value]))
  }

  fault(code: FaultCode, at: Nodes | number, found = ''): void {
    this.faults.push({
      code,
      line: typeof at === 'number' ? at : lineOf(at),
      found: found.replace(/\s+/g, ' ').trim().slice(0, 60),
    })
  }

  sections({ children }: Root): PageTree {
    const tree: PageTree = { opening: [], sections: [] }
    let section: Section | undefined
    let part: Question | undefined
    const drawn: { node: Nodes; question: Question; parts: readonly Question[] }[] = []
    let pending: RootContent[] = []
    const settle = () => {
      const title = (part ?? section)?.title ?? []
      ;(part?.blocks ?? section?.blocks ?? tree.opening).push(...this.blocks(pending, title))
      pending = []
    }
    for (const node of children) {
      if (node.type !== 'heading') {
        pending.push(node)
        continue
      }
      settle()
      const question = this.heading(node)
      if (node.depth !== 2 && node.depth !== 3) this.fault('heading_level', node, textOf(question.title))
      if (node.depth === 3 && !section) this.fault('heading_order', node, textOf(question.title))
      if (node.depth > 2 && section) {
        part = question
        section.parts.push(question)
        drawn.push({ node, question, parts: [] })
      } else {
        part = undefined
        section = { ...question, parts: [] }
        tree.sections.push(section)
        drawn.push({ node, question: section, parts: section.parts })
      }
    }
    settle()
    for (const { node, question, parts } of drawn)
      if (question.blocks.length + parts.length === 0)
        this.fault('empty_section', node, textOf(question.title))
    if (tree.opening.length + tree.sections.length === 0) this.fault('empty_page', 1)
    return tree
  }

  private heading(node: Extract<Nodes, { type: 'heading' }>): Question {
    const title = this.inline(node.children)
    const words = textOf(title)
    if (words.trim() === '') this.fault('empty_block', node, '#')
    if (words.length > longestHeading) this.fault('too_long', node, String(longestHeading))
    return { id: this.anchor(words), title, blocks: [] }
  }

  private anchor(words: string): string {
    const slug = fold(words).replaceAll(' ', '-') || 'partie'
    const met = this.anchors.get(slug) ?? 0
    this.anchors.set(slug, met + 1)
    return met === 0 ? slug : this.anchor(`${words} ${met + 1}`)
  }

  /** What a table is called where no line above it says so is what its section is. */
  private blocks(nodes: readonly RootContent[], title: readonly Inline[] = []): Block[] {
    if (this.depth >= deepest) {
      if (nodes[0]) this.fault('too_deep', nodes[0])
      return []
    }
    this.depth++
    const blocks: Block[] = []
    nodes.forEach((node, index) => {
      if (node.type === 'table') {
        const caption = captionIn(nodes[index - 1])
        // The line above it is drawn as its caption.
        if (caption) blocks.pop()
        blocks.push(this.table(node, caption ? this.inline(caption) : [...title], caption !== null))
      } else blocks.push(...this.block(node))
    })
    this.depth--
    return blocks
  }

  private block(node: RootContent): Block[] {
    switch (node.type) {
      case 'paragraph':
        return this.paragraph(node)
      case 'heading':
        this.fault('heading_in_block', node)
        return [{ kind: 'paragraph', children: this.inline(node.children) }]
      case 'list':
        return [
          {
            kind: 'list',
            ordered: node.ordered === true,
            start: node.start ?? 1,
            items: node.children.map((item) => this.filled(item, item.children)),
          },
        ]
      case 'blockquote':
        return [{ kind: 'quote', blocks: this.filled(node, node.children) }]
      case 'containerDirective':
        return this.directive(node)
      case 'leafDirective':
        this.fault('unknown_block', node, `::${node.name}`)
        return []
      case 'html':
        this.fault('html', node, node.value)
        return []
      default:
        this.fault('formatting', node)
        return []
    }
  }

  /** What is inside something that makes no sense empty. */
  private filled(around: Nodes, nodes: readonly RootContent[]): Block[] {
    const blocks = this.blocks(nodes)
    if (blocks.length === 0) this.fault('empty_block', around, 'name' in around ? around.name : '')
    return blocks
  }

  private paragraph(node: Extract<Nodes, { type: 'paragraph' }>): Block[] {
    const [only] = node.children
    if (only?.type === 'image' && node.children.length === 1) {
      return this.figure(only)
    }
    const children = this.inline(node.children)
    const words = textOf(children)
    if (words.length > longestParagraph) this.fault('too_long', node, String(longestParagraph))
    if (/^\s*:{2,}/m.test(words)) this.fault('stray_marks', node, words)
    return words.trim() === '' ? [] : [{ kind: 'paragraph', children }]
  }

  private figure(node: Image): Block[] {
    const { url } = node
    const alt = node.alt?.trim() ?? ''
    const image = imageAt(url)
    if (!image) this.fault('unknown_image', node, url)
    if (alt === '') this.fault('image_undescribed', node, url)
    if (alt.length > longestAlternative) this.fault('too_long', node, String(longestAlternative))
    return image && alt !== '' ? [{ kind: 'figure', src: url, alt, ...image }] : []
  }

  private directive(node: Extract<Nodes, { type: 'containerDirective' }>): Block[] {
    const { name, children } = node
    const tone = Object.hasOwn(callouts, name) ? callouts[name] : undefined
    if (tone) return [{ kind: 'callout', tone, blocks: this.filled(node, children) }]
    switch (name) {
      case 'ecrit-et-sens':
        return this.pair(node)
      case 'ecrit':
      case 'sens':
        this.fault('misplaced_block', node, name)
        return this.blocks(children)
      case 'etapes':
        return this.steps(node)
      case 'numeros':
        return [
          {
            kind: 'numbers',
            numbers: this.linked(node).map(({ to, title, about }) => ({ to, number: title, about })),
          },
        ]
      case 'cartes':
        return [
          {
            kind: 'cards',
            cards: this.linked(node).map((card) => ({ ...card, about: begunByCapital(card.about) })),
          },
        ]
      case 'document':
        return this.document(node)
      default:
        this.fault('unknown_block', node, `:::${name}`)
        return this.blocks(children)
    }
  }

  private pair(node: Extract<Nodes, { type: 'containerDirective' }>): Block[] {
    const [written, meaning, ...more] = node.children
    if (
      written?.type !== 'containerDirective' ||
      written.name !== 'ecrit' ||
      meaning?.type !== 'containerDirective' ||
      meaning.name !== 'sens' ||
      more.length > 0
    ) {
      this.fault('pair_incomplete', node)
      return []
    }
    return [
      {
        kind: 'writtenAndMeaning',
        written: this.filled(written, written.children),
        meaning: this.filled(meaning, meaning.children),
      },
    ]
  }

  private steps(node: Extract<Nodes, { type: 'containerDirective' }>): Block[] {
    const [list, ...more] = node.children
    if (list?.type !== 'list' || list.ordered !== true || more.length > 0) {
      this.fault(node.children.length === 0 ? 'empty_block' : 'steps_without_list', node, node.name)
      return []
    }
    return [{ kind: 'steps', steps: list.children.map((item) => this.filled(item, item.children)) }]
  }

  /** A list of which each item begins with a link. */
  private linked(node: Extract<Nodes, { type: 'containerDirective' }>) {
    const [list, ...more] = node.children
    const items = list?.type === 'list' && more.length === 0 ? list.children : []
    if (items.length === 0)
      this.fault(node.children.length === 0 ? 'empty_block' : 'list_without_links', node, node.name)
    return items.flatMap((item) => {
      const [first, ...rest] = item.children
      const [link, ...about] = first?.type === 'paragraph' ? this.inline(first.children) : []
      if (link?.kind !== 'link' || rest.length > 0) {
        this.fault('list_without_links', item, node.name)
        return []
      }
      return [{ to: link.to, title: textOf(link.children), about: withoutColon(about) }]
    })
  }

  private document(node: Extract<Nodes, { type: 'containerDirective' }>): Block[] {
    const [first, ...rest] = node.children
    const inline = first?.type === 'paragraph' ? this.inline(first.children) : []
    const link = inline.find((one) => one.kind === 'link')
    const { titre, format, taille, langue } = node.attributes ?? {}
    if (!link || !titre || !format || rest.length > 0) {
      this.fault('document_incomplete', node)
      return []
    }
    return [
      {
        kind: 'document',
        to: link.to,
        title: titre,
        format,
        size: taille ?? '',
        language: langue ?? 'fr',
        about: withoutColon(inline.filter((one) => one !== link)),
      },
    ]
  }

  private table(node: Table, caption: Inline[], named: boolean): Block {
    const [head = [], ...body] = node.children.map((row) =>
      row.children.map((cell) => this.inline(cell.children)),
    )
    if (body.length === 0) this.fault('empty_block', node, 'tableau')
    const rows = body.map((row) => head.map((_, column) => row[column] ?? []))
    return { kind: 'table', caption, named, head, rows }
  }

  private inline(nodes: readonly PhrasingContent[]): Inline[] {
    if (this.depth >= deepest) {
      if (nodes[0]) this.fault('too_deep', nodes[0])
      return []
    }
    this.depth++
    const children = nodes.flatMap((node) => this.oneInline(node))
    this.depth--
    return children
  }

  private oneInline(node: PhrasingContent): Inline[] {
    switch (node.type) {
      case 'text':
        return [{ kind: 'text', text: node.value }]
      case 'break':
        return [{ kind: 'break' }]
      case 'strong':
      case 'emphasis':
        return [{ kind: node.type, children: this.inline(node.children) }]
      case 'link':
        return this.link(node)
      case 'textDirective':
        return this.fact(node)
      case 'html':
        this.fault('html', node, node.value)
        return []
      case 'image':
        this.fault('image', node, node.url)
        return []
      case 'delete':
        this.fault('formatting', node)
        return this.inline(node.children)
      case 'inlineCode':
        this.fault('formatting', node)
        return [{ kind: 'text', text: node.value }]
      default:
        this.fault('formatting', node)
        return []
    }
  }

  private link(node: Extract<Nodes, { type: 'link' }>): Inline[] {
    const children = this.inline(node.children)
    const words = textOf(children).trim()
    const { url } = node
    if (!isAllowed(url)) {
      this.fault('link_kind', node, url)
      return children
    }
    if (words === '' || isVague(words)) this.fault('vague_link', node, words)
    if (url.startsWith('/')) this.links.push({ to: url, line: lineOf(node) })
    return [{ kind: 'link', to: url, children }]
  }

  private fact(node: Extract<Nodes, { type: 'textDirective' }>): Inline[] {
    const words = textOf(this.inline(node.children))
    if (node.name !== 'chiffre') {
      this.fault('unknown_block', node, `:${node.name}`)
      return [{ kind: 'text', text: `:${node.name}${words}` }]
    }
    const value = this.values.get(words)
    if (value === undefined) {
      this.fault('unknown_fact', node, words)
      return []
    }
    return [{ kind: 'fact', key: words, value }]
  }
}

/** A line wholly in bold or italics above a table names it. */
function captionIn(node: RootContent | undefined): readonly PhrasingContent[] | null {
  const [only] = node?.type === 'paragraph' && node.children.length === 1 ? node.children : []
  return only?.type === 'strong' || only?.type === 'emphasis' ? only.children : null
}

const isOwnPath = (url: string) => /^\/(?![/\\])[^\s\\]*$/.test(url)

/** The addresses that a page may lead to: our own, and those that no reader has to be warned of. */
const isAllowed = (url: string): boolean =>
  isOwnPath(url) ||
  /^(tel|sms):\+?\d{2,15}$/.test(url) ||
  /^mailto:[^\s@]+@[^\s@]+\.[^\s@]+$/.test(url) ||
  (/^https:\/\/[^\s@]+$/.test(url) && URL.canParse(url))

/** Heard alone, it does not say where it leads. */
const isVague = (words: string): boolean =>
  /^(ici|l[àa]|lien|cliquez|cliquez ici|cliquer ici|en savoir plus|lire la suite|voir|suite|plus)$/i.test(
    words.replace(/[.\s\u00a0]+$/, ''),
  )

/** What comes after "[116 006](tel:116006) :". */
function withoutColon(about: readonly Inline[]): Inline[] {
  const [first, ...rest] = about
  if (first?.kind !== 'text') return [...about]
  const text = first.text.replace(/^[\s\u00a0\u202f]*[:–—,-]?[\s\u00a0\u202f]*/, '')
  return text === '' ? rest : [{ kind: 'text', text }, ...rest]
}

function begunByCapital(about: readonly Inline[]): Inline[] {
  const [first, ...rest] = about
  return first?.kind === 'text'
    ? [{ kind: 'text', text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest]
    : [...about]
}
