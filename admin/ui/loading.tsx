import { useEffect, useState } from 'react'
import { classes } from './classes'
import styles from './loading.module.css'

/** Nothing under 300 ms, then grey lines of the right height; a sentence after 5 s. */
export function Loading({ what, lines = 4 }: { what: string; lines?: number }) {
  const [phase, setPhase] = useState<'still' | 'lines' | 'long'>('still')
  useEffect(() => {
    const timers = [setTimeout(() => setPhase('lines'), 300), setTimeout(() => setPhase('long'), 5_000)]
    return () => timers.forEach(clearTimeout)
  }, [])
  return (
    <div
      className={classes('stack', styles.loading)}
      role="status"
      aria-busy="true"
      style={{ minHeight: lines * 26 }}
    >
      {phase !== 'still' && (
        <>
          <span className="visually-hidden">{`Chargement\u00a0: ${what}`}</span>
          {Array.from({ length: lines }, (_, index) => (
            <div key={index} className={styles.line} style={{ width: `${[70, 100, 85, 60][index % 4]}%` }} />
          ))}
        </>
      )}
      {phase === 'long' && <p className="hint">C’est plus long que d’habitude. Merci de patienter.</p>}
    </div>
  )
}
