import { lazy, Suspense } from 'react'
import styles from './guidance.module.css'

/** Read when it is first opened: most agents know how the cases are shared out. */
const Markdown = lazy(async () => ({ default: (await import('./markdown')).Markdown }))

/** How a court shares out its cases among its agendas, folded where an agenda is chosen. */
export function Guidance({ text }: { text: string }) {
  return (
    <details className={styles.guidance}>
      <summary>Répartition des cabinets</summary>
      <FormattedText text={text} />
    </details>
  )
}

/** A text written by agents, its marks drawn; plain until they are. */
export function FormattedText({ text }: { text: string }) {
  return (
    <div className={styles.text}>
      <Suspense fallback={<p>{text}</p>}>
        <Markdown text={text} />
      </Suspense>
    </div>
  )
}
