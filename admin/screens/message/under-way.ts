import { useEffect, useRef, useState } from 'react'
import { stampOfMessages } from '../../../resources/message/rules'
import type { ResultOf } from '../../client/client'
import { useQuery } from '../../client/query'
import type { Lookups } from '../../lookups'

type UnderWay = ResultOf<Lookups['appointmentMessages']>

/**
 * The messages of an appointment and its history as they become, under the eye: a small question asks whether they are
 * still as shown, as long as something is awaited, and they are read again only when they are not. A tab that was
 * hidden, or slept, asks when it is looked at again.
 *
 * @param opened what the page was opened with, if it was.
 */
export function useMessagesUnderWay(appointmentId: number, opened: UnderWay | null): UnderWay | null {
  const [every, setEvery] = useState<number | null>(null)
  const { data: now } = useQuery(
    'appointmentMessagesStamp',
    { appointmentId },
    { live: true, ...(every && { every }) },
  )
  const [outdated, setOutdated] = useState(opened === null)
  const { data, reload } = useQuery('appointmentMessages', outdated ? { appointmentId } : null, {
    live: true,
  })
  const shown = data ?? opened
  const stamp = now?.stamp
  const shownStamp = shown && stampOfMessages(shown.messages)
  const next = now ? now.askAgainIn : null
  const asked = useRef<string | undefined>(undefined)
  useEffect(() => setEvery(next), [next])
  useEffect(() => {
    if (stamp === undefined || stamp === shownStamp || stamp === asked.current) return
    asked.current = stamp
    setOutdated(true)
    reload()
  }, [stamp, shownStamp, reload])
  return shown
}
