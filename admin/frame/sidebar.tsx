import { Fragment, useEffect, useState } from 'react'
import { Link, useLocation } from 'react-router-dom'
import { useResources } from '../client/action'
import { paths } from '../paths'
import { useAgent } from '../client/agent'
import { useQuery } from '../client/query'
import { countedUpTo } from '../../resources/shared/counted'
import type { EntryCountName } from '../screens/names'
import { SupportLink } from './support'
import { classes } from '../ui/classes'
import styles from './sidebar.module.css'
import { Button } from '../ui/button'
import { Icon, type IconName } from '../ui/icon'

/** The menu: the entries the role may use. Under 900 px it folds behind a button. */
export function Sidebar() {
  const agent = useAgent()
  const resources = useResources()
  const { pathname } = useLocation()
  const [open, setOpen] = useState(false)
  useEffect(() => setOpen(false), [pathname])
  const ownEntries = resources.flatMap(({ id, resourceActions }) =>
    resourceActions
      .filter(({ custom }) => custom.entry)
      .map(({ name, custom }) => ({ to: paths.resourceAction(id, name), custom })),
  )
  const drawn = (section: 'daily' | 'exit' | 'service', within = '') =>
    ownEntries
      .filter(({ to, custom }) => custom.entry === section && to.startsWith(within))
      .map(({ to, custom }) => (
        <Entry
          key={to}
          to={to}
          icon={custom.icon ?? 'calendar'}
          label={custom.button}
          counted={custom.counted}
        />
      ))
  // A resource that the agent may not list has no entry: AdminJS says which ones they may.
  const entriesOf = (section: string) =>
    resources
      .filter(
        ({ navigation, resourceActions }) =>
          navigation?.name === section && resourceActions.some(({ name }) => name === 'list'),
      )
      .map(({ id, name, navigation, resourceActions }) => {
        const list = resourceActions.find((action) => action.name === 'list')
        const landing = resourceActions.find(({ custom }) => custom.landing)
        const to = landing ? paths.resourceAction(id, landing.name) : paths.resource(id)
        return (
          <Fragment key={id}>
            <Entry
              to={to}
              icon={navigation?.icon as IconName}
              // A list that another page leads to is under its name.
              label={list?.custom.under?.label ?? name}
              within={paths.resource(id)}
              except={ownEntries.map((entry) => entry.to)}
              counted={landing?.custom.counted ?? null}
            />
            {drawn('daily', paths.resource(id))}
          </Fragment>
        )
      })

  const exits = drawn('exit')
  const service = [...entriesOf('service'), ...drawn('service')]

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
          Mon service
          <Link to={paths.record('Organization', agent.organization.id)}>{agent.organization.name}</Link>
        </div>
        <nav aria-label="Menu principal">
          <div className={styles.section}>
            <Entry to={paths.home} icon="home" label="Que faire maintenant" />
            {entriesOf('daily')}
          </div>
          {exits.length > 0 && (
            <div className={styles.section}>
              <h2>Sortie d’audience</h2>
              {exits}
            </div>
          )}
          {service.length > 0 && (
            <div className={styles.section}>
              <h2>{agent.role === 'central_admin' ? 'Services' : 'Mon service'}</h2>
              {service}
            </div>
          )}
        </nav>
        <div className={styles.foot}>
          <a href="/agents" target="_blank" rel="noreferrer">
            Documentation<span className="visually-hidden"> (nouvel onglet)</span>
          </a>
          <SupportLink>Écrire au support</SupportLink>
          <a href="/accessibilite">Accessibilité&nbsp;: non conforme</a>
        </div>
      </div>
    </aside>
  )
}

function Entry({
  to,
  within = to,
  except = [],
  icon,
  label,
  counted = null,
}: {
  to: string
  /** Every page under it is its own. */
  within?: string
  /** But these, which have an entry of their own. */
  except?: readonly string[]
  icon: IconName
  label: string
  counted?: EntryCountName | null
}) {
  const { pathname } = useLocation()
  const current =
    to === paths.home
      ? pathname === to
      : `${pathname}/`.startsWith(`${within}/`) && !except.includes(pathname)
  return (
    <Link to={to} aria-current={current ? 'page' : undefined}>
      <Icon name={icon} />
      {label}
      {counted && <Waiting counted={counted} />}
    </Link>
  )
}

const countedAgainEvery = 5 * 60_000

/** How many wait there: nothing when none does. */
function Waiting({ counted }: { counted: EntryCountName }) {
  const { data } = useQuery(counted, {}, { live: true, every: countedAgainEvery })
  if (!data || data.total === 0) return null
  return (
    <span className={styles.waiting}>
      {data.total > countedUpTo ? '1 000 +' : data.total}
      <span className="visually-hidden"> à traiter</span>
    </span>
  )
}
