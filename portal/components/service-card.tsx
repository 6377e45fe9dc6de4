import { kindNames } from '../../resources/public-page/fr'
import type { ServiceCard } from '../../resources/public-page/schema'
import { formatPhone } from '../../resources/shared/phone'

/** One service in a list: the link is its name, the card only widens it. */
export function ServiceCards({
  services,
  level = 3,
  under = '/preparer-ma-convocation',
}: {
  services: readonly ServiceCard[]
  level?: 2 | 3 | 4
  /** Where their links lead. */
  under?: string
}) {
  const Heading = `h${level}` as const
  return (
    <ul className="msj-cards">
      {services.map((service) => (
        <li className="fr-card" key={service.slug}>
          <Heading className="fr-card__title">
            <a href={`${under}/${service.slug}`}>{service.title}</a>
          </Heading>
          <p className="fr-card__desc">
            {kindNames[service.kind]}
            {service.addressLine && (
              <>
                <br />
                {service.addressLine}, {service.postalCode} {service.cityName}
              </>
            )}
            {service.phone && (
              <>
                <br />
                {formatPhone(service.phone)}
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}
