import { isAlone } from '../../resources/appointment-type/policy'
import { aloneWords } from '../../resources/hearing-exit/fr'
import { useAgent } from '../client/agent'
import { SupportLink } from './support'

/** Where the other half of the jurisdiction does not use the product: what is not offered, why, and whom to ask. */
export function LeftAlone() {
  const agent = useAgent()
  if (!isAlone(agent)) return null
  return (
    <p className="hint">
      {aloneWords[agent.organization.kind]} Pour en parler&nbsp;: <SupportLink />.
    </p>
  )
}
