import type { ReactNode } from 'react'
import styles from './key-figure.module.css'

/** The figures that say most, side by side: four, two or one. */
export function KeyFigures({ children }: { children: ReactNode }) {
  return <div className={styles.keys}>{children}</div>
}

/** One figure, its name above, what it is made of below. Without a digit it is words, not so large. */
export function KeyFigure({ title, value, children }: { title: string; value: string; children: ReactNode }) {
  return (
    <section className="surface" aria-label={title}>
      <div className={styles.figure}>
        <h2>{title}</h2>
        {/\d/.test(value) ? <b>{value}</b> : <p className={styles.worded}>{value}</p>}
        {children}
      </div>
    </section>
  )
}
