import type { ReactNode } from 'react'
import styles from './description-list.module.css'

/** Pairs of a name and its value; pairs without a value are left out. */
export function DescriptionList({ pairs }: { pairs: readonly (readonly [ReactNode, ReactNode])[] }) {
  return (
    <dl className={styles.list}>
      {pairs
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value], index) => (
          <div key={typeof name === 'string' ? name : index}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
