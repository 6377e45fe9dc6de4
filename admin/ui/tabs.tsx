import { Link } from 'react-router-dom'
import styles from './tabs.module.css'

/**
 * The views of one list. Links, since each is an address: they open elsewhere, are kept and shared, and the
 * browser's back button goes from one to the other.
 */
export function Tabs({
  label,
  current,
  tabs,
}: {
  label: string
  current: string | undefined
  tabs: readonly { value: string; label: string; to: string; state?: object; count?: string }[]
}) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.value}
          to={tab.to}
          state={tab.state}
          aria-current={tab.value === current ? 'page' : undefined}
        >
          {tab.label}
          {tab.count && <span className={styles.count}>{tab.count}</span>}
        </Link>
      ))}
    </nav>
  )
}
