import { useEffect, useState } from 'react'
import { Link, useLocation } from 'react-router-dom'
import { menuOf } from './menu'
import { paths } from '../paths'
import { useAgent } from '../client/agent'
import { SupportLink } from './support'
import { classes } from '../ui/classes'
import styles from './sidebar.module.css'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'

/** The menu: the entries the role may use. Under 900 px it folds behind a button. */
export function Sidebar() {
  const agent = useAgent()
  const { pathname } = useLocation()
  const [open, setOpen] = useState(false)
  useEffect(() => setOpen(false), [pathname])
  const isCurrent = (to: string) =>
    to === paths.home ? pathname === to : `${pathname}/`.startsWith(`${to}/`)

  return (
    <aside className={styles.side} aria-label="Menu">
      <div className={styles.head}>
        <Link className={styles.brand} to={paths.home}>
          <span className={styles.mark}>
            <Icon name="brand" />
          </span>
          Mon Suivi Justice
        </Link>
        <span className={styles.unfold}>
          <Button icon="menu" aria-expanded={open} aria-controls="menu" onClick={() => setOpen(!open)}>
            Menu
          </Button>
        </span>
      </div>
      <div id="menu" className={classes(styles.folded, open && styles.open)}>
        <div className={styles.service}>
          Mon service<b>{agent.organization.name}</b>
        </div>
        <nav aria-label="Menu principal">
          {menuOf(agent).map((section) => (
            <div key={section.title ?? ''} className={styles.section}>
              {section.title && <h2>{section.title}</h2>}
              {section.entries.map((entry) => (
                <Link key={entry.to} to={entry.to} aria-current={isCurrent(entry.to) ? 'page' : undefined}>
                  <Icon name={entry.icon} />
                  {entry.label}
                </Link>
              ))}
            </div>
          ))}
        </nav>
        <div className={styles.foot}>
          <SupportLink>Écrire au support</SupportLink>
          <a href="/accessibilite">Accessibilité&nbsp;: non conforme</a>
        </div>
      </div>
    </aside>
  )
}
