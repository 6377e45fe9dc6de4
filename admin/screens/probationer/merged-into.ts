import { useEffect } from 'react'
import { useNavigate } from 'react-router-dom'
import { ask, type Failure } from '../../client/client'
import { paths } from '../../paths'

/** The address of a record that was merged leads to the record it was merged into. */
export function useMergedInto(recordId: string, failure: Failure | null): void {
  const navigate = useNavigate()
  const isGone = failure?.status === 404
  useEffect(() => {
    const probationerId = Number(recordId)
    if (!isGone || !Number.isInteger(probationerId)) return
    const asking = new AbortController()
    void ask('whereMerged', { probationerId }, asking.signal)
      .then((answer) => {
        if (answer.ok && answer.result) navigate(paths.probationer(answer.result.id), { replace: true })
      })
      // Left meanwhile.
      .catch(() => undefined)
    return () => asking.abort()
  }, [isGone, recordId, navigate])
}
