import type { CivilDate, CivilTime } from '../../../resources/shared/civil-time'
import { count, formatDay, formatHour } from '../../../resources/shared/french'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Page } from '../../ui/page'
import styles from './group.module.css'

export interface DoneGroup {
  /** Who convoked them: the next one at this browser does not read their names. */
  agentId: number
  date: CivilDate
  time: CivilTime
  placeName: string
  reachable: number
  inform: 'now' | 'reminder_only'
  people: { appointmentId: number; name: string }[]
}

/** Who is convoked, and the paper of each. */
export function GroupDone({ done }: { done: DoneGroup }) {
  const { date, time, placeName, people, reachable } = done
  const ids = people.map(({ appointmentId }) => appointmentId)
  return (
    <Page title="Groupe convoqué" crumbs={[{ label: 'Convocations', href: paths.appointments }]}>
      <Alert
        tone="ok"
        announce="status"
        focus
        title={`${count(people.length, 'personne convoquée', 'personnes convoquées')}, ${formatDay(date)} à ${formatHour(time)}, ${placeName}`}
      >
        <p>
          {reachable === 0
            ? 'Aucun SMS ne part.'
            : `${count(reachable, 'personne est prévenue', 'personnes sont prévenues')} par SMS${done.inform === 'now' ? ', maintenant puis avant la séance' : ', avant la séance'}.`}{' '}
          La convocation papier reste la seule à avoir une valeur juridique&nbsp;: remettez-la à chacune.
        </p>
        <div className="cluster">
          <ButtonLink
            look="main"
            icon="print"
            shortcut="main"
            to={paths.bulkAction('Appointment', ids, 'printAll')}
          >
            Imprimer toutes les convocations
          </ButtonLink>
          <ButtonLink to={`${paths.appointments}?date=${date}`} icon="calendar">
            Voir les convocations de ce jour
          </ButtonLink>
          <ButtonLink to={paths.resourceAction('Appointment', 'convokeGroup')}>Autre séance</ButtonLink>
        </div>
      </Alert>
      <Card title="Les convocations à imprimer">
        <ul className={styles.members} aria-label="Personnes convoquées">
          {people.map(({ appointmentId, name }) => (
            <li key={appointmentId}>
              <p className={styles.named}>
                <b>{name}</b>
              </p>
              <ButtonLink
                to={paths.summons(appointmentId)}
                icon="print"
                aria-label={`Imprimer la convocation de ${name}`}
              >
                Imprimer
              </ButtonLink>
            </li>
          ))}
        </ul>
      </Card>
    </Page>
  )
}
