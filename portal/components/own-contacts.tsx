import type { ownContacts } from '../../resources/probationer-space/queries/mine.server'
import { formatPhone } from '../../resources/shared/phone'

type Contacts = Pick<Awaited<ReturnType<typeof ownContacts>>, 'referent' | 'services' | 'isOver'>

/** Who follows the person: what an agent shares of theirs, then the switchboards. */
export function ContactCard({ referent, services, isOver }: Contacts) {
  return (
    <div className="msj-contacts msj-stack-s">
      <h2>{isOver ? 'Qui me suivait' : 'Qui me suit'}</h2>
      {referent && (
        <div>
          <p>
            <b>{referent.name}</b>
            <br />
            {referent.service}
          </p>
          {referent.phone && (
            <p>
              <a className="msj-nowrap" href={`tel:${referent.phone}`}>
                {formatPhone(referent.phone)}
              </a>
            </p>
          )}
          {referent.email && (
            <p>
              <a href={`mailto:${referent.email}`}>{referent.email}</a>
            </p>
          )}
        </div>
      )}
      {services.map(({ name, phone, slug }) => (
        <p key={name}>
          {/* Said with the agent's name. */}
          {name !== referent?.service && (
            <>
              <b>{name}</b>
              <br />
            </>
          )}
          {phone ? (
            <>
              Accueil&nbsp;:{' '}
              <a className="msj-nowrap" href={`tel:${phone}`}>
                {formatPhone(phone)}
              </a>
            </>
          ) : (
            'Numéro sur votre convocation papier.'
          )}
          {slug && (
            <>
              <br />
              <a href={`/preparer-ma-convocation/${slug}`}>Adresse et horaires</a>
            </>
          )}
        </p>
      ))}
    </div>
  )
}
