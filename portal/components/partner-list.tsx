import { partnerPhone } from '../../resources/partner/fr'
import type { PartnerShown } from '../../resources/partner/queries.server'
import type { ServiceWords } from '../../resources/public-page/languages/words'
import type { inFrench } from '../../resources/shared/language'

/** Who helps: what they do, for whom, and how to reach them. */
export function PartnerList({
  partners,
  words,
  own = {},
  level,
}: {
  partners: readonly PartnerShown[]
  words: ServiceWords['partners']
  /** Of what is in French on a page that is not. */
  own?: ReturnType<typeof inFrench>
  level: 3 | 4
}) {
  const Heading = `h${level}` as const
  return (
    <ul className="msj-partners">
      {partners.map((partner) => (
        <li key={partner.id} {...own}>
          <Heading>{partner.name}</Heading>
          <p>{partner.mission}</p>
          {partner.address && <p>{partner.address}</p>}
          <p className="msj-reach">
            {partner.phone && <a href={`tel:${partner.phone}`}>{partnerPhone(partner.phone)}</a>}
            {partner.email && <a href={`mailto:${partner.email}`}>{partner.email}</a>}
            {partner.website && (
              <a href={partner.website} rel="noopener external noreferrer">
                {partner.website.replace(/^https:\/\/|\/.*$/g, '')}
              </a>
            )}
          </p>
          <Detail name={words.audience} value={partner.audience} />
          <Detail name={words.conditions} value={partner.conditions} />
          <Detail name={words.hours} value={partner.hours} />
          {partner.wheelchair && <p className="msj-small">{words.wheelchair}</p>}
        </li>
      ))}
    </ul>
  )
}

const Detail = ({ name, value }: { name: string; value: string | null }) =>
  value && (
    <p className="msj-small">
      {name}&nbsp;: {value}
    </p>
  )
