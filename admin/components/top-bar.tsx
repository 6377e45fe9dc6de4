import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router-dom'
import { roleNames } from '../../resources/agent/fr'
import { mayWithProbationers } from '../../resources/probationer/policy'
import { paths } from '../paths'
import { clearDrafts, useAgent } from './api'
import { PersonSearch } from './person-search'
import { Button, Icon } from './ui'

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
  const [open, setOpen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    if (!open) return
    const onElsewhere = (event: Event) => {
      if (!place.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', onElsewhere)
    document.addEventListener('focusin', onElsewhere)
    return () => {
      document.removeEventListener('pointerdown', onElsewhere)
      document.removeEventListener('focusin', onElsewhere)
    }
  }, [open])

  return (
    <div
      className="me"
      ref={place}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        setOpen(false)
        button.current?.focus()
      }}
    >
      <span>
        <b>
          {agent.firstName} {agent.lastName}
        </b>
        {roleNames[agent.role]}
      </span>
      <button
        ref={button}
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
