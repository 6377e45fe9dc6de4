import { Fragment } from 'react'
import type { Inline } from '../../../resources/content-page/tree'

/** Words with their marks. React writes them as text: nothing that was typed is ever read as HTML. */
export function Inlines({ of }: { of: readonly Inline[] }) {
  return of.map((one, rank) => <Fragment key={rank}>{drawn(one)}</Fragment>)
}

function drawn(one: Inline) {
  switch (one.kind) {
    case 'text':
      return one.text
    case 'break':
      return <br />
    case 'strong':
      return (
        <strong>
          <Inlines of={one.children} />
        </strong>
      )
    case 'emphasis':
      return (
        <em>
          <Inlines of={one.children} />
        </em>
      )
    case 'fact':
      return <b className="msj-figure">{one.value}</b>
    case 'link':
      return (
        <a href={one.to} rel={one.to.startsWith('https:') ? 'noopener external' : undefined}>
          <Inlines of={one.children} />
        </a>
      )
  }
}
