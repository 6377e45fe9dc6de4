import { useEffect, useRef, useState } from 'react'

const saidFor = 60_000

/** Of what is on the page, what came since it was opened, for a minute: what others do is seen. */
export function useJustArrived(ids: readonly number[]): ReadonlySet<number> {
  const known = useRef<ReadonlySet<number> | null>(null)
  const [arrived, setArrived] = useState<ReadonlySet<number>>(new Set())
  const there = ids.join(' ')
  useEffect(() => {
    const now = there.split(' ').filter(Boolean).map(Number)
    const before = known.current
    known.current = new Set([...(before ?? []), ...now])
    const fresh = before ? now.filter((id) => !before.has(id)) : []
    if (fresh.length === 0) return
    setArrived((others) => new Set([...others, ...fresh]))
    // Not undone by the next arrival: each is said for as long.
    setTimeout(
      () => setArrived((others) => new Set([...others].filter((id) => !fresh.includes(id)))),
      saidFor,
    )
  }, [there])
  return arrived
}
