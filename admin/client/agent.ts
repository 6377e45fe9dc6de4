import { useCallback } from 'react'
import { useDispatch, useSelector } from 'react-redux'
import type { AgentActor } from '../../resources/shared/actor'
import type { ReaderChange } from '../define/action'

/** The agent who looks at the screen. */
export function useAgent(): AgentActor {
  return useSelector((state: { session: { actor: AgentActor } }) => state.session.actor)
}

/** Tells every screen what the agent has just changed of themselves. */
export function useChangeAgent(): (change: ReaderChange) => void {
  const session = useSelector((state: { session: { actor: AgentActor } }) => state.session)
  const dispatch = useDispatch()
  return useCallback(
    (change) =>
      void dispatch({
        type: 'SESSION_INITIALIZE',
        data: { ...session, actor: { ...session.actor, ...change } },
      }),
    [dispatch, session],
  )
}
