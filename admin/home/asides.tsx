import { Fragment } from 'react'
import { Link } from 'react-router-dom'
import { agentName, count, formatInstant, formatWeekday, fullName } from '../../resources/shared/french'
import { definitions } from '../../resources/watch/fr'
import { teamZone } from '../../resources/watch/rules'
import { useAgent } from '../client/agent'
import { SupportLink } from '../frame/support'
import { paths } from '../paths'
import { ButtonLink } from '../ui/button'
import { Card } from '../ui/card'
import type { SaidBy } from './data'
import styles from './home.module.css'

/** Who refused SMS themselves, by the link of a message or in their space: nothing reminds them of a date any more. */
export function SmsStopped({ stopped: { persons, more } }: { stopped: SaidBy<'smsStopped'> }) {
  if (persons.length === 0) return null
  return (
    <Card title="Ne veulent plus de SMS">
      <p className="hint">
        Ces personnes l’ont demandé par le lien d’un SMS ou dans leur espace. Rien ne leur rappelle leurs
        dates.
      </p>
      <ul className={styles.asides}>
        {persons.map((person) => (
          <li key={person.id}>
            <Link to={paths.probationer(person.id)}>{fullName(person)}</Link>
            <span className="hint">{formatWeekday(person.date)}</span>
          </li>
        ))}
      </ul>
      {more && <p className="hint">D’autres avant elles, ces deux dernières semaines.</p>}
    </Card>
  )
}

/** Of the whole country, for the central team. */
export function Failing({ failing }: { failing: SaidBy<'failing'> }) {
  return (
    <Card title="Services dont les SMS échouent">
      {!failing && <p className="hint">Pas encore comptés.</p>}
      {failing?.services.length === 0 && <p>Aucun, dans tout le pays.</p>}
      {failing && failing.services.length > 0 && (
        <ul className={styles.asides}>
          {failing.services.map(({ id, name, failed, handed }) => (
            <li key={id}>
              <Link to={paths.record('Organization', id)}>{name}</Link>
              <span>
                <b>{failed}</b> sur {handed}
              </span>
            </li>
          ))}
        </ul>
      )}
      {failing && failing.more > 0 && <p className="hint">Et {count(failing.more, 'autre')}.</p>}
      {failing && (
        <p className="hint">
          {definitions.failing}. Comptés le {formatInstant(new Date(failing.computedAt), teamZone)}
          {failing.isOld && '\u00a0: ils ne le sont plus'}.
        </p>
      )}
      <ButtonLink to={paths.resourceAction('Organization', 'supervision')}>Supervision des SMS</ButtonLink>
    </Card>
  )
}

export function LocalAdmins({ admins }: { admins: SaidBy<'localAdmins'> }) {
  const agent = useAgent()
  return (
    <Card label="Administrateurs locaux">
      <p className="hint">
        {admins.length === 0 ? (
          <>
            {agent.organization.name} n’a pas encore d’administrateur local&nbsp;:{' '}
            <SupportLink>écrivez au support</SupportLink>.
          </>
        ) : (
          'Pour ajouter un agent ou un lieu, ou désarchiver une personne\u00a0: '
        )}
        {admins.map((admin, index) => (
          <Fragment key={admin.id}>
            {index > 0 && ', '}
            <b>{agentName(admin)}</b>
            {admin.elsewhere && ` (${admin.elsewhere})`}
          </Fragment>
        ))}
        {admins.length > 0 && '.'}
      </p>
    </Card>
  )
}
