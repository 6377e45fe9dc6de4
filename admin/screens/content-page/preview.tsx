import { Fragment, type ReactNode } from 'react'
import type { Block, CalloutTone, Inline, PageTree, Question } from '../../../resources/content-page/tree'
import type { Tone } from '../../ui/tone'
import { Alert } from '../../ui/alert'
import { Card } from '../../ui/card'
import styles from './content-page.module.css'
import type { Typed } from './state'

/** A page as it is typed: its blocks in their order. How it looks on the site is a link away. */
export function PagePreview({ typed: { title, lead }, tree }: { typed: Typed; tree: PageTree }) {
  return (
    <Card title="Aperçu">
      {/* The headings of the page are its own: here they are only shown. */}
      <div className={styles.preview}>
        <p className={styles.title}>{title || 'Sans titre'}</p>
        <p className="hint">{lead}</p>
        <Blocks of={tree.opening} />
        {tree.sections.map((section) => (
          <Fragment key={section.id}>
            <Part of={section} className={styles.section} />
            {section.parts.map((part) => (
              <Part key={part.id} of={part} className={styles.part} />
            ))}
          </Fragment>
        ))}
      </div>
    </Card>
  )
}

const Part = ({ of: { title, blocks }, className }: { of: Question; className: string | undefined }) => (
  <>
    <p className={className}>
      <Words of={title} />
    </p>
    <Blocks of={blocks} />
  </>
)

const Words = ({ of }: { of: readonly Inline[] }) =>
  of.map((one, rank) => <Fragment key={rank}>{word(one)}</Fragment>)

function word(one: Inline): ReactNode {
  switch (one.kind) {
    case 'text':
      return one.text
    case 'break':
      return <br />
    case 'fact':
      return <b>{one.value}</b>
    case 'strong':
      return (
        <b>
          <Words of={one.children} />
        </b>
      )
    case 'emphasis':
      return (
        <em>
          <Words of={one.children} />
        </em>
      )
    case 'link':
      return (
        <span className={styles.link} title={one.to}>
          <Words of={one.children} />
        </span>
      )
  }
}

const Blocks = ({ of }: { of: readonly Block[] }) =>
  of.map((block, rank) => <OneBlock key={rank} block={block} />)

const callouts: Record<CalloutTone, { tone: Tone; title: string }> = {
  good: { tone: 'ok', title: 'Bonne pratique' },
  warning: { tone: 'bad', title: 'Attention' },
  highlight: { tone: 'info', title: 'À retenir' },
}

function OneBlock({ block }: { block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Words of={block.children} />
        </p>
      )
    case 'list':
    case 'steps': {
      const items = (block.kind === 'list' ? block.items : block.steps).map((item, rank) => (
        <li key={rank}>
          <Blocks of={item} />
        </li>
      ))
      return block.kind === 'list' && !block.ordered ? <ul>{items}</ul> : <ol>{items}</ol>
    }
    case 'quote':
      return (
        <blockquote>
          <Blocks of={block.blocks} />
        </blockquote>
      )
    case 'callout': {
      const { tone, title } = callouts[block.tone]
      return (
        <Alert tone={tone} title={title}>
          <Blocks of={block.blocks} />
        </Alert>
      )
    }
    case 'writtenAndMeaning':
      return (
        <div className={styles.written}>
          <div>
            <b>Ce qui est écrit</b>
            <Blocks of={block.written} />
          </div>
          <div>
            <b>Ce que ça veut dire</b>
            <Blocks of={block.meaning} />
          </div>
        </div>
      )
    case 'table':
      return (
        <table className={styles.table}>
          <caption>
            <Words of={block.caption} />
          </caption>
          <tbody>
            {[block.head, ...block.rows].map((row, rank) => (
              <tr key={rank}>
                {row.map((cell, column) => (
                  <td key={column}>
                    <Words of={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
    case 'numbers':
      return <Linked of={block.numbers.map(({ number, about }) => ({ title: number, about }))} />
    case 'cards':
      return <Linked of={block.cards} />
    case 'document':
      return <Linked of={[{ title: `${block.title} (${block.format})`, about: block.about }]} />
    case 'figure':
      return <p className="hint">Image&nbsp;: {block.alt}</p>
  }
}

const Linked = ({ of }: { of: readonly { title: string; about: readonly Inline[] }[] }) => (
  <ul>
    {of.map(({ title, about }) => (
      <li key={title}>
        <span className={styles.link}>{title}</span> <Words of={about} />
      </li>
    ))}
  </ul>
)
