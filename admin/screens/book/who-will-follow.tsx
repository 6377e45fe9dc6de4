import { useQuery } from '../../client/query'
import styles from './book.module.css'
import type { Typed } from './state'

const joined = new Intl.ListFormat('fr')

/** Who will follow somebody new, said before it is saved. */
export function WhoWillFollow({ person }: { person: Typed['person'] }) {
  const { cityId, followedByAntiTerrorismJudge } = person
  const { data } = useQuery('whoWillFollow', { cityId, followedByAntiTerrorismJudge })
  if (!data) return null
  const { services, cityWithoutServices, toConfirm, notHere } = data
  return (
    <div role="status" className={styles.following}>
      <p>
        <span className="hint">Sera suivie par</span>{' '}
        {services.map(({ id, name, own }, index) => (
          <span key={id}>
            {index > 0 && ', '}
            <b>{name}</b>
            {own && ' (votre service)'}
          </span>
        ))}
      </p>
      {cityWithoutServices && (
        <p className="hint">
          {notHere.length > 0
            ? `${joined.format(notHere)} ${notHere.length > 1 ? 'n’utilisent' : 'n’utilise'} pas encore Mon Suivi Justice\u00a0: seuls les services de votre ressort peuvent convoquer.`
            : 'Aucun service compétent n’est confirmé pour cette commune\u00a0: seuls ceux de votre ressort peuvent convoquer.'}
        </p>
      )}
      {toConfirm.length > 0 && (
        <p className="hint">À confirmer, d’après la proximité&nbsp;: {joined.format(toConfirm)}.</p>
      )}
    </div>
  )
}
