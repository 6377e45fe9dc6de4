/** A page as it is drawn: our own blocks, whatever Markdown knows besides. */

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'strong' | 'emphasis'; children: Inline[] }
  | { kind: 'link'; to: string; children: Inline[] }
  /** An amount or a duration of the page, by its key. */
  | { kind: 'fact'; key: string; value: string }

export interface UsefulNumber {
  to: string
  number: string
  about: Inline[]
}

/** A link with a sentence: what a tile is made of. */
export interface LinkCard {
  to: string
  title: string
  about: Inline[]
}

export type CalloutTone = 'good' | 'warning' | 'highlight'

export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Block[][] }
  | { kind: 'quote'; blocks: Block[] }
  /** `named`: its caption is its own, and not the title that stands above it. */
  | { kind: 'table'; caption: Inline[]; named: boolean; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'figure'; src: string; alt: string; width: number; height: number }
  | { kind: 'callout'; tone: CalloutTone; blocks: Block[] }
  /** What is written on the paper, and what it means. */
  | { kind: 'writtenAndMeaning'; written: Block[]; meaning: Block[] }
  | { kind: 'steps'; steps: Block[][] }
  | { kind: 'numbers'; numbers: UsefulNumber[] }
  | {
      kind: 'document'
      to: string
      title: string
      format: string
      size: string
      language: string
      about: Inline[]
    }
  | { kind: 'cards'; cards: LinkCard[] }

export interface Question {
  id: string
  title: Inline[]
  blocks: Block[]
}
export interface Section extends Question {
  /** What stands under headings of the third level. */
  parts: Question[]
}

export interface PageTree {
  /** Before the first heading. */
  opening: Block[]
  sections: Section[]
}

/** The words of an inline, as they are read aloud. */
export const textOf = (children: readonly Inline[]): string =>
  children
    .map((one) => {
      if (one.kind === 'text') return one.text
      if (one.kind === 'fact') return one.value
      return one.kind === 'break' ? ' ' : textOf(one.children)
    })
    .join('')

/** The words of blocks, a line each. */
export const linesOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => {
    switch (block.kind) {
      case 'paragraph':
        return [textOf(block.children)]
      case 'list':
        return block.items.flatMap(linesOf)
      case 'steps':
        return block.steps.flatMap(linesOf)
      case 'quote':
      case 'callout':
        return linesOf(block.blocks)
      case 'writtenAndMeaning':
        return [...linesOf(block.written), ...linesOf(block.meaning)]
      case 'table':
        return [
          textOf(block.caption),
          ...[block.head, ...block.rows].map((row) => row.map(textOf).join(', ')),
        ]
      case 'numbers':
        return block.numbers.map(({ number, about }) => `${number}\u00a0: ${textOf(about)}`)
      case 'cards':
        return block.cards.map(({ title, about }) => [title, textOf(about)].filter(Boolean).join('. '))
      case 'document':
        return [[block.title, textOf(block.about)].filter(Boolean).join('. ')]
      case 'figure':
        return [block.alt]
    }
  })
