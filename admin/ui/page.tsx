import { useEffect, type ReactNode } from 'react'
import { Link } from 'react-router-dom'
import styles from './page.module.css'

/** A screen: its title (also the window's), what leads to it, its acts, its content. */
export function Page({
  title,
  windowTitle = title,
  tag,
  lede,
  crumbs = [],
  actions,
  children,
}: {
  title: string
  /** Where the title would name a person: the window's title never does. */
  windowTitle?: string
  tag?: ReactNode
  lede?: ReactNode
  crumbs?: readonly { label: string; href: string }[]
  actions?: ReactNode
  children: ReactNode
}) {
  useEffect(() => {
    document.title = `${windowTitle} – Mon Suivi Justice`
  }, [windowTitle])
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div>
          {crumbs.length > 0 && (
            <nav className={styles.crumbs} aria-label="Fil d’Ariane">
              {crumbs.map((crumb, index) => (
                <span key={crumb.href}>
                  {index > 0 && ' › '}
                  <Link to={crumb.href}>{crumb.label}</Link>
                </span>
              ))}
            </nav>
          )}
          <div className="cluster">
            <h1 tabIndex={-1}>{title}</h1>
            {tag}
          </div>
          {lede && <p className="lede">{lede}</p>}
        </div>
        {actions && <div className="cluster">{actions}</div>}
      </div>
      {children}
    </div>
  )
}
