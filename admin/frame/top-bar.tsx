import { useState } from 'react'
import { useLocation } from 'react-router-dom'
import { roleNames } from '../../resources/agent/fr'
import { mayWithProbationers } from '../../resources/probationer/policy'
import { agentName } from '../../resources/shared/french'
import { paths } from '../paths'
import { useAgent, useChangeAgent } from '../client/agent'
import { useAction } from '../client/action'
import { maySwitch } from '../../resources/agent/policy'
import { clearDrafts } from '../client/draft'
import { PersonSearch } from '../forms/person-search'
import { Button, buttonClass, ButtonLink } from '../ui/button'
import { Checkbox } from '../ui/checkbox'
import { classes } from '../ui/classes'
import { ErrorText } from '../ui/error-text'
import { Icon } from '../ui/icon'
import { helpOn } from './help'
import { useNotify } from './notice'
import styles from './top-bar.module.css'
import { Popup } from '../ui/popup'

/** Person search first, then the main act, then the account. */
export function TopBar() {
  const agent = useAgent()
  return (
    <header className={styles.topbar}>
      {mayWithProbationers(agent, 'index') && (
        <>
          <PersonSearch />
          <ButtonLink to={paths.registerAndConvoke} look="main" icon="plus" aria-keyshortcuts="Alt+N">
            Enregistrer et convoquer <kbd aria-hidden="true">Alt N</kbd>
          </ButtonLink>
        </>
      )}
      <Help />
      <Account />
    </header>
  )
}

/** The page of the site that says how this screen is used, beside it: what is being typed stays. */
function Help() {
  const { address, subject } = helpOn(useLocation().pathname)
  return (
    <a
      className={classes(buttonClass({ look: 'quiet' }), styles.help)}
      href={address}
      target="_blank"
      rel="noreferrer"
    >
      <Icon name="help" />
      Aide<span className="visually-hidden">&nbsp;: {subject} (nouvel onglet)</span>
    </a>
  )
}

function Account() {
  const agent = useAgent()
  const name = agentName(agent)
  const from = useLocation()
  const here = { from: from.pathname + from.search }
  return (
    <div className={styles.agent}>
      <Popup
        label={`Mon compte\u00a0: ${name}, ${roleNames[agent.role]}`}
        face={
          <span className={styles.face}>
            <b>{name}</b>
            {roleNames[agent.role]}
          </span>
        }
        icon="down"
      >
        <ButtonLink to={paths.ownProfile} state={here} icon="person">
          Mon profil
        </ButtonLink>
        {maySwitch(agent) && (
          <ButtonLink to={paths.switchOrganization} state={here} icon="building">
            Changer de service
          </ButtonLink>
        )}
        <ButtonLink to={paths.changePassword} state={here} icon="lock">
          Changer mon mot de passe
        </ButtonLink>
        <CloseOtherSessions />
        <SingleKeys />
        <form method="post" action={paths.signOut} onSubmit={clearDrafts}>
          <Button type="submit" icon="exit">
            Se déconnecter
          </Button>
        </form>
      </Popup>
    </div>
  )
}

function CloseOtherSessions() {
  const notify = useNotify()
  const { busy, run } = useAction('Agent', 'closeOtherSessions')
  const close = async () => {
    const answer = await run({})
    notify(answer.ok ? { tone: 'ok', title: answer.notice } : { tone: 'bad', title: answer.message })
  }
  return (
    <Button busy={busy} icon="cross" onClick={() => void close()}>
      Fermer mes autres sessions
    </Button>
  )
}

/** The keys H, M, E and ? alone, which a voice or a slip may press: the agent's choice (WCAG 2.1.4). */
function SingleKeys() {
  const agent = useAgent()
  const changeAgent = useChangeAgent()
  const [asked, setAsked] = useState<boolean | null>(null)
  const { failure, run } = useAction('Agent', 'setShortcuts')
  const set = async (enabled: boolean) => {
    setAsked(enabled)
    const answer = await run({ enabled })
    setAsked(null)
    if (answer.ok) changeAgent({ shortcutsEnabled: enabled })
  }
  return (
    <>
      <Checkbox
        checked={asked ?? agent.shortcutsEnabled}
        // One answer at a time; disabled, the box would lose the focus.
        onChange={(enabled) => asked === null && void set(enabled)}
      >
        Raccourcis à une touche (H, M, E,&nbsp;?)
      </Checkbox>
      {failure && <ErrorText announce>{failure.message}</ErrorText>}
    </>
  )
}
