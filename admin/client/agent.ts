import { useSelector } from 'react-redux'
import type { AgentActor } from '../../resources/shared/actor'

/** The agent who looks at the screen. */
export function useAgent(): AgentActor {
  return useSelector((state: { session: { actor: AgentActor } }) => state.session.actor)
}
