import { Fragment, type ReactNode } from 'react'
import { fromMarkdown } from 'mdast-util-from-markdown'

type Tree = ReturnType<typeof fromMarkdown>
type Node = Tree | Tree['children'][number]

/**
 * A text that agents wrote with the marks of Markdown: paragraphs, lists, bold, italic, links. Drawn from its
 * tree, what is not listed here as the characters that were typed: no HTML of theirs ever reaches the page.
 */
export function Markdown({ text }: { text: string }) {
  return <>{drawn(fromMarkdown(text), text)}</>
}

function drawn(node: Node, text: string): ReactNode {
  const children = () =>
    'children' in node &&
    node.children.map((child, rank) => <Fragment key={rank}>{drawn(child, text)}</Fragment>)
  switch (node.type) {
    case 'root':
      return children()
    case 'text':
      return node.value
    case 'paragraph':
      return <p>{children()}</p>
    case 'heading':
      // The page has its own headings.
      return (
        <p>
          <b>{children()}</b>
        </p>
      )
    case 'strong':
      return <b>{children()}</b>
    case 'emphasis':
      return <em>{children()}</em>
    case 'break':
      return <br />
    case 'list':
      return node.ordered ? <ol start={node.start ?? 1}>{children()}</ol> : <ul>{children()}</ul>
    case 'listItem':
      return <li>{node.spread === true ? children() : itemOf(node, text)}</li>
    case 'link':
      return isSafe(node.url) ? (
        <a href={node.url} rel="noreferrer">
          {children()}
        </a>
      ) : (
        children()
      )
    default:
      return typed(node, text)
  }
}

/** A short item of a list is no paragraph of its own. */
const itemOf = (item: Extract<Node, { type: 'listItem' }>, text: string) =>
  item.children.map((child, rank) => (
    <Fragment key={rank}>
      {child.type === 'paragraph'
        ? child.children.map((one, place) => <Fragment key={place}>{drawn(one, text)}</Fragment>)
        : drawn(child, text)}
    </Fragment>
  ))

/** The characters as they were typed. */
const typed = ({ position }: Node, text: string) =>
  position && text.slice(position.start.offset, position.end.offset)

const isSafe = (url: string) => /^(https?:|mailto:|tel:)/i.test(url)
