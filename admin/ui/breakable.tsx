import { Fragment } from 'react'

/** Words; an e-mail too long for its line goes to the next one before its "@" or a dot, not within a word. */
export function Breakable({ text }: { text: string }) {
  if (!text.includes('@')) return text
  return text.split(/(?=[.@])/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
