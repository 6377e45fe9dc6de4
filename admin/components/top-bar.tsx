import { useRef } from 'react'
import { Link } from 'react-router-dom'
import { roleNames } from '../../resources/agent/fr'
import { mayWithProbationers } from '../../resources/probationer/policy'
import { paths } from '../paths'
import { clearDrafts, useAgent } from './api'
import { PersonSearch } from './person-search'
import { Button, Icon } from './ui'
import { usePopup } from './use-popup'

/** Person search first, then the main act, then the account. */
export function TopBar() {
  const agent = useAgent()
  return (
    <header className="bar">
      {mayWithProbationers(agent, 'index') && (
        <>
          <PersonSearch />
          <Link className="btn main" to={paths.registerAndBook} aria-keyshortcuts="Alt+N">
            <Icon name="plus" />
            Enregistrer et convoquer <kbd aria-hidden="true">Alt N</kbd>
          </Link>
        </>
      )}
      <Account />
    </header>
  )
}

function Account() {
  const agent = useAgent()
  const place = useRef<HTMLDivElement>(null)
  const [open, setOpen] = usePopup(place)
  return (
    <div className="me" ref={place}>
      <span>
        <b>
          {agent.firstName} {agent.lastName}
        </b>
        {roleNames[agent.role]}
      </span>
      <button
        type="button"
        className="btn quiet"
        aria-label="Mon compte"
        aria-expanded={open}
        aria-controls="compte"
        onClick={() => setOpen(!open)}
      >
        <Icon name="down" />
      </button>
      <div id="compte" className="account" hidden={!open}>
        <form method="post" action={paths.signOut} onSubmit={clearDrafts}>
          <Button type="submit" icon="exit">
            Se déconnecter
          </Button>
        </form>
      </div>
    </div>
  )
}
