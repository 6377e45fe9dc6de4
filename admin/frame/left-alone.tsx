import { isAlone } from '../../resources/appointment-type/policy'
import { aloneWords } from '../../resources/hearing-exit/fr'
import { usesInterJurisdiction } from '../../resources/shared/rights'
import { useAgent } from '../client/agent'
import { SupportLink } from './support'

/** Where the other half of the jurisdiction does not use the product: what is not offered, why, and whom to ask. */
export function LeftAlone() {
  const agent = useAgent()
  if (!isAlone(agent)) return null
  const words = usesInterJurisdiction(agent)
    ? aloneWords.interJurisdiction
    : aloneWords[agent.organization.kind]
  return (
    <p className="hint">
      {words} Pour en parler&nbsp;: <SupportLink />.
    </p>
  )
}
