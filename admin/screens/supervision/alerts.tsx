import { formatInstant } from '../../../resources/shared/french'
import { teamZone } from '../../../resources/watch/rules'
import { Alert } from '../../ui/alert'
import { Card } from '../../ui/card'
import type { SaidBy } from './data'
import styles from './supervision.module.css'

const at = (instant: string) => formatInstant(new Date(instant), teamZone)

/** What is to be mended, what no longer is, and whether anybody looks. */
export function Alerts({
  alerts: { standing, ended, checkedAt, isChecked, mailed },
}: {
  alerts: SaidBy<'alerts'>
}) {
  return (
    <Card title="Alertes">
      <div className={styles.alerts}>
        {!isChecked && checkedAt && (
          <Alert tone="bad" title="Les alertes ne sont plus vérifiées">
            <p>Dernière vérification le {at(checkedAt)}. Vérifiez que le programme d’envoi tourne.</p>
          </Alert>
        )}
        {!checkedAt && (
          <p>Pas encore vérifiées&nbsp;: le programme d’envoi le fait toutes les cinq minutes.</p>
        )}
        {standing.map(({ id, title, advice, raisedAt }) => (
          <Alert key={id} tone="warn" title={title}>
            <p>
              Depuis le {at(raisedAt)}. {advice}
            </p>
          </Alert>
        ))}
        {isChecked && standing.length === 0 && <p>Rien à signaler.</p>}
        {ended.length > 0 && (
          <details>
            <summary>Terminées depuis un jour&nbsp;: {ended.length}</summary>
            <ul className="stack">
              {ended.map(({ id, title, endedAt }) => (
                <li key={id} className="hint">
                  {title}. Terminée le {at(endedAt ?? '')}.
                </li>
              ))}
            </ul>
          </details>
        )}
        <p className="hint">
          {checkedAt && isChecked && `Vérifiées le ${at(checkedAt)}, toutes les cinq minutes. `}
          {mailed > 0
            ? `Chaque changement part par e-mail à l’équipe (${mailed > 1 ? `${mailed} adresses` : 'une adresse'}).`
            : 'Aucune adresse ne les reçoit par e-mail\u00a0: réglage ALERT_EMAILS.'}
        </p>
      </div>
    </Card>
  )
}
